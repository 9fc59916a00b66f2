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
  /** Sources added since whatever was due last happened. */
  added = 0

  add(source: Source): void {
    this.added += 1
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
    this.added = 0
    for (let due = this.#dues[0]; due !== undefined && due <= now; due = this.#dues[0]) {
      const source = this.#sources[0] as Source
      let next: number | undefined = due
      do {
        source.step(next)
        next = source.nextDue
      } while (next !== undefined && next <= now && this.#isFirst(next, source.sequence))
      if (next === undefined || next === Number.POSITIVE_INFINITY) this.#removeFirst()
      else this.#sink(next, source)
    }
  }

  /** Whether the first source remains so when it is due at a time. */
  #isFirst(due: number, sequence: number): boolean {
    const count = this.#sources.length
    return (count < 2 || this.#isBefore(due, sequence, 1)) && (count < 3 || this.#isBefore(due, sequence, 2))
  }

  #removeFirst(): void {
    const due = this.#dues.pop()
    this.#sequences.pop()
    const last = this.#sources.pop()
    if (due !== undefined && last !== undefined && this.#sources.length > 0) this.#sink(due, last)
  }

  /** Puts a source in the place of the first one and lets it sink to where it belongs. */
  #sink(due: number, source: Source): void {
    const [dues, sequences] = [this.#dues, this.#sequences]
    const count = dues.length
    const { sequence } = source
    let at = 0
    for (let down = 1; down < count; down = 2 * at + 1) {
      let earliest = dues[down] as number
      const right = down + 1
      if (right < count) {
        const other = dues[right] as number
        if (other < earliest || (other === earliest && (sequences[right] as number) < (sequences[down] as number))) {
          down = right
          earliest = other
        }
      }
      if (due < earliest || (due === earliest && sequence < (sequences[down] as number))) break
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
    this.#dues[to] = this.#dues[from] as number
    this.#sequences[to] = this.#sequences[from] as number
    this.#sources[to] = this.#sources[from] as Source
  }

  #put(place: number, due: number, source: Source): void {
    this.#dues[place] = due
    this.#sequences[place] = source.sequence
    this.#sources[place] = source
  }
}
