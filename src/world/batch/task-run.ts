import type { Scenario } from '../../scenarios/scenario.ts'
import { type ErrorName, errorNamed } from '../../spec/errors.ts'
import type { Settings } from '../config.ts'
import type { Directory } from '../directory/directory.ts'
import { roles, userStatuses } from '../directory/user.ts'
import type { Source } from './agenda.ts'
import { effectOf, type RowEffect } from './plan.ts'
import type { Failure } from './results.ts'
import { problemReason } from './rows.ts'
import type { Task } from './task.ts'

/** What a task needs of its organisation. Scenario, settings and directory may be replaced while it runs. */
export interface Organisation {
  readonly scenario: Scenario
  readonly settings: Settings
  readonly directory: Directory
  /** Stands in for the owner of a phone that is skipped whoever has it. */
  readonly administratorId: string
}

/** A task while it runs: settles its rows, one after the other. */
export class TaskRun implements Source {
  readonly sequence: number
  readonly #organisation: Organisation
  readonly #task: Task

  constructor(organisation: Organisation, task: Task) {
    this.sequence = task.sequence
    this.#organisation = organisation
    this.#task = task
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
    const batch = this.#organisation.scenario.batch ?? {}
    const isSimple = batch.rules === undefined && !task.hasMagic
    for (let row = task.settled; row < to; row += 1) {
      const effect = isSimple ? undefined : effectOf(batch, row, task.rows, task.hasMagic)
      const failure = this.#failureOf(row, effect)
      if (failure !== undefined) task.settle({ outcome: 'failed', ...failure })
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
    if (outcome === 'fail') return chosenFailure(effect?.error, 'verifyParametersFailed')
    if (outcome === 'task-fails') return chosenFailure(effect?.error, 'innerServerInvokeFailure')
    const problem = this.#task.rows.problemAt(row)
    if (problem === undefined || outcome === 'skip') return undefined
    return { error: 'verifyParametersFailed', detail: problemReason(problem) }
  }

  #provision(row: number, outcome: RowEffect['outcome'] | undefined): void {
    const task = this.#task
    const { directory, settings } = this.#organisation
    const spaceGb = settings.allocateSpaceGb
    const owner = directory.userIdOfPhone(task.rows.phoneAt(row))
    if (owner !== undefined) task.settleExisting(owner)
    else if (outcome === 'skip') task.settle({ outcome: 'existing', userId: this.#organisation.administratorId })
    else if (outcome === 'rival' || outcome === 'exists') {
      const status = outcome === 'exists' ? userStatuses.enabled : userStatuses.notActivated
      const rival = directory.join(task.intake, row, { ...this.#terms(undefined, 0), status })
      task.settle({ outcome: 'existing', userId: directory.userAt(rival)?.userId ?? '' })
    } else if (spaceGb > directory.freeCapacityGb) task.settle({ outcome: 'failed', error: 'insufficientSpace' })
    else {
      directory.join(task.intake, row, this.#terms(task.departmentId, spaceGb))
      task.settleProvisioned()
    }
  }

  /** Users of a batch are common users of the root department unless it says otherwise, and not activated yet. */
  #terms(departmentId: string | undefined, spaceGb: number) {
    const { directory } = this.#organisation
    const department = departmentId === undefined ? undefined : directory.departments.find(departmentId)
    return {
      department: department ?? directory.root,
      role: roles.commonUser,
      status: userStatuses.notActivated,
      spaceGb,
      spaceStatus: '0' as const,
    }
  }
}

/** The failure that a rule chooses: a row of the error table, or one of its own. */
function chosenFailure(chosen: RowEffect['error'], otherwise: ErrorName): Failure {
  if (typeof chosen === 'object') return { error: otherwise, own: chosen }
  return { error: (chosen === undefined ? undefined : errorNamed(chosen)) ?? otherwise }
}
