import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { findProblems, type UserFields } from '../../world/batch/row-problems.ts'
import { TextColumn } from '../../world/text-column.ts'
import { TextRanges } from '../../world/text-ranges.ts'
import { requireProvisioningRole } from '../authentication/caller.ts'
import { defineHandler, type OperationContext } from '../operation-handler.ts'
import { PlainRows } from '../validation/plain-rows.ts'

type Body = OperationContext<typeof createBatchProvisioningTask>['body']

export const createBatchProvisioningTaskHandler = defineHandler({
  operation: createBatchProvisioningTask,
  handle({ body, sandbox, caller, userId, readings }) {
    requireProvisioningRole(caller, readings)
    const users = fieldsOf(body)
    const rows = {
      phones: TextColumn.ofRanges(users.phone),
      names: TextColumn.ofRanges(users.firstname, users.surname),
      problems: findProblems(users, readings),
    }
    return { data: sandbox.execute('create-task', { userId, rows }) }
  },
  toWire: (data) => data,
})

function fieldsOf(body: Body): UserFields {
  const field = (name: keyof UserFields) =>
    body instanceof PlainRows ? body.field(name) : TextRanges.of(body.userList.map((user) => user[name]))
  return {
    firstname: field('firstname'),
    surname: field('surname'),
    phone: field('phone'),
    email: field('email'),
    password: field('password'),
  }
}
