import { LAST_INSTANT } from './instant.ts'

/** What a clock shows and how it runs. */
export interface ClockSetting {
  /** Virtual time in epoch milliseconds. */
  readonly now: number
  readonly frozen: boolean
  /** Virtual milliseconds per real millisecond. */
  readonly rate: number
  /**
   * The time by which X-Date is judged: the virtual one, or the real one for clients whose clock cannot be moved along.
   * What it was when absent.
   */
  readonly xDate?: XDateTime | undefined
}

/** A clock that runs with the real time, ahead of it or behind. */
export interface ClockAhead {
  readonly aheadMs: number
  readonly xDate?: XDateTime | undefined
}

/** All that a clock is made of: with it and the real time, any process shows the same. */
export interface ClockState {
  /** Virtual time at the real time `real`, both in epoch milliseconds. */
  readonly virtual: number
  readonly real: number
  readonly frozen: boolean
  readonly rate: number
  readonly xDate: XDateTime
}

export const xDateTimes = ['virtual', 'real'] as const
export type XDateTime = (typeof xDateTimes)[number]

/**
 * The one clock of a sandbox: tasks, tokens, the X-Date window, the Date header and the journal read it.
 * It never reads the real time itself; `realNow` is handed in.
 */
export class VirtualClock {
  #anchorVirtual: number
  #anchorReal: number
  #frozen: boolean
  #rate = 1
  #xDate: XDateTime
  readonly #realNow: () => number
  /** How often it was set. */
  #settings = 0

  constructor(realNow: () => number, start: number, frozen: boolean, xDate: XDateTime = 'virtual') {
    this.#realNow = realNow
    this.#anchorReal = realNow()
    this.#anchorVirtual = start
    this.#frozen = frozen
    this.#xDate = xDate
  }

  /** Virtual time in whole epoch milliseconds. It stands still at the last instant that can be written down. */
  now(): number {
    if (this.#frozen) return this.#anchorVirtual
    const now = this.#anchorVirtual + (this.#realNow() - this.#anchorReal) * this.#rate
    return Math.min(Math.floor(now), LAST_INSTANT)
  }

  /** A number that grows whenever somebody sets the clock. */
  get settings(): number {
    return this.#settings
  }

  get state(): ClockState {
    return {
      virtual: this.#anchorVirtual,
      real: this.#anchorReal,
      frozen: this.#frozen,
      rate: this.#rate,
      xDate: this.#xDate,
    }
  }

  /** Goes on from what another clock was made of. */
  resume({ virtual, real, frozen, rate, xDate }: ClockState): void {
    this.#settings += 1
    this.#anchorVirtual = virtual
    this.#anchorReal = real
    this.#frozen = frozen
    this.#rate = rate
    this.#xDate = xDate
  }

  /** Real time in epoch milliseconds. */
  realNow(): number {
    return this.#realNow()
  }

  /** The time by which X-Date is judged, in epoch milliseconds. */
  xDateNow(): number {
    return this.#xDate === 'real' ? this.#realNow() : this.now()
  }

  read(): ClockSetting & { readonly xDate: XDateTime } {
    return { now: this.now(), frozen: this.#frozen, rate: this.#rate, xDate: this.#xDate }
  }

  /** How far it runs ahead of the real time; undefined when it does not run with it. */
  get aheadMs(): number | undefined {
    return this.#frozen || this.#rate !== 1 ? undefined : Math.round(this.#anchorVirtual - this.#anchorReal)
  }

  set({ now, frozen, rate, xDate = this.#xDate }: ClockSetting): void {
    this.#settings += 1
    this.#anchorReal = this.#realNow()
    this.#anchorVirtual = now
    this.#frozen = frozen
    this.#rate = rate
    this.#xDate = xDate
  }
}
