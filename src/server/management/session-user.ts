import type { Readings } from '../../spec/readings.ts'
import type { User } from '../../world/directory/user.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'
import { Refusal } from '../refusal.ts'
import { orgIdOf, tenantIdOf } from './organisation.ts'

/** The user of a session as the session pages show one. */
export const sessionUserView = (state: State, user: User) => ({
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
export function userOfCaller(caller: Caller): User {
  const { user } = caller
  if (user !== undefined) return user
  throw new Refusal('unauthorized', {
    rule: 'token.no-user',
    detail: 'The token stands for an application, not for a user. Sign in, and send the access token of the user.',
    evidence: 'inferred',
  })
}

/** An access token as the service hands it out. Reading token-prefix. */
export function withPrefix(token: string, readings: Readings): string {
  const prefixes = { blank: 'Bearer ', plus: 'Bearer+', bare: '' }
  return prefixes[readings['token-prefix']] + token
}
