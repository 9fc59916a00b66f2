import { refreshSession } from '../../spec/operations/refresh-session.ts'
import { withPrefix } from '../management/session-user.ts'
import { defineHandler } from '../operation-handler.ts'

export const refreshSessionHandler = defineHandler({
  operation: refreshSession,
  handle({ headers, world, sandbox, token = '', readings }) {
    const sessionId = headers['x-session-id']
    const reading = readings['refreshed-token']
    if (reading === 'same' && sandbox.peek().tokens.get(token)?.sessionId === sessionId) return { accessToken: token }
    const session = world.refreshSession(sandbox, token, sessionId, reading === 'new')
    return { accessToken: session.accessToken }
  },
  toWire: ({ accessToken }, readings) => ({ accessToken: withPrefix(accessToken, readings) }),
})
