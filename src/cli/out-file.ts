import { writeWhole } from '../shared/files.ts'
import { ExitError, exitCodes } from './exit.ts'

/**
 * Writes the file of `--out`.
 *
 * @throws ExitError 1 when it cannot be written.
 */
export function writeOutFile(file: string, text: string, mode?: number): void {
  try {
    writeWhole(file, text, mode)
  } catch (error) {
    throw new ExitError(exitCodes.failure, `--out ${file} cannot be written: ${(error as NodeJS.ErrnoException).code}.`)
  }
}
