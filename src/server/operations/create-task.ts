import { createTask } from '../../spec/operations/create-task.ts'
import { managementTaskTypes } from '../../world/task-store.ts'
import { scopeOf } from '../authentication/caller.ts'
import { requireMayGive, userFor } from '../management/find.ts'
import { defineHandler, type OperationContext } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'

type Context = OperationContext<typeof createTask>
type Field = 'srcUserId' | 'dstUserId' | 'resultId' | 'orgId' | 'orgUserId'

export const createTaskHandler = defineHandler({
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
  toWire: (data) => data,
})

/** A field that its table calls mandatory for a type. */
function needed({ body }: Context, field: Field, taskType: number): string {
  const value = body[field]
  if (value !== undefined) return value
  throw refuse(field, `${field} is missing: it is mandatory for taskType ${taskType}.`)
}

const refuse = (field: string, detail: string) =>
  new Refusal('verifyParametersFailed', { rule: `body.${field}`, detail, evidence: 'inferred' })
