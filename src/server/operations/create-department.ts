import { createDepartment } from '../../spec/operations/create-department.ts'
import { departmentFor } from '../authentication/department.ts'
import { checkDepartmentName } from '../management/department-name.ts'
import { defineHandler } from '../operation-handler.ts'

export const createDepartmentHandler = defineHandler({
  operation: createDepartment,
  handle({ body: { name, parentId }, sandbox, state, caller, readings }) {
    const parent = departmentFor(state, caller, parentId)
    checkDepartmentName(name, parent, readings)
    return { data: { id: sandbox.execute('create-department', { name, parentId: parent.id, by: caller.user?.id }) } }
  },
  toWire: (data) => data,
})
