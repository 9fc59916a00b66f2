import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { TaskInfo } from '../../spec/wire-types.ts'
import type { Intake } from '../directory/joined-users.ts'
import { idAfter, type LongId, toLongId } from '../ids.ts'
import type { Plan } from './plan.ts'
import { Results, type RowResult } from './results.ts'
import type { PackedRows } from './rows.ts'

const FORGOTTEN_KEPT = 10_000

export type TaskStatus = TaskInfo['status']

type TaskOptions = Pick<Task, 'id' | 'sequence' | 'createdAt' | 'rows' | 'plan' | 'hasMagic' | 'departmentId'>

/** A batch provisioning task. Rows settle one after the other, in the order of submission. */
export class Task {
  readonly id: string
  readonly sequence: number
  readonly createdAt: number
  /** The submitted users. */
  readonly rows: PackedRows
  readonly plan: Plan
  /** Department that its users join; the root department when absent. */
  readonly departmentId: string | undefined
  /** Whether some of its phones may be reserved ones. */
  readonly hasMagic: boolean
  /** Its people, for the directory that they join. */
  readonly intake: Intake
  finishedAt: number | undefined
  readonly #results: Results
  #failed = false
  readonly #counts = { success: 0, existing: 0, failed: 0 }

  constructor({ id, sequence, createdAt, rows, plan, hasMagic, departmentId }: TaskOptions) {
    this.id = id
    this.sequence = sequence
    this.createdAt = createdAt
    this.rows = rows
    this.plan = plan
    this.hasMagic = hasMagic
    this.departmentId = departmentId
    this.intake = { people: rows, reservedId: toLongId(id) }
    this.#results = new Results(rows.length, (row) => idAfter(this.intake.reservedId, row + 1, 'orgUser'))
  }

  get total(): number {
    return this.rows.length
  }

  get settled(): number {
    return this.#results.length
  }

  get isFinished(): boolean {
    return this.finishedAt !== undefined
  }

  /** When the next row is due; undefined when none is left to settle. */
  get nextDue(): number | undefined {
    return this.finishedAt !== undefined || this.settled === this.total ? undefined : this.plan.dueAt(this.settled)
  }

  get counts(): Readonly<Record<RowResult['outcome'], number>> {
    return this.#counts
  }

  /** What became of a row; undefined while it is not settled. */
  resultAt(row: number): RowResult | undefined {
    return this.#results.at(row)
  }

  /** The results of the settled rows, in order. */
  get results(): RowResult[] {
    return Array.from({ length: this.settled }, (_, row) => this.#results.at(row) as RowResult)
  }

  /** Settles the next row. */
  settle(result: RowResult): void {
    this.#results.add(result)
    this.#counts[result.outcome] += 1
  }

  /** The phone of the next row has a user already. */
  settleExisting(userId: LongId): void {
    this.#results.addExisting(userId)
    this.#counts.existing += 1
  }

  /** The next row is provisioned to the user whose ids are reserved for it. */
  settleProvisioned(): void {
    this.#results.addProvisioned()
    this.#counts.success += 1
  }

  finish(at: number, failed: boolean): void {
    this.finishedAt = at
    this.#failed = failed
  }

  statusAt(now: number): TaskStatus {
    if (this.isFinished) return this.#failed ? taskStatuses.failed : taskStatuses.done
    return this.settled > 0 || now > this.plan.startsAt ? taskStatuses.running : taskStatuses.new
  }
}

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
