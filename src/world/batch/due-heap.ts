import type { Source } from './source.ts'

interface Entry {
  readonly due: number
  readonly source: Source
}

/** Sources in any order of due times: a binary heap. */
export class DueHeap {
  readonly #entries: Entry[] = []

  /** When the first is due; Infinity when there is none. */
  get firstDue(): number {
    return this.#entries[0]?.due ?? Number.POSITIVE_INFINITY
  }

  get first(): Source | undefined {
    return this.#entries[0]?.source
  }

  push(due: number, source: Source): void {
    const entry = { due, source }
    let at = this.#entries.push(entry) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      const above = this.#entries[up] as Entry
      if (!isBefore(entry, above)) break
      this.#entries[at] = above
      at = up
    }
    this.#entries[at] = entry
  }

  shift(): Source {
    const first = this.#entries[0] as Entry
    const last = this.#entries.pop() as Entry
    if (this.#entries.length > 0) this.#sink(last)
    return first.source
  }

  /** Puts an entry in the place of the first and lets it sink to where it belongs. */
  #sink(entry: Entry): void {
    const count = this.#entries.length
    let at = 0
    for (let down = 1; down < count; down = 2 * at + 1) {
      if (down + 1 < count && isBefore(this.#entries[down + 1] as Entry, this.#entries[down] as Entry)) down += 1
      const below = this.#entries[down] as Entry
      if (!isBefore(below, entry)) break
      this.#entries[at] = below
      at = down
    }
    this.#entries[at] = entry
  }
}

const isBefore = (a: Entry, b: Entry): boolean =>
  a.due < b.due || (a.due === b.due && a.source.sequence < b.source.sequence)
