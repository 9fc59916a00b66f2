/** Places that may be empty before the others move up. */
const EMPTY_MAX = 4096

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
 * Whatever is still to happen in a sandbox, in order of due time. Tasks of one speed take turns: whoever had its turn is
 * due behind those that had theirs before, and goes to the end of a queue. So does whoever comes new. Others are sorted
 * in by a heap.
 */
export class Agenda {
  readonly #fresh = new DueQueue()
  readonly #turns = new DueQueue()
  readonly #others = new DueHeap()
  /** Sources added since whatever was due last happened. */
  added = 0
  /** Events that happened so far. */
  steps = 0
  /** Whether a source waits for somebody to end it. */
  #hasEndless = false

  /** Whether time alone changes nothing any more. */
  get isIdle(): boolean {
    const { firstDue } = earlier(earlier(this.#turns, this.#fresh), this.#others)
    return firstDue === Number.POSITIVE_INFINITY && !this.#hasEndless
  }

  add(source: Source): void {
    this.added += 1
    this.#schedule(source, this.#fresh)
  }

  /** Lets everything happen that is due by now. */
  settle(now: number): void {
    this.added = 0
    for (;;) {
      const next = earlier(earlier(this.#turns, this.#fresh), this.#others)
      const due = next.firstDue
      if (due > now || due === Number.POSITIVE_INFINITY) return
      const source = next.shift()
      // What it waited for may be over: a task that was ended by hand, arrivals of a scenario that is gone.
      if (source.nextDue === due) source.step(due)
      this.steps += 1
      this.#schedule(source, this.#turns)
    }
  }

  #schedule(source: Source, queue: DueQueue): void {
    const due = source.nextDue
    if (due === Number.POSITIVE_INFINITY) this.#hasEndless = true
    if (due === undefined || due === Number.POSITIVE_INFINITY) return
    if (!queue.push(due, source)) this.#others.push(due, source)
  }
}

type Waiting = DueQueue | DueHeap

/** Of two, the one whose first source is due first; when both are at the same time, the one with the lower sequence. */
function earlier(a: Waiting, b: Waiting): Waiting {
  if (a.firstDue !== b.firstDue) return a.firstDue < b.firstDue ? a : b
  return (a.first?.sequence ?? 0) < (b.first?.sequence ?? 0) ? a : b
}

/** Sources in the order in which they are due. Takes only those that are due behind all others, which costs next to nothing. */
class DueQueue {
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

interface Entry {
  readonly due: number
  readonly source: Source
}

/** Sources in any order of due times: a binary heap. */
class DueHeap {
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
