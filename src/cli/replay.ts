import { readFileSync } from 'node:fs'
import type { Replay, ReplayOptions } from '../proxy/replay.ts'
import { usageError } from './exit.ts'

/**
 * A server that answers from an HTTP archive.
 *
 * @throws ExitError 2 when the file cannot be read or is none.
 */
export async function openReplay(file: string, options: ReplayOptions): Promise<Replay> {
  const { createReplay } = await import('../proxy/replay.ts')
  try {
    return createReplay(readFileSync(file, 'utf8'), options)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw usageError(`--replay ${file}: ${code === undefined ? message : `it cannot be read (${code})`}.`)
  }
}
