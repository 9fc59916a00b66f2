import { createTask } from '../../spec/operations/create-task.ts'
import { getTask } from '../../spec/operations/get-task.ts'
import { getTaskResult } from '../../spec/operations/get-task-result.ts'
import { listTasks } from '../../spec/operations/list-tasks.ts'
import { isWithin } from '../../world/directory/departments.ts'
import { type ManagementTask, managementTaskTypes } from '../../world/management-stores.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { scopeOf } from '../authentication/caller.ts'
import { defineHandler, type OperationContext } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'
import { requireMayGive, userFor } from './find.ts'
import { tenantIdOf } from './organisation.ts'
import { vendorTime } from './spaces.ts'

type Context = OperationContext<typeof createTask>
type Field = 'srcUserId' | 'dstUserId' | 'resultId' | 'orgId' | 'orgUserId'

export const taskHandlers = {
  createTask: defineHandler({
    operation: createTask,
    handle(context) {
      const { body, sandbox, state, caller, readings } = context
      scopeOf(state, caller)
      if (body.taskType === undefined && readings['task-type-default'] === 'refused') {
        throw refuse('taskType', 'taskType is missing. Give 0 to transfer and delete, or 1 to import.')
      }
      if (Number(body.taskType ?? managementTaskTypes.transfer) === managementTaskTypes.transfer) {
        const source = userFor(context, needed(context, 'srcUserId', 0))
        const receiver = userFor(context, needed(context, 'dstUserId', 0))
        requireMayGive(context, source.role)
        const payload = { srcUserId: source.id, dstUserId: receiver.id, by: caller.user?.id }
        return { taskId: sandbox.execute('create-transfer-task', payload) }
      }
      needed(context, 'orgId', 1)
      needed(context, 'orgUserId', 1)
      const resultId = needed(context, 'resultId', 1)
      if (readings['import-upload'] === 'unknown') {
        throw new Refusal('resourceNotFound', {
          rule: 'upload-unknown',
          detail: `There is no upload ${resultId}: the reading import-upload says that none is known.`,
          evidence: 'inferred',
        })
      }
      return { taskId: sandbox.execute('create-import-task', { resultId, by: caller.user?.id }) }
    },
  }),

  listTasks: defineHandler({
    operation: listTasks,
    handle({ query: { taskType, status, pageSize = PAGE_SIZE, pageCursor = '0' }, state, caller }) {
      const isVisible = taskSight(state, caller)
      const cursor = Math.min(Number(pageCursor), Number.MAX_SAFE_INTEGER)
      const { tasks, next } = state.managementTasks.page(
        { type: taskType, statuses: status, isVisible },
        cursor,
        pageSize,
      )
      const taskList = tasks.map((task) => ({
        ...taskView(state, task),
        createTime: vendorTime(task.createdAt),
        ...(task.startedAt !== undefined && { startTime: vendorTime(task.startedAt) }),
        ...(task.endedAt !== undefined && { endTime: vendorTime(task.endedAt) }),
      }))
      return { taskList, ...(next !== undefined && { nextCursor: String(next) }) }
    },
    toWire({ taskList, nextCursor }, readings) {
      const cursor = readings['task-cursor-type'] === 'number' ? Number(nextCursor) : nextCursor
      const isShown = taskList.length > 0 || readings['empty-result'] === 'array'
      return {
        ...(isShown && { [readings['task-list-key']]: taskList }),
        ...(nextCursor !== undefined && { nextCursor: cursor }),
      }
    },
  }),

  getTask: defineHandler({
    operation: getTask,
    handle: ({ params: { task_id }, state, caller }) => taskView(state, managementTask(state, caller, task_id)),
  }),

  getTaskResult: defineHandler({
    operation: getTaskResult,
    handle(context) {
      const { id, type, imported, importFailures } = askedFor(context)
      if (type !== managementTaskTypes.import) {
        throw new Refusal('verifyParametersFailed', {
          rule: 'query.taskId',
          detail: `Task ${id} is a transfer: only an import has a result. Ask getTask for its status.`,
          evidence: 'inferred',
        })
      }
      return {
        data: {
          successCount: imported,
          failCount: importFailures.length,
          failInfoList: importFailures.map(({ userName, reason }) => ({ userName, desc: reason })),
        },
      }
    },
  }),
}

/** A field that its table calls mandatory for a type. */
function needed({ body }: Context, field: Field, taskType: number): string {
  const value = body[field]
  if (value !== undefined) return value
  throw refuse(field, `${field} is missing: it is mandatory for taskType ${taskType}.`)
}

const refuse = (field: string, detail: string) =>
  new Refusal('verifyParametersFailed', { rule: `body.${field}`, detail, evidence: 'inferred' })

const PAGE_SIZE = 100

/** The task that a call names, or the newest import. Reading task-result-without-id. */
function askedFor({ query, state, caller, readings }: OperationContext<typeof getTaskResult>): ManagementTask {
  const isVisible = taskSight(state, caller)
  const id = query.taskId ?? query.taskid
  if (id !== undefined) return managementTask(state, caller, id)
  const latest =
    readings['task-result-without-id'] === 'latest'
      ? state.managementTasks.newest(managementTaskTypes.import, isVisible)
      : undefined
  if (latest !== undefined) return latest
  throw new Refusal('verifyParametersFailed', {
    rule: 'query.taskId',
    detail: 'taskId is missing. Give taskId of createTask.',
    evidence: 'inferred',
  })
}

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
function taskSight(state: State, caller: Caller): (task: ManagementTask) => boolean {
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
