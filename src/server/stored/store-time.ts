import type { SystemTime } from '../system-time.ts'

/**
 * The real time of a sandbox that is kept in a store: that of the store, whichever process serves the sandbox, and it never
 * goes back. It stands still while a batch of calls is served.
 */
export class StoreTime {
  readonly #elapsed: () => number
  #base: number
  #since: number
  #held: number | undefined

  constructor({ now, elapsed }: Pick<SystemTime, 'now' | 'elapsed'>) {
    this.#elapsed = elapsed
    this.#base = now()
    this.#since = elapsed()
  }

  /** Real time in whole epoch milliseconds. */
  now(): number {
    return this.#held ?? Math.floor(this.#base + this.#elapsed() - this.#since)
  }

  /** Goes on from what the store says, unless it has shown a later time already. */
  sync(storeMs: number): void {
    this.#base = Math.max(storeMs, this.now())
    this.#since = this.#elapsed()
  }

  /** Stands still from now on. */
  hold(): void {
    this.#held = this.now()
  }

  release(): void {
    this.#held = undefined
  }
}
