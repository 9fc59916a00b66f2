import type { ErrorName } from '../../spec/errors.ts'
import { userStatuses } from '../directory/user.ts'
import type { State } from '../state.ts'
import { effectOf, type RowEffect } from './plan.ts'
import { problemReason } from './row-problems.ts'
import type { RowResult, Task } from './task.ts'

/** Settles the next row of a task, at its time. */
export function settleRow(state: State, task: Task, at: number): void {
  const row = task.settled
  const phone = task.rows.phones[row] ?? ''
  const effect = effectOf(state.scenario.batch ?? {}, row, phone)
  task.add(resultOf(state, task, row, phone, effect))
  if (effect?.outcome === 'task-fails') task.finish(at, true)
  else if (task.settled === task.total) task.finish(at, state.scenario.batch?.finalStatus === 'failed')
}

function resultOf(state: State, task: Task, row: number, phone: string, effect: RowEffect | undefined): RowResult {
  if (effect?.outcome === 'fail') return failed(effect.error ?? 'verifyParametersFailed')
  if (effect?.outcome === 'task-fails') return failed(effect.error ?? 'innerServerInvokeFailure')
  if (effect?.outcome === 'skip') return existing(state, phone)
  const problem = task.rows.problems[row]
  if (problem !== undefined) return failed('verifyParametersFailed', problemReason(problem))
  const owner = state.directory.findByPhone(phone)
  if (owner !== undefined) return { outcome: 'existing', userId: owner.userId }
  const name = task.rows.names[row] ?? ''
  if (effect?.outcome === 'rival' || effect?.outcome === 'exists') {
    const status = effect.outcome === 'exists' ? userStatuses.enabled : userStatuses.notActivated
    return { outcome: 'existing', userId: state.directory.join({ name, phone, status, spaceGb: 0 }).userId }
  }
  const spaceGb = state.settings.allocateSpaceGb
  if (spaceGb > state.directory.freeCapacityGb) return failed('insufficientSpace')
  const department = task.departmentId === undefined ? undefined : state.directory.findDepartment(task.departmentId)
  return { outcome: 'success', userId: state.directory.join({ name, phone, spaceGb, department }).userId }
}

const failed = (error: ErrorName, detail?: string): RowResult => ({
  outcome: 'failed',
  error,
  ...(detail !== undefined && { detail }),
})

/** Skipped whoever owns the phone: the owner if there is one, otherwise the administrator stands in. */
const existing = (state: State, phone: string): RowResult => ({
  outcome: 'existing',
  userId:
    (state.directory.findByPhone(phone) ?? state.directory.seededUser(0))?.userId ?? state.config.credentials.userId,
})
