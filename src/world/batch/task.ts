import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { TaskInfo } from '../../spec/wire-types.ts'
import type { Directory, Owner } from '../directory/directory.ts'
import type { Entrants } from '../directory/joined-users.ts'
import { idBehind } from '../ids.ts'
import { fromLongId, type LongId, toLongId } from '../long-id.ts'
import type { TextColumn } from '../text-column.ts'
import type { Plan } from './plan.ts'
import { type Failure, Results, type RowResult } from './results.ts'
import type { RowProblem } from './row-problems.ts'

export type TaskStatus = TaskInfo['status']

/** The submitted users of a task in columns. No e-mail and no password is kept. */
export interface BatchRows {
  readonly phones: TextColumn
  readonly names: TextColumn
  /** Rows that break a rule, by index. */
  readonly problems: Readonly<Record<number, RowProblem>>
}

export type TaskOptions = Pick<Task, 'id' | 'sequence' | 'createdAt' | 'rows' | 'plan' | 'hasMagic' | 'departmentId'>

/** A batch provisioning task. Rows settle one after the other, in the order of submission. */
export class Task {
  readonly id: string
  readonly sequence: number
  readonly createdAt: number
  readonly rows: BatchRows
  readonly plan: Plan
  /** Department that its users join; the root department when absent. */
  readonly departmentId: string | undefined
  /** Its people, for the directory that they join. */
  readonly entrants: Entrants
  /** Whether some of its phones are reserved ones. */
  readonly hasMagic: boolean
  /** Whether some of its rows break a rule. */
  readonly hasProblems: boolean
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
    this.departmentId = departmentId
    const { phones, names } = rows
    const reservedId = toLongId(id)
    this.entrants = { phones, names, reservedId }
    this.hasMagic = hasMagic
    this.hasProblems = Object.keys(rows.problems).length > 0
    this.#results = new Results(phones.length, (row) => fromLongId(idBehind(reservedId, row + 1, 'orgUser')))
  }

  get total(): number {
    return this.rows.phones.length
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

  /** The next row is provisioned: to the user whose ids are reserved for it, unless another is named. */
  addSuccess(userId?: LongId): void {
    this.#results.addSuccess(userId)
    this.#counts.success += 1
  }

  /** The phone of the next row belongs to somebody already: to whom a directory knows by number, or to a given user. */
  addExisting(owner: Owner | LongId, directory: Directory): void {
    if (typeof owner === 'number') this.#results.addExisting(owner, directory)
    else this.#results.addGiven(owner)
    this.#counts.existing += 1
  }

  addFailure(failure: Failure): void {
    this.#results.addFailure(failure)
    this.#counts.failed += 1
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
