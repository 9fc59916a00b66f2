/** Events of one kind, one after the other: the rows of a task, the arrivals of a scenario. */
export interface Source {
  /** Decides between two sources that are due at the same time: the lower goes first. */
  readonly sequence: number
  /** When its next event is due; undefined when there is none. */
  readonly nextDue: number | undefined
  /** Carries out the next event, at its time. */
  step(at: number): void
}

/**
 * Whatever is still to happen in a sandbox, in order of due time: a binary heap. Due times and sequences lie in arrays of
 * their own, since a thousand tasks that run at a time are sorted in anew with every row.
 */
export class Agenda {
  readonly #dues: number[] = []
  readonly #sequences: number[] = []
  readonly #sources: Source[] = []

  add(source: Source): void {
    const due = source.nextDue
    if (due === undefined || due === Number.POSITIVE_INFINITY) return
    let at = this.#sources.length
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!this.#isBefore(due, source.sequence, up)) break
      this.#copy(up, at)
      at = up
    }
    this.#put(at, due, source)
  }

  /** Lets everything happen that is due by now. */
  settle(now: number): void {
    for (;;) {
      const first = this.#dues[0]
      if (first === undefined || first > now) return
      const source = this.#sources[0] as Source
      let due = source.nextDue
      while (due !== undefined && due <= first) {
        source.step(due)
        due = source.nextDue
      }
      if (due === undefined || due === Number.POSITIVE_INFINITY) this.#removeFirst()
      else this.#sink(due, source)
    }
  }

  #removeFirst(): void {
    const due = this.#dues.pop()
    this.#sequences.pop()
    const last = this.#sources.pop()
    if (due !== undefined && last !== undefined && this.#sources.length > 0) this.#sink(due, last)
  }

  /** Puts a source in the place of the first one and lets it sink to where it belongs. */
  #sink(due: number, source: Source): void {
    const count = this.#sources.length
    const { sequence } = source
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      if (left >= count) break
      const right = left + 1
      const isRight =
        right < count && this.#isBefore(this.#dues[right] as number, this.#sequences[right] as number, left)
      const down = isRight ? right : left
      if (this.#isBefore(due, sequence, down)) break
      this.#copy(down, at)
      at = down
    }
    this.#put(at, due, source)
  }

  #isBefore(due: number, sequence: number, place: number): boolean {
    const other = this.#dues[place] as number
    return due < other || (due === other && sequence < (this.#sequences[place] as number))
  }

  #copy(from: number, to: number): void {
    this.#put(to, this.#dues[from] as number, this.#sources[from] as Source)
  }

  #put(place: number, due: number, source: Source): void {
    this.#dues[place] = due
    this.#sequences[place] = source.sequence
    this.#sources[place] = source
  }
}
