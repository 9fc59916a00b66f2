import { createSession } from '../../spec/operations/create-session.ts'
import { userStatuses } from '../../world/directory/user.ts'
import { userOf } from '../../world/management/users.ts'
import { tenantIdOf } from '../management/organisation.ts'
import { sessionUserView, withPrefix } from '../management/session-user.ts'
import { defineHandler } from '../operation-handler.ts'

export const createSessionHandler = defineHandler({
  operation: createSession,
  handle({ body: { code }, world, sandbox }) {
    const { accessToken, sessionId, userId } = world.createSession(sandbox, code)
    const state = sandbox.read()
    const user = userOf(state, userId)
    // Not activated means not signed in so far. User guide, members.
    if (user.status === userStatuses.notActivated)
      sandbox.execute('update-user', { userId, status: userStatuses.enabled })
    return {
      data: {
        accessToken,
        sessionId,
        userId: user.userId,
        userInfo: { ...sessionUserView(state, user), xHwSchema: `koodrive_${tenantIdOf(state)}` },
      },
    }
  },
  toWire: ({ data }, readings) => ({ data: { ...data, accessToken: withPrefix(data.accessToken, readings) } }),
})
