/** Something that happens by itself as virtual time goes on. */
export interface Source {
  /** Decides between two sources that are due at the same time: the lower goes first. */
  readonly sequence: number
  /** When its next event is due; undefined when there is none. */
  readonly nextDue: number | undefined
  /** Carries out the next event, at its time. */
  step(at: number): void
}

interface Item {
  due: number
  readonly source: Source
}

/** Whatever is still to happen in a sandbox, in order of due time: a binary heap. */
export class Agenda {
  readonly #heap: Item[] = []

  add(source: Source): void {
    const due = source.nextDue
    if (due !== undefined && due < Number.POSITIVE_INFINITY) this.#push({ due, source })
  }

  /** Lets everything happen that is due by now. */
  settle(now: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.due <= now; next = this.#heap[0]) {
      const { source } = next
      let due = source.nextDue
      while (due !== undefined && due <= next.due) {
        source.step(due)
        due = source.nextDue
      }
      if (due === undefined || due === Number.POSITIVE_INFINITY) this.#removeFirst()
      else {
        next.due = due
        this.#sink(next)
      }
    }
  }

  #push(item: Item): void {
    const heap = this.#heap
    let at = heap.push(item) - 1
    while (at > 0) {
      const up = (at - 1) >> 1
      const parent = heap[up]
      if (parent === undefined || !before(item, parent)) break
      heap[at] = parent
      at = up
    }
    heap[at] = item
  }

  #removeFirst(): void {
    const last = this.#heap.pop()
    if (last !== undefined && this.#heap.length > 0) this.#sink(last)
  }

  /** Puts an item in the place of the first one and lets it sink to where it belongs. */
  #sink(item: Item): void {
    const heap = this.#heap
    let at = 0
    for (;;) {
      const left = 2 * at + 1
      const right = left + 1
      const leftItem = heap[left]
      if (leftItem === undefined) break
      const rightItem = heap[right]
      const [down, smaller] =
        rightItem !== undefined && before(rightItem, leftItem) ? [right, rightItem] : [left, leftItem]
      if (!before(smaller, item)) break
      heap[at] = smaller
      at = down
    }
    heap[at] = item
  }
}

const before = (a: Item, b: Item): boolean =>
  a.due < b.due || (a.due === b.due && a.source.sequence < b.source.sequence)
