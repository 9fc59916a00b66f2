/** Something that happens by itself as virtual time goes on. */
export interface Source {
  /** Decides between two sources that are due at the same time: the lower goes first. */
  readonly sequence: number
  /** When its next event is due; undefined when there is none. */
  readonly nextDue: number | undefined
  /** Carries out the next event, at its time. */
  step(at: number): void
}

/** Whatever is still to happen in a sandbox, in order of due time: a binary heap. */
export class Agenda {
  readonly #heap: { due: number; source: Source }[] = []

  add(source: Source): void {
    const due = source.nextDue
    if (due !== undefined && due < Number.POSITIVE_INFINITY) this.#push({ due, source })
  }

  /** Lets everything happen that is due by now. A source goes on by itself until another one is due before it. */
  settle(now: number): void {
    for (let next = this.#heap[0]; next !== undefined && next.due <= now; next = this.#heap[0]) {
      this.#pop()
      const { source } = next
      const rival = this.#heap[0]
      let due = source.nextDue
      while (due !== undefined && due <= now && (rival === undefined || before({ due, source }, rival))) {
        source.step(due)
        due = source.nextDue
      }
      this.add(source)
    }
  }

  #push(item: { due: number; source: Source }): void {
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

  #pop(): void {
    const heap = this.#heap
    const item = heap.pop()
    if (item === undefined || heap.length === 0) return
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

const before = (a: { due: number; source: Source }, b: { due: number; source: Source }): boolean =>
  a.due < b.due || (a.due === b.due && a.source.sequence < b.source.sequence)
