/** The real time of the machine: the only place of the server that reads it. */
export const systemTime = {
  /** Epoch milliseconds. */
  now: (): number => Date.now(),
  /** Milliseconds of a clock that never jumps, for durations. */
  elapsed: (): number => performance.now(),
} as const

export type SystemTime = typeof systemTime
