import { limits } from '../../spec/limits.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import {
  type queryBatchProvisioning as Operation,
  queryBatchProvisioning,
} from '../../spec/operations/query-batch-provisioning.ts'
import { toIdText } from '../../spec/schemas.ts'
import { failureText } from '../../world/batch/results.ts'
import { toBatchRows } from '../../world/batch/rows.ts'
import type { Task } from '../../world/batch/task.ts'
import { isWithin } from '../../world/directory/departments.ts'
import { subtaskId } from '../../world/ids.ts'
import type { State } from '../../world/state.ts'
import { departmentFor, requireProvisioningRole } from '../authentication/caller.ts'
import { type DataOf, defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'

export const provisioningHandlers = {
  createBatchProvisioningTask: defineHandler({
    operation: createBatchProvisioningTask,
    handle({ body, sandbox, caller, userId, readings }) {
      requireProvisioningRole(caller, readings)
      return { data: sandbox.execute('create-task', { userId, rows: toBatchRows(body.userList, readings) }) }
    },
  }),

  queryBatchProvisioning: defineHandler({
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
        readings['subtask-id'] === 'unique'
          ? registerList
          : registerList.map((row) => ({ ...row, id: taskInfo.taskId }))
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
  }),

  preverifyBatchImport: defineHandler({
    operation: preverifyBatchImport,
    handle({ body: { curDeptId, users }, state, caller }) {
      const current = departmentFor(state, caller, toIdText(curDeptId))
      const known = new Set(
        state.directory.departments
          .all()
          .filter((department) => isWithin(department, current))
          .map(({ name }) => name),
      )
      const free = state.directory.freeCapacityGb
      let wanted = 0
      const data = users.map(({ targetDeptName, personalCapacity, isAllocateCapacity }) => {
        const capacity = Number(personalCapacity)
        const target = targetDeptName ?? ''
        if (target !== '' && !known.has(target)) return failed(`there is no department "${target}" under ${current.id}`)
        if (!isAllocateCapacity) {
          return capacity === 0 ? passed : failed('personalCapacity must be 0 when isAllocateCapacity is false')
        }
        if (capacity <= 0) return failed('personalCapacity must be above 0 GB when isAllocateCapacity is true')
        if (wanted + capacity > free) return failed(`${capacity} GB exceed the free capacity of ${free - wanted} GB`)
        wanted += capacity
        return passed
      })
      return { data }
    },
    toWire({ data }, readings) {
      if (data.length === 0 && readings['empty-result'] === 'absent') return {}
      if (readings['preverify-success-value'] === '0') return { data }
      return { data: data.map((result) => ({ ...result, isSuccess: 1 - result.isSuccess })) }
    },
  }),
}

type Row = DataOf<typeof Operation>['data']['registerList'][number]

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

const passed = { isSuccess: 0 }
const failed = (reason: string) => ({ isSuccess: 1, reason })
