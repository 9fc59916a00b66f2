import { taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { TaskInfo } from '../../spec/wire-types.ts'
import type { Intake } from '../directory/joined-users.ts'
import { idBehind } from '../ids.ts'
import { fromLongId, toLongId } from '../long-id.ts'
import type { Plan } from './plan.ts'
import { Results, type RowResult } from './results.ts'
import type { PackedRows } from './rows.ts'

export type TaskStatus = TaskInfo['status']

export type TaskOptions = Pick<Task, 'id' | 'sequence' | 'createdAt' | 'rows' | 'plan' | 'hasMagic' | 'departmentId'>

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
    this.#results = new Results(rows.length, (row) => fromLongId(idBehind(this.intake.reservedId, row + 1, 'orgUser')))
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
