import { getDepartment } from '../../spec/operations/get-department.ts'
import { departmentFor } from '../authentication/department.ts'
import { departmentView, withRootParent } from '../management/department-view.ts'
import { defineHandler } from '../operation-handler.ts'

export const getDepartmentHandler = defineHandler({
  operation: getDepartment,
  handle: ({ params: { department_id }, state, caller }) =>
    departmentView(state, departmentFor(state, caller, department_id)),
  toWire: withRootParent,
})
