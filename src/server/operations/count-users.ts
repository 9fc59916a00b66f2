import { countUsers } from '../../spec/operations/count-users.ts'
import { departmentFor } from '../authentication/department.ts'
import { defineHandler } from '../operation-handler.ts'

export const countUsersHandler = defineHandler({
  operation: countUsers,
  handle({ query: { deptId }, state, caller, readings }) {
    const department = departmentFor(state, caller, deptId)
    // Without a department it is the whole organisation, whatever counts in a department.
    const direct = deptId !== undefined && readings['count-scope'] === 'direct'
    return { total: state.directory.count(department, direct) }
  },
  toWire: (data) => data,
})
