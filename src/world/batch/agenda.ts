import { DueHeap } from './due-heap.ts'
import { DueQueue } from './due-queue.ts'
import type { Source } from './source.ts'

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
