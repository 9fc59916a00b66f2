import { updateUser } from '../../spec/operations/update-user.ts'
import { departmentFor } from '../authentication/department.ts'
import { requireMayGive, userFor } from '../management/find.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'

export const updateUserHandler = defineHandler({
  operation: updateUser,
  handle(context) {
    const { params, body, sandbox, state, caller } = context
    const { deptId, role, status } = body
    const user = userFor(context, params.userId)
    if (deptId === undefined && role === undefined && status === undefined) {
      throw new Refusal('verifyParametersFailed', {
        rule: 'body.empty',
        detail: 'The body changes nothing. Give deptId, role or status.',
        evidence: 'inferred',
      })
    }
    const given = role === undefined ? undefined : Number(role)
    requireMayGive(context, user.role)
    requireMayGive(context, given)
    sandbox.execute('update-user', {
      userId: user.id,
      departmentId: deptId === undefined ? undefined : departmentFor(state, caller, deptId.toString()).id,
      role: given,
      status: status === undefined ? undefined : Number(status),
    })
    return {}
  },
  toWire: (data) => data,
})
