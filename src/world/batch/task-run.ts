import { EarlyOwners } from '../directory/early-owners.ts'
import type { PhoneKeys } from '../directory/phone-keys.ts'
import { userStatuses } from '../directory/user.ts'
import { type LongId, toLongId } from '../long-id.ts'
import type { State } from '../state.ts'
import type { Source } from './agenda.ts'
import { effectOf, type RowEffect } from './plan.ts'
import type { Failure } from './results.ts'
import { problemReason } from './row-problems.ts'
import type { Task } from './task.ts'

const NO_SPACE: Failure = { error: 'insufficientSpace' }

/** A task while it runs: settles its rows, one after the other. */
export class TaskRun implements Source {
  readonly sequence: number
  readonly #state: State
  readonly #task: Task
  readonly #keys: PhoneKeys
  readonly #early: EarlyOwners

  constructor(state: State, task: Task, keys: PhoneKeys) {
    this.sequence = task.sequence
    this.#state = state
    this.#task = task
    this.#keys = keys
    this.#early = new EarlyOwners(state.directory, keys)
  }

  get nextDue(): number | undefined {
    return this.#task.nextDue
  }

  /** Settles the rows that are due together. */
  step(at: number): void {
    this.#settle(this.#task.plan.dueTogether(this.#task.settled), at)
  }

  /** Settles all rows that are left. */
  complete(at: number): void {
    this.#settle(this.#task.total, at)
  }

  /** Settles the rows before `to`, at their time, unless one of them ends the task. */
  #settle(to: number, at: number): void {
    const task = this.#task
    const batch = this.#state.scenario.batch ?? {}
    const isSimple = batch.rules === undefined && !task.hasMagic
    for (let row = task.settled; row < to; row += 1) {
      const effect = isSimple ? undefined : effectOf(batch, row, task.rows.phones, task.hasMagic)
      const failure = this.#failureOf(row, effect)
      if (failure !== undefined) task.addFailure(failure)
      else this.#provision(row, effect?.outcome)
      if (effect?.outcome === 'task-fails') {
        task.finish(at, true)
        return
      }
    }
    if (task.settled === task.total) task.finish(at, batch.finalStatus === 'failed')
  }

  /** Why a row fails whoever has its phone. */
  #failureOf(row: number, effect: RowEffect | undefined): Failure | undefined {
    const outcome = effect?.outcome
    if (outcome === 'fail') return { error: effect?.error ?? 'verifyParametersFailed' }
    if (outcome === 'task-fails') return { error: effect?.error ?? 'innerServerInvokeFailure' }
    const problem = this.#task.hasProblems ? this.#task.rows.problems[row] : undefined
    if (problem === undefined || outcome === 'skip') return undefined
    return { error: 'verifyParametersFailed', detail: problemReason(problem) }
  }

  #provision(row: number, outcome: RowEffect['outcome'] | undefined): void {
    const task = this.#task
    const { directory, settings } = this.#state
    const spaceGb = settings.allocateSpaceGb
    const owner = this.#early.find(directory, row)
    if (owner !== undefined) task.addExisting(owner, directory)
    else if (outcome === 'skip') task.addExisting(this.#administrator(), directory)
    else if (outcome === 'rival' || outcome === 'exists') {
      const status = outcome === 'exists' ? userStatuses.enabled : userStatuses.notActivated
      const rival = directory.admit(task.entrants, row, this.#keys, directory.termsOf({ status, spaceGb: 0 }))
      task.addExisting(rival, directory)
    } else if (spaceGb > directory.freeCapacityGb) task.addFailure(NO_SPACE)
    else {
      const department = task.departmentId === undefined ? undefined : directory.findDepartment(task.departmentId)
      directory.admit(task.entrants, row, this.#keys, directory.termsOf({ department, spaceGb }))
      task.addSuccess()
    }
  }

  /** Stands in for the owner of a phone that is skipped whoever has it. */
  #administrator(): LongId {
    const { directory, config } = this.#state
    return toLongId(directory.seededUser(0)?.userId ?? config.credentials.userId)
  }
}
