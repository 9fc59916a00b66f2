import { updateDepartment } from '../../spec/operations/update-department.ts'
import { departmentFor } from '../authentication/department.ts'
import { checkDepartmentName } from '../management/department-name.ts'
import { defineHandler } from '../operation-handler.ts'

export const updateDepartmentHandler = defineHandler({
  operation: updateDepartment,
  handle({ params: { department_id }, body: { name, parentId }, sandbox, state, caller, readings }) {
    const department = departmentFor(state, caller, department_id)
    // A parent that does not change need not be one that the caller administers.
    const parent = parentId === department.parent?.id ? department.parent : departmentFor(state, caller, parentId)
    checkDepartmentName(name, parent, readings, department)
    sandbox.execute('update-department', { departmentId: department.id, name, parentId: parent.id })
    return {}
  },
  toWire: (data) => data,
})
