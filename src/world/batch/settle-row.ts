import { userStatuses } from '../directory/user.ts'
import { type LongId, toLongId } from '../long-id.ts'
import type { State } from '../state.ts'
import { effectOf, type RowEffect } from './plan.ts'
import type { Failure } from './results.ts'
import { problemReason } from './row-problems.ts'
import type { Task } from './task.ts'

/** Settles the next row of a task, at its time. */
export function settleRow(state: State, task: Task, at: number): void {
  const batch = state.scenario.batch
  const row = task.settled
  const effect = effectOf(batch ?? {}, row, task.rows.phones, task.hasMagic)
  const failure = failureOf(task, row, effect)
  if (failure !== undefined) task.addFailure(failure)
  else provision(state, task, row, effect?.outcome)
  if (effect?.outcome === 'task-fails') task.finish(at, true)
  else if (task.settled === task.total) task.finish(at, batch?.finalStatus === 'failed')
}

/** Why a row fails whoever has its phone. */
function failureOf(task: Task, row: number, effect: RowEffect | undefined): Failure | undefined {
  const outcome = effect?.outcome
  if (outcome === 'fail') return { error: effect?.error ?? 'verifyParametersFailed' }
  if (outcome === 'task-fails') return { error: effect?.error ?? 'innerServerInvokeFailure' }
  const problem = task.hasProblems ? task.rows.problems[row] : undefined
  if (problem === undefined || outcome === 'skip') return undefined
  return { error: 'verifyParametersFailed', detail: problemReason(problem) }
}

function provision(state: State, task: Task, row: number, outcome: RowEffect['outcome'] | undefined): void {
  const { directory, settings } = state
  const spaceGb = settings.allocateSpaceGb
  const key = directory.keyAt(task.rows.phones, row)
  const owner = directory.findOwnerId(key)
  if (owner !== undefined) task.addExisting(owner)
  else if (outcome === 'skip') task.addExisting(administrator(state))
  else if (outcome === 'rival' || outcome === 'exists') {
    const status = outcome === 'exists' ? userStatuses.enabled : userStatuses.notActivated
    directory.admit(task.entrants, row, key, directory.termsOf({ status, spaceGb: 0 }))
    task.addExisting(directory.findOwnerId(key) ?? administrator(state))
  } else if (spaceGb > directory.freeCapacityGb) task.addFailure({ error: 'insufficientSpace' })
  else {
    const department = task.departmentId === undefined ? undefined : directory.findDepartment(task.departmentId)
    directory.admit(task.entrants, row, key, directory.termsOf({ department, spaceGb }))
    task.addSuccess()
  }
}

/** Stands in for the owner of a phone that is skipped whoever has it. */
const administrator = ({ directory, config }: State): LongId =>
  toLongId(directory.seededUser(0)?.userId ?? config.credentials.userId)
