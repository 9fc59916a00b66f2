import { printable } from '../shared/escape.ts'
import type { Streams } from './streams.ts'

/**
 * Keeps a server of the command line alive when an error of a single exchange reached nobody: it is logged with its stack, and
 * the others are served on. Only here: in a host's process, such as a test run, the same handler would hide the host's own
 * mistakes, so the library never sets one.
 *
 * @returns a function that takes the handlers away.
 */
export function surviveErrors({ err }: Streams): () => void {
  const log = (error: unknown): void => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    err(
      `koodrive-mock: unexpected error, the server goes on. Please report it.\n${stack.split('\n').map(printable).join('\n')}\n`,
    )
  }
  process.on('uncaughtException', log)
  process.on('unhandledRejection', log)
  return () => {
    process.off('uncaughtException', log)
    process.off('unhandledRejection', log)
  }
}
