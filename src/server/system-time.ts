/** The real time of the machine: the only place of the server that reads it. */
export const systemTime = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
  /** Milliseconds of a clock that never jumps, for durations. The first look at `performance` would take 2 ms to set it up. */
  elapsed: (): number => {
    const [seconds, nanoseconds] = process.hrtime()
    return seconds * 1000 + nanoseconds / 1e6
  },
  /** Calls back after some milliseconds, unless it is stopped before. Only injected faults wait. */
  after: (ms: number, callback: () => void): (() => void) => {
    const timer = setTimeout(callback, ms)
    return () => clearTimeout(timer)
  },
} as const

export type SystemTime = typeof systemTime
