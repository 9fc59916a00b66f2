import { createUser } from '../../spec/operations/create-user.ts'
import { departmentFor } from '../authentication/department.ts'
import { requireMayGive } from '../management/find.ts'
import { defineHandler } from '../operation-handler.ts'

export const createUserHandler = defineHandler({
  operation: createUser,
  handle(context) {
    const { body, sandbox, state, caller, readings } = context
    const { deptId, role } = body.modifyUserInfoReq ?? {}
    const department = departmentFor(state, caller, deptId?.toString())
    const given = role === undefined ? undefined : Number(role)
    requireMayGive(context, given)
    const id = sandbox.execute('create-user', {
      orgUserId: body.userId,
      departmentId: department.id,
      role: given,
    })
    const answers = { user: { data: { id } }, department: { data: { id: department.id } }, absent: {} }
    return answers[readings['created-user-id']]
  },
  toWire: (data) => data,
})
