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
