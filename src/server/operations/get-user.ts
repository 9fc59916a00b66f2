import { getUser } from '../../spec/operations/get-user.ts'
import { maskMobile } from '../../world/directory/mobiles.ts'
import { visibleUser } from '../management/find.ts'
import { orgIdOf } from '../management/organisation.ts'
import { defineHandler } from '../operation-handler.ts'

export const getUserHandler = defineHandler({
  operation: getUser,
  handle(context) {
    const { id, userId, department, mobile, name, role, status } = visibleUser(context, context.params.userId)
    return {
      data: {
        id,
        orgId: orgIdOf(context.state),
        userId,
        deptId: department.id,
        deptName: department.name,
        mobile: maskMobile(mobile),
        name,
        role,
        status,
      },
    }
  },
  toWire: (data) => data,
})
