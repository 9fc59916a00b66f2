import { getTaskResult } from '../../spec/operations/get-task-result.ts'
import { type ManagementTask, managementTaskTypes } from '../../world/task-store.ts'
import { managementTask, taskSight } from '../management/task-view.ts'
import { defineHandler, type OperationContext } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'

export const getTaskResultHandler = defineHandler({
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
  toWire: (data) => data,
})

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
