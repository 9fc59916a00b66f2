import { isWithin } from '../../world/directory/departments.ts'
import type { State } from '../../world/state.ts'
import type { ManagementTask } from '../../world/task-store.ts'
import type { Caller } from '../../world/tokens.ts'
import { scopeOf } from '../authentication/caller.ts'
import { Refusal } from '../refusal.ts'
import { tenantIdOf } from './organisation.ts'

/** No page lists the codes of failed tasks, only their form 18xxxxxx. */
const RESULT_CODE = '18000000'

/** What both task pages tell of a task. */
export const taskView = (state: State, task: ManagementTask) => ({
  taskId: task.id,
  taskName: task.name,
  taskType: task.type,
  tenantId: tenantIdOf(state),
  userId: task.creator ?? state.config.credentials.userId,
  status: task.status,
  ...(task.failure !== undefined && { resultCode: RESULT_CODE }),
})

/**
 * Whether a caller may see a task: a department administrator those that somebody of the own tree created.
 *
 * @throws Refusal 13000410 when the caller is no administrator.
 */
export function taskSight(state: State, caller: Caller): (task: ManagementTask) => boolean {
  const scope = scopeOf(state, caller)
  if (scope === state.directory.root) return () => true
  return ({ creator }) => {
    const user = creator === undefined ? undefined : state.directory.findById(creator)
    return user !== undefined && isWithin(user.department, scope)
  }
}

/**
 * The management task with an id.
 *
 * @throws Refusal 13000309 when there is none, 13000410 when the caller may not see it.
 */
export function managementTask(state: State, caller: Caller, id: string): ManagementTask {
  const mayBeSeen = taskSight(state, caller)
  const task = state.managementTasks.get(id)
  if (task !== undefined && mayBeSeen(task)) return task
  if (task !== undefined) {
    const { department } = caller
    throw new Refusal('noSpacePermission', {
      rule: 'task-scope',
      detail: `The caller administers department ${department.id}; task ${id} was created by nobody of it.`,
      evidence: 'inferred',
      values: [department.id],
    })
  }
  throw new Refusal('resourceNotFound', {
    rule: 'task-unknown',
    detail: `This organisation has no task ${id}. Use taskId of createTask, as a string: a JSON number loses its last digits. The tasks of createBatchProvisioningTask are asked for at /user/batchRegister/get.`,
  })
}
