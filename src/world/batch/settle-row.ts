import { userStatuses } from '../directory/user.ts'
import { type LongId, toLongId } from '../long-id.ts'
import type { State } from '../state.ts'
import { effectOf, type RowEffect } from './plan.ts'
import { problemReason } from './row-problems.ts'
import type { Task } from './task.ts'

/** Settles the next row of a task, at its time. */
export function settleRow(state: State, task: Task, at: number): void {
  const batch = state.scenario.batch
  const effect = effectOf(batch ?? {}, task.settled, task.rows.phones, task.hasMagic)
  addResult(state, task, task.settled, effect)
  if (effect?.outcome === 'task-fails') task.finish(at, true)
  else if (task.settled === task.total) task.finish(at, batch?.finalStatus === 'failed')
}

function addResult(state: State, task: Task, row: number, effect: RowEffect | undefined): void {
  const { directory } = state
  const { phones, problems } = task.rows
  const outcome = effect?.outcome
  if (outcome === 'fail') return task.addFailure({ error: effect?.error ?? 'verifyParametersFailed' })
  if (outcome === 'task-fails') return task.addFailure({ error: effect?.error ?? 'innerServerInvokeFailure' })
  const problem = problems[row]
  if (problem !== undefined && outcome !== 'skip') {
    return task.addFailure({ error: 'verifyParametersFailed', detail: problemReason(problem) })
  }
  const key = directory.keyAt(phones, row)
  const owner = directory.findOwnerId(key)
  if (owner !== undefined) return task.addExisting(owner)
  if (outcome === 'skip') return task.addExisting(administrator(state))
  const department = task.departmentId === undefined ? undefined : directory.findDepartment(task.departmentId)
  if (outcome === 'rival' || outcome === 'exists') {
    const status = outcome === 'exists' ? userStatuses.enabled : userStatuses.notActivated
    directory.admit(task.entrants, row, key, directory.termsOf({ status, spaceGb: 0 }))
    return task.addExisting(directory.findOwnerId(key) ?? administrator(state))
  }
  const spaceGb = state.settings.allocateSpaceGb
  if (spaceGb > directory.freeCapacityGb) return task.addFailure({ error: 'insufficientSpace' })
  directory.admit(task.entrants, row, key, directory.termsOf({ department, spaceGb }))
  task.addSuccess()
}

/** Stands in for the owner of a phone that is skipped whoever has it. */
const administrator = ({ directory, config }: State): LongId =>
  toLongId(directory.seededUser(0)?.userId ?? config.credentials.userId)
