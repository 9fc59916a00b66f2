import type { ErrorName } from '../../spec/errors.ts'
import { type TaskStatus, taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { RowProblem } from './row-problems.ts'

/** The submitted users of a task in columns: a thousand rows cost three arrays. No e-mail and no password is kept. */
export interface BatchRows {
  readonly phones: readonly string[]
  readonly names: readonly string[]
  /** Rows that break a rule, by index. */
  readonly problems: Readonly<Record<number, RowProblem>>
}

/** What became of a row. */
export type RowResult =
  | { readonly outcome: 'success'; readonly userId: string }
  | { readonly outcome: 'existing'; readonly userId: string }
  | { readonly outcome: 'failed'; readonly error: ErrorName; readonly detail?: string }

/** When the rows of a task are due: virtual epoch milliseconds, never decreasing. */
export interface Plan {
  readonly startsAt: number
  dueAt(row: number): number
}

export type TaskOptions = Pick<Task, 'id' | 'sequence' | 'createdAt' | 'rows' | 'plan' | 'departmentId'>

/** A batch provisioning task. Rows settle one after the other, in the order of submission. */
export class Task {
  readonly id: string
  readonly sequence: number
  readonly createdAt: number
  readonly rows: BatchRows
  readonly plan: Plan
  /** Department that its users join; the root department when absent. */
  readonly departmentId: string | undefined
  /** Results of the settled rows, in order. */
  readonly results: RowResult[] = []
  finishedAt: number | undefined
  #failed = false
  readonly #counts = { success: 0, existing: 0, failed: 0 }

  constructor({ id, sequence, createdAt, rows, plan, departmentId }: TaskOptions) {
    this.id = id
    this.sequence = sequence
    this.createdAt = createdAt
    this.rows = rows
    this.plan = plan
    this.departmentId = departmentId
  }

  get total(): number {
    return this.rows.phones.length
  }

  get settled(): number {
    return this.results.length
  }

  get isFinished(): boolean {
    return this.finishedAt !== undefined
  }

  /** When the next row is due; undefined when none is left to settle. */
  get nextDue(): number | undefined {
    return this.isFinished || this.settled === this.total ? undefined : this.plan.dueAt(this.settled)
  }

  get counts(): Readonly<Record<RowResult['outcome'], number>> {
    return this.#counts
  }

  add(result: RowResult): void {
    this.results.push(result)
    this.#counts[result.outcome] += 1
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
