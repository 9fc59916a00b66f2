import type { Replay, ReplayOptions } from '../proxy/replay.ts'
import { bounds } from '../shared/bounds.ts'
import { readTextFile, unreadable } from '../shared/text-file.ts'
import { usageError } from './exit.ts'

/**
 * A server that answers from an HTTP archive.
 *
 * @throws ExitError 2 when the file cannot be read or is none.
 */
export async function openReplay(file: string, options: ReplayOptions): Promise<Replay> {
  const { createReplay } = await import('../proxy/replay.ts')
  let text: string
  try {
    text = readTextFile(file, bounds.dataFileBytes.value)
  } catch (error) {
    throw usageError(`--replay ${file}: it cannot be read (${unreadable(error)}).`)
  }
  try {
    return createReplay(text, options)
  } catch (error) {
    throw usageError(`--replay ${file}: ${(error as Error).message}.`)
  }
}
