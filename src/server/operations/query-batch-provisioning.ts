import { limits } from '../../spec/limits.ts'
import {
  type queryBatchProvisioning as Operation,
  queryBatchProvisioning,
} from '../../spec/operations/query-batch-provisioning.ts'
import { failureText } from '../../world/batch/results.ts'
import type { Task } from '../../world/batch/task.ts'
import { subtaskId } from '../../world/ids.ts'
import type { State } from '../../world/state.ts'
import { requireProvisioningRole } from '../authentication/caller.ts'
import { type DataOf, defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'

type Row = DataOf<typeof Operation>['data']['registerList'][number]

export const queryBatchProvisioningHandler = defineHandler({
  operation: queryBatchProvisioning,
  handle({ query, state, sandbox, caller, readings }) {
    requireProvisioningRole(caller, readings)
    const task = state.tasks.get(query.taskId) ?? refuseUnknown(state, query.taskId)
    const from = toRow(query.cursor, task)
    const to = Math.min(task.settled, from + (query.pageSize ?? limits.pageSizeMax))
    const registerList: Row[] = []
    for (let row = from; row < to; row += 1) registerList.push(toRegisterListRow(task, row))
    const { success, existing, failed } = task.counts
    const skips = readings['existing-phone'] === 'skipped'
    return {
      data: {
        taskInfo: {
          taskId: task.id,
          status: task.statusAt(sandbox.clock.now()),
          totalCount: task.total,
          successCount: success,
          failCount: skips ? failed : failed + existing,
          skipCount: skips ? existing : 0,
        },
        registerList,
        ...(to < task.settled && { nextPageCursor: String(to) }),
      },
    }
  },
  toWire({ data: { taskInfo, registerList, nextPageCursor } }, readings) {
    const cursor = nextPageCursor ?? (readings['last-page-cursor'] === 'empty' ? '' : undefined)
    const rows =
      readings['subtask-id'] === 'unique' ? registerList : registerList.map((row) => ({ ...row, id: taskInfo.taskId }))
    return {
      data: {
        ...(cursor !== undefined && { [readings['next-cursor-name']]: cursor }),
        taskInfo,
        ...((rows.length > 0 || readings['empty-result'] === 'array') && { registerList: rows }),
        ...(readings['query-inner-envelope'] === 'present' && {
          code: readings['code-type'] === 'number' ? 0 : '0',
          msg: 'success',
        }),
      },
    }
  },
})

/** The first row of the page that a cursor names. Cursors are row numbers, so they stay valid while a task grows. */
function toRow(cursor: string | undefined, task: Task): number {
  if (cursor === undefined || cursor === '0') return 0
  const row = /^[1-9]\d{0,8}$/.test(cursor) ? Number(cursor) : Number.NaN
  if (row < task.settled) return row
  throw new Refusal('verifyParametersFailed', {
    rule: 'query.cursor',
    detail: Number.isNaN(row)
      ? 'cursor is malformed. Pass nextPageCursor of the page before, or 0 for the first page.'
      : `cursor is out of range: the task has ${task.settled} settled rows. Pass nextPageCursor of the page before.`,
  })
}

function toRegisterListRow(task: Task, row: number): Row {
  const result = task.resultAt(row)
  const base = { id: subtaskId(task.id, row), phone: task.rows.phoneAt(row) }
  if (result === undefined || result.outcome === 'success') return { ...base, ...(result && { userId: result.userId }) }
  const failure = result.outcome === 'existing' ? { error: 'userExists' as const } : result
  return { ...base, ...(result.outcome === 'existing' && { userId: result.userId }), ...failureText(failure) }
}

function refuseUnknown(state: State, taskId: string): never {
  throw new Refusal('resourceNotFound', {
    rule: 'task-unknown',
    detail: state.tasks.wasForgotten(taskId)
      ? `Task ${taskId} is finished and was dropped: only the newest ${state.settings.retainedTaskRows} rows are kept (limits.retainedTaskRows of the scenario).`
      : `This organisation has no task ${taskId}. Use the data of createBatchProvisioningTask, called with the same AppId, as a string: a JSON number loses its last digits.`,
  })
}
