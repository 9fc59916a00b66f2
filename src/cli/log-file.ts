import { readTextFile, unreadable } from '../shared/text-file.ts'
import { usageError } from './exit.ts'

/** The JSON of a log file; what it says is checked when it is replayed. */
export function readLogFile(file: string): unknown {
  let text: string
  try {
    text = readTextFile(file)
  } catch (error) {
    throw usageError(`--log ${file} cannot be read: ${unreadable(error)}.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError(`--log ${file} is no JSON: ${(error as Error).message}.`)
  }
}
