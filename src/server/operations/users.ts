import { countUsers } from '../../spec/operations/count-users.ts'
import { createUser } from '../../spec/operations/create-user.ts'
import { deleteUser } from '../../spec/operations/delete-user.ts'
import { getUser } from '../../spec/operations/get-user.ts'
import { getUserMobile } from '../../spec/operations/get-user-mobile.ts'
import { updateUser } from '../../spec/operations/update-user.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import type { User } from '../../world/directory/user.ts'
import { departmentFor } from '../authentication/caller.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'
import { requireMayGive, userFor, visibleUser } from './find.ts'
import { orgIdOf } from './organisation.ts'

export const userHandlers = {
  getUser: defineHandler({
    operation: getUser,
    handle(context) {
      const { id, ...others } = userView(visibleUser(context, context.params.userId))
      return { data: { id, orgId: orgIdOf(context.state), ...others } }
    },
  }),

  createUser: defineHandler({
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
  }),

  updateUser: defineHandler({
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
  }),

  deleteUser: defineHandler({
    operation: deleteUser,
    handle(context) {
      const { params, sandbox, caller } = context
      const { id, role } = userFor(context, params.userId)
      requireMayGive(context, role)
      sandbox.execute('delete-user', { userId: id, by: caller.user?.id })
      return {}
    },
  }),

  countUsers: defineHandler({
    operation: countUsers,
    handle({ query: { deptId }, state, caller, readings }) {
      const department = departmentFor(state, caller, deptId)
      // Without a department it is the whole organisation, whatever counts in a department.
      const direct = deptId !== undefined && readings['count-scope'] === 'direct'
      return { total: state.directory.count(department, direct) }
    },
  }),

  getUserMobile: defineHandler({
    operation: getUserMobile,
    handle: (context) => ({ mobile: visibleUser(context, context.params.userId).mobile }),
    toWire({ mobile }, readings) {
      if (readings['mobile-mask'] === 'plain') return { mobile }
      // The example shows the number without its country code.
      return { mobile: `${mobile.replace(/^(?:\+|00)86/, '').slice(0, 3)}********` }
    },
  }),
}

/** A user as lists and GetUser show it. */
export const userView = ({ id, userId, department, mobile, name, role, status }: User) => ({
  id,
  userId,
  deptId: department.id,
  deptName: department.name,
  mobile: maskMobile(mobile),
  name,
  role,
  status,
})
