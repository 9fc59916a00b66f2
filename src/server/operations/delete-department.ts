import { deleteDepartment } from '../../spec/operations/delete-department.ts'
import { departmentFor } from '../authentication/department.ts'
import { defineHandler } from '../operation-handler.ts'

export const deleteDepartmentHandler = defineHandler({
  operation: deleteDepartment,
  handle({ params: { department_id }, sandbox, state, caller, readings }) {
    const { id: departmentId } = departmentFor(state, caller, department_id)
    sandbox.execute('delete-department', {
      departmentId,
      movesToParent: readings['department-deletion'] === 'to-parent',
    })
    return {}
  },
  toWire: (data) => data,
})
