import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { findProblems } from '../../world/batch/row-problems.ts'
import { TextColumn } from '../../world/text-column.ts'
import { requireProvisioningRole } from '../authentication/caller.ts'
import { defineRoute } from './route.ts'

export const createBatchProvisioningTaskRoute = defineRoute({
  operation: createBatchProvisioningTask,
  handle({ body: { userList }, sandbox, caller, userId, readings }) {
    requireProvisioningRole(caller, readings)
    const rows = {
      phones: TextColumn.of(userList.map(({ phone }) => phone)),
      names: TextColumn.of(userList.map(({ firstname, surname }) => (surname ? `${firstname} ${surname}` : firstname))),
      problems: findProblems(userList, readings),
    }
    return { data: sandbox.execute('create-task', { userId, rows }) }
  },
  speak: (data) => data,
})
