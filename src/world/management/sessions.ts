import { CommandError } from '../command-error.ts'
import { userStatuses } from '../directory/user.ts'
import { toIso } from '../instant.ts'
import type { Session, SessionCommands } from '../management-commands.ts'
import type { Handlers, State } from '../state.ts'
import { authCodeAt, isAlive, sessionIdOf, type Token, tokenAt } from '../tokens.ts'
import { userOf } from './users.ts'

/** Life of an authorization code. No page says it; OAuth 2.0 (RFC 6749, 4.1.2) recommends ten minutes at most. */
const CODE_LIFE_MS = 5 * 60_000

export const sessionHandlers: Handlers<keyof SessionCommands> = {
  'create-auth-code': (state, { userId }, at) => {
    const user = userOf(state, userId)
    requireEnabled(user)
    const code = authCodeAt(state.config, state.sequence)
    state.authCodes.add({ code, userId: user.id, expiresAt: at + CODE_LIFE_MS, isUsed: false })
    return code
  },

  'create-session': (state, { code }, at) => {
    const known = state.authCodes.get(code)
    const rule = 'auth-code'
    if (known === undefined) {
      throw new CommandError('The authorization code is not known here. Sign in again to get one.', {
        error: 'unauthorized',
        rule,
      })
    }
    if (known.isUsed) {
      throw new CommandError('The authorization code was used already: it opens one session. Sign in again.', {
        error: 'unauthorized',
        rule: `${rule}-used`,
      })
    }
    if (at >= known.expiresAt) {
      throw new CommandError(`The authorization code expired at ${toIso(known.expiresAt)}. Sign in again.`, {
        error: 'unauthorized',
        rule: `${rule}-expired`,
      })
    }
    const user = userOf(state, known.userId)
    requireEnabled(user)
    const session = issue(state, user.id, sessionIdOf(tokenAt(state.config, state.sequence)), at)
    known.isUsed = true
    return session
  },

  'refresh-session': (state, { token, sessionId, endsToken }, at) => {
    const known = state.tokens.get(token)
    const userId = known && userIdOf(state, known)
    if (known === undefined || userId === undefined || !isAlive(known, at)) {
      throw new CommandError('The access token belongs to no open session. Sign in again.', {
        error: 'unauthorized',
        rule: 'session-unknown',
      })
    }
    if (known.sessionId !== sessionId) {
      throw new CommandError('x-session-id is not that of the session of the access token.', {
        error: 'unauthorized',
        rule: 'session-other',
      })
    }
    requireEnabled(userOf(state, userId))
    const session = issue(state, userId, sessionId, at)
    if (endsToken) state.tokens.end(token, at)
    return session
  },

  'end-session': (state, { token }, at) => state.tokens.end(token, at),
}

/** KooDrive id of the user that a token stands for. */
function userIdOf({ directory, ownUsers }: State, { kind, userId }: Token): string | undefined {
  if (userId !== undefined || kind === 'app') return userId
  const { number } = ownUsers[kind]
  return number === undefined ? undefined : directory.userAt(number)?.id
}

function issue(state: State, userId: string, sessionId: string, at: number): Session {
  const accessToken = tokenAt(state.config, state.sequence)
  state.tokens.issue({ token: accessToken, kind: 'user', userId, sessionId, lifeMs: state.settings.tokenLifeMs }, at)
  return { accessToken, sessionId, userId }
}

function requireEnabled({ id, status }: { readonly id: string; readonly status: number }): void {
  if (status !== userStatuses.disabled) return
  throw new CommandError(`User ${id} is disabled and cannot sign in. Enable the user first.`, {
    error: 'unauthorized',
    rule: 'user-disabled',
  })
}
