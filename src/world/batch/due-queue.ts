import type { Source } from './source.ts'

/** Places that may be empty before the others move up. */
const EMPTY_MAX = 4096

/** Sources in the order in which they are due. Takes only those that are due behind all others, which costs next to nothing. */
export class DueQueue {
  readonly #dues: number[] = []
  readonly #sources: (Source | undefined)[] = []
  #first = 0

  /** When the first is due; Infinity when there is none. */
  get firstDue(): number {
    return this.#first < this.#dues.length ? (this.#dues[this.#first] as number) : Number.POSITIVE_INFINITY
  }

  get first(): Source | undefined {
    return this.#sources[this.#first]
  }

  /** Takes a source unless it is due before another one; whether it did. */
  push(due: number, source: Source): boolean {
    const last = this.#dues.length - 1
    if (last >= this.#first) {
      const lastDue = this.#dues[last] as number
      if (due < lastDue || (due === lastDue && source.sequence < (this.#sources[last] as Source).sequence)) return false
    }
    this.#dues.push(due)
    this.#sources.push(source)
    return true
  }

  shift(): Source {
    const source = this.#sources[this.#first] as Source
    this.#sources[this.#first] = undefined
    this.#first += 1
    if (this.#first === this.#dues.length || this.#first > EMPTY_MAX) {
      this.#dues.splice(0, this.#first)
      this.#sources.splice(0, this.#first)
      this.#first = 0
    }
    return source
  }
}
