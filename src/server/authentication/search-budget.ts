const WINDOW_MS = 1000
/** Wrong signatures of a second that are searched in full before they are answered: those of a desk or a test suite. */
const FULL_SEARCHES = 10

/** Keeps a flood of wrong signatures from keeping the machine busy. */
export class SearchBudget {
  readonly #elapsed: () => number
  #since = Number.NEGATIVE_INFINITY
  #taken = 0

  /** @param elapsed milliseconds of a clock that never jumps */
  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  /** Whether one more may be searched in full now. */
  take(): boolean {
    const now = this.#elapsed()
    if (now - this.#since >= WINDOW_MS) {
      this.#since = now
      this.#taken = 0
    }
    this.#taken += 1
    return this.#taken <= FULL_SEARCHES
  }
}
