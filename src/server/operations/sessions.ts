import { isLoopback } from '../../shared/address.ts'
import { authSession } from '../../spec/operations/auth-session.ts'
import { createSession } from '../../spec/operations/create-session.ts'
import { getAuthCodeUrl } from '../../spec/operations/get-auth-code-url.ts'
import { logout } from '../../spec/operations/logout.ts'
import { refreshSession } from '../../spec/operations/refresh-session.ts'
import type { Readings } from '../../spec/readings.ts'
import { type User, userStatuses } from '../../world/directory/user.ts'
import { userOf } from '../../world/management/users.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { defineHandler } from '../operation-handler.ts'
import { Refusal } from '../refusal.ts'
import { checkRedirect, SIGN_IN_PATHS } from '../sign-in/redirect.ts'
import { orgIdOf, tenantIdOf } from './organisation.ts'

/** Where the front end of the service takes a code. getAuthCodeURL, example. */
const FRONT_END_PATH = '/cloudfile/index.html'

export const sessionHandlers = {
  getAuthCodeUrl: defineHandler({
    operation: getAuthCodeUrl,
    handle({ query: { domain }, sandbox, origin, redirectHosts }) {
      const { protocol, host } = new URL(origin)
      const scheme = domain === host ? protocol : isLoopback(domain.replace(/:\d+$/, '')) ? 'http:' : 'https:'
      const frontEnd = `${scheme}//${domain}${FRONT_END_PATH}`
      // A front end that the mock may not lead to gets its code from a page of the mock.
      const isAllowed = 'url' in checkRedirect(frontEnd, { ownHost: host, redirectHosts })
      const uri = new URL(SIGN_IN_PATHS.authorize, origin)
      uri.search = String(
        new URLSearchParams({
          response_type: 'code',
          client_id: sandbox.config.credentials.appId,
          scope: 'phone profile email',
          redirect_uri: isAllowed ? frontEnd : origin + SIGN_IN_PATHS.code,
        }),
      )
      return { uri: uri.href, orgIdHost: origin }
    },
  }),

  createSession: defineHandler({
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
  }),

  authSession: defineHandler({
    operation: authSession,
    handle: ({ state, caller }) => ({ data: sessionUserView(state, userOfCaller(caller)) }),
  }),

  refreshSession: defineHandler({
    operation: refreshSession,
    handle({ headers, world, sandbox, token = '', readings }) {
      const sessionId = headers['x-session-id']
      const reading = readings['refreshed-token']
      if (reading === 'same' && sandbox.peek().tokens.get(token)?.sessionId === sessionId) return { accessToken: token }
      const session = world.refreshSession(sandbox, token, sessionId, reading === 'new')
      return { accessToken: session.accessToken }
    },
    toWire: ({ accessToken }, readings) => ({ accessToken: withPrefix(accessToken, readings) }),
  }),

  logout: defineHandler({
    operation: logout,
    handle({ sandbox, token }) {
      if (token !== undefined) sandbox.execute('end-session', { token })
      return {}
    },
  }),
}

/** The user of a session as the session pages show one. */
const sessionUserView = (state: State, user: User) => ({
  role: String(user.role),
  userName: user.name,
  innerUserId: user.id,
  userId: user.userId,
  tenantId: tenantIdOf(state),
  orgId: orgIdOf(state),
  orgName: state.directory.root.name,
  userCount: state.directory.size,
  deptId: user.department.id,
})

/**
 * The user who calls.
 *
 * @throws Refusal 401 for an application token, which stands for nobody.
 */
function userOfCaller(caller: Caller): User {
  const { user } = caller
  if (user !== undefined) return user
  throw new Refusal('unauthorized', {
    rule: 'token.no-user',
    detail: 'The token stands for an application, not for a user. Sign in, and send the access token of the user.',
    evidence: 'inferred',
  })
}

/** An access token as the service hands it out. Reading token-prefix. */
function withPrefix(token: string, readings: Readings): string {
  const prefixes = { blank: 'Bearer ', plus: 'Bearer+', bare: '' }
  return prefixes[readings['token-prefix']] + token
}
