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

/** How often a program that npm started looks whether it still has its parent, in milliseconds. */
const LOOK_MS = 250

/** What npm runs for `npx koodrive-mock`, a script of the user that is nothing else, and `npm start` of this package. */
const IN_FOREGROUND = /^(?:'?koodrive-mock'?|node dist\/cli\/main\.js)(?: [^&]*)?$/

/** Whose child this is, seen at the start: who waits for the ready line may end npm as soon as it comes. */
const parent = process.ppid

/**
 * Waits for the signal to stop: SIGINT, SIGTERM, or the end of npm. When npm is ended by a signal, its shell ends but does
 * not hand the signal on, so the program would go on alone and keep its port.
 */
export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined
    const stop = (): void => {
      clearInterval(timer)
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
    if (!IN_FOREGROUND.test(process.env['npm_lifecycle_script'] ?? '')) return
    timer = setInterval(() => {
      if (process.ppid !== parent) stop()
    }, LOOK_MS)
  })
