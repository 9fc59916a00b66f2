/** Time and chance of the machine: the only place of the client and the contract kit that reads them. */
export const systemTime = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
  /** Milliseconds of a clock that never jumps, for durations. */
  elapsed: (): number => performance.now(),
  /** A number in [0, 1). */
  random: (): number => Math.random(),
  /** Waits; rejects with the reason of the signal when that is aborted. */
  sleep: (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer)
        reject(signal?.reason)
      }
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }, ms)
      if (signal?.aborted === true) stop()
      else signal?.addEventListener('abort', stop, { once: true })
    }),
} as const

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>

/**
 * Ends a wait when a signal is aborted, even if what is waited for does not look at the signal: a fetch that was given
 * in, or one whose request lost its signal to the garbage collector.
 */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
