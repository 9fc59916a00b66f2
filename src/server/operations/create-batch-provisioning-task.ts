import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { toBatchRows } from '../../world/batch/rows.ts'
import { requireProvisioningRole } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'

export const createBatchProvisioningTaskHandler = defineHandler({
  operation: createBatchProvisioningTask,
  handle({ body, sandbox, caller, userId, readings }) {
    requireProvisioningRole(caller, readings)
    return { data: sandbox.execute('create-task', { userId, rows: toBatchRows(body.userList, readings) }) }
  },
  toWire: (data) => data,
})
