import { readFileSync } from 'node:fs'
import { usageError } from './exit.ts'

/** The JSON of a log file; what it says is checked when it is replayed. */
export function readLogFile(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw usageError(`--log ${file} cannot be read: ${(error as NodeJS.ErrnoException).code}.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError(`--log ${file} is no JSON: ${(error as Error).message}.`)
  }
}
