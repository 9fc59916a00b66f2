import { DueHeap } from './due-heap.ts'
import { DueQueue } from './due-queue.ts'

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
 * due behind all others, and goes to the end of a queue. The rest is kept in a heap.
 */
export class Agenda {
  readonly #queue = new DueQueue()
  readonly #heap = new DueHeap()
  /** Sources added since whatever was due last happened. */
  added = 0

  add(source: Source): void {
    this.added += 1
    this.#schedule(source)
  }

  /** Lets everything happen that is due by now. */
  settle(now: number): void {
    this.added = 0
    for (;;) {
      const next = this.#isQueueNext ? this.#queue : this.#heap
      const due = next.firstDue
      if (due > now || due === Number.POSITIVE_INFINITY) return
      const source = next.shift()
      source.step(due)
      this.#schedule(source)
    }
  }

  get #isQueueNext(): boolean {
    const [queued, heaped] = [this.#queue.firstDue, this.#heap.firstDue]
    if (queued !== heaped) return queued < heaped
    return (this.#queue.first?.sequence ?? 0) < (this.#heap.first?.sequence ?? 0)
  }

  #schedule(source: Source): void {
    const due = source.nextDue
    if (due === undefined || due === Number.POSITIVE_INFINITY) return
    if (!this.#queue.push(due, source)) this.#heap.push(due, source)
  }
}
