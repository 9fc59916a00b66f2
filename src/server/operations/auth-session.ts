import { authSession } from '../../spec/operations/auth-session.ts'
import { sessionUserView, userOfCaller } from '../management/session-user.ts'
import { defineHandler } from '../operation-handler.ts'

export const authSessionHandler = defineHandler({
  operation: authSession,
  handle: ({ state, caller }) => ({ data: sessionUserView(state, userOfCaller(caller)) }),
  toWire: (data) => data,
})
