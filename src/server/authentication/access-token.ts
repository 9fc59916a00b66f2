import type { Operation } from '../../spec/operation.ts'
import type { Readings } from '../../spec/readings.ts'
import { userStatuses } from '../../world/directory/user.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { type Caller, callerOf, isAlive } from '../../world/tokens.ts'
import { Refusal } from '../refusal.ts'

const FORM = /^(?:(bearer)([+ ]))?([^\s,]+)$/i

/** The token of an Authorization header, in any of its spellings; undefined when it has none of them. */
export const tokenOf = (authorization: string): string | undefined => FORM.exec(authorization.trim())?.[3]

const refuse = (rule: string, detail: string) => new Refusal('unauthorized', { rule: `token.${rule}`, detail })

/** Checks an access token and extends its life. */
export function authenticateToken(sandbox: Sandbox, operation: Operation, authorization: string): Caller {
  const state = sandbox.peek()
  const token = spelledToken(authorization, state.readings)
  const known = state.tokens.get(token)
  if (known === undefined) {
    throw refuse('unknown', 'The access token is not known here. Check it for a typing error, or issue a new one.')
  }
  const now = sandbox.clock.now()
  if (known.endedAt !== undefined) {
    throw refuse('ended', `The session of the access token was ended at ${toIso(known.endedAt)}. Sign in again.`)
  }
  if (!isAlive(known, now)) {
    const expiry = toIso(known.expiresAt ?? now)
    throw refuse(
      'expired',
      `The access token expired at ${expiry}; it is ${toIso(now)} now. Get a new token and retry.`,
    )
  }
  if (operation.operationId === 'listUserSpaces' && state.readings['space-list-token'] === 'application') {
    if (known.kind !== 'app') throw refuse('application-only', 'listUserSpaces takes an application token here.')
  }
  const caller = callerOf(known, state.directory, state.ownUsers)
  if (caller === undefined) throw refuse('user-gone', 'The user of the access token was deleted.')
  if (caller.user?.status === userStatuses.disabled && state.readings['disabled-user'] === 'refused') {
    throw refuse('user-disabled', 'The user of the access token is disabled (status 1).')
  }
  if (known.lifeMs !== undefined && state.settings.tokensSlide && known.expiresAt !== now + known.lifeMs) {
    // The same string each time: the log keeps one for every call.
    sandbox.execute('use-token', { token: known.token })
  }
  return caller
}

function spelledToken(authorization: string, readings: Readings): string {
  const [, scheme, separator, token] = FORM.exec(authorization.trim()) ?? []
  if (token === undefined) {
    throw refuse('form', 'Authorization is not Bearer+<token>, Bearer <token> or the bare token.')
  }
  const form = readings['bearer-form']
  const wanted = { any: undefined, plus: '+', blank: ' ' }[form]
  if (wanted !== undefined && (scheme === undefined || separator !== wanted)) {
    throw refuse('form', `Authorization must be spelled Bearer${wanted}<token> here.`)
  }
  return token
}
