import { deleteUser } from '../../spec/operations/delete-user.ts'
import { requireMayGive, userFor } from '../management/find.ts'
import { defineHandler } from '../operation-handler.ts'

export const deleteUserHandler = defineHandler({
  operation: deleteUser,
  handle(context) {
    const { params, sandbox, caller } = context
    const { id, role } = userFor(context, params.userId)
    requireMayGive(context, role)
    sandbox.execute('delete-user', { userId: id, by: caller.user?.id })
    return {}
  },
  toWire: (data) => data,
})
