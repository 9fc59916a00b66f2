import { LAST_INSTANT } from './instant.ts'

/** What a clock shows and how it runs. */
export interface ClockSetting {
  /** Virtual time in epoch milliseconds. */
  readonly now: number
  readonly frozen: boolean
  /** Virtual milliseconds per real millisecond. */
  readonly rate: number
}

/**
 * The one clock of a sandbox: tasks, tokens, the X-Date window, the Date header and the journal read it.
 * It never reads the real time itself; `realNow` is handed in.
 */
export class VirtualClock {
  #anchorVirtual: number
  #anchorReal: number
  #frozen: boolean
  #rate = 1
  readonly #realNow: () => number

  constructor(realNow: () => number, start: number, frozen: boolean) {
    this.#realNow = realNow
    this.#anchorReal = realNow()
    this.#anchorVirtual = start
    this.#frozen = frozen
  }

  /** Virtual time in whole epoch milliseconds. It stands still at the last instant that can be written down. */
  now(): number {
    if (this.#frozen) return this.#anchorVirtual
    const now = this.#anchorVirtual + (this.#realNow() - this.#anchorReal) * this.#rate
    return Math.min(Math.floor(now), LAST_INSTANT)
  }

  read(): ClockSetting {
    return { now: this.now(), frozen: this.#frozen, rate: this.#rate }
  }

  set({ now, frozen, rate }: ClockSetting): void {
    this.#anchorReal = this.#realNow()
    this.#anchorVirtual = now
    this.#frozen = frozen
    this.#rate = rate
  }
}
