import { bounds } from '../shared/bounds.ts'
import { readTextFile, unreadable } from '../shared/text-file.ts'
import { usageError } from './exit.ts'

/**
 * The JSON of the file of a flag; what it says is checked where it is used.
 *
 * @throws ExitError 2 when it cannot be read or is no JSON.
 */
export function readJsonFile(flag: string, file: string): unknown {
  let text: string
  try {
    text = readTextFile(file, bounds.dataFileBytes.value)
  } catch (error) {
    throw usageError(`${flag} ${file} cannot be read: ${unreadable(error)}.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw usageError(`${flag} ${file} is no JSON: ${(error as Error).message}.`)
  }
}
