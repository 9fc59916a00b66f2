import type { Task } from './task.ts'

const FORGOTTEN_KEPT = 10_000

/** The tasks of a sandbox, oldest first. What finished tasks may hold is bounded: the oldest go first. */
export class Tasks {
  readonly #tasks = new Map<string, Task>()
  readonly #forgotten = new Set<string>()
  readonly #retainedRows: () => number
  #rows = 0

  constructor(retainedRows: () => number) {
    this.#retainedRows = retainedRows
  }

  get size(): number {
    return this.#tasks.size
  }

  get(taskId: string): Task | undefined {
    return this.#tasks.get(taskId)
  }

  all(): Iterable<Task> {
    return this.#tasks.values()
  }

  add(task: Task): void {
    this.#tasks.set(task.id, task)
    this.#rows += task.total
  }

  /** Whether there are a tenth more rows than are to be kept: tasks are forgotten some at a time. */
  get isOverfull(): boolean {
    return this.#rows > Math.floor(1.1 * this.#retainedRows())
  }

  /** Whether a task with this id was there and had to go. */
  wasForgotten(taskId: string): boolean {
    return this.#forgotten.has(taskId)
  }

  /** Forgets finished tasks, the oldest first, until no more rows are left than are to be kept. */
  forgetOldest(): void {
    for (const task of this.#tasks.values()) {
      if (this.#rows <= this.#retainedRows()) return
      if (!task.isFinished) continue
      this.#tasks.delete(task.id)
      this.#rows -= task.total
      this.#forgotten.add(task.id)
      const oldest = this.#forgotten.size > FORGOTTEN_KEPT ? this.#forgotten.values().next().value : undefined
      if (oldest !== undefined) this.#forgotten.delete(oldest)
    }
  }
}
