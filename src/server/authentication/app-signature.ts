import {
  type Diagnosis,
  diagnose,
  parseAuthorization,
  parseXDate,
  type SignableRequest,
  verify,
} from '../../signing/index.ts'
import { limits } from '../../spec/limits.ts'
import type { Credentials } from '../../world/config.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Caller } from '../../world/tokens.ts'
import type { World } from '../../world/world.ts'
import { type Exchange, headerCount, headerOf } from '../http/exchange.ts'
import { Refusal } from '../refusal.ts'
import { callerOfUser } from './caller.ts'

const OTHERS_TRIED = 32

/** What a valid app signature tells. */
export interface SignedCall {
  readonly caller: Caller
  /** X-User-Id. */
  readonly userId: string
}

/**
 * Checks an app signature in the documented order: presence, form, AppId, X-Date, signed headers, signature, X-User-Id.
 *
 * @throws Refusal with the diagnosis of what the client did.
 */
export async function authenticateSignature(world: World, sandbox: Sandbox, exchange: Exchange): Promise<SignedCall> {
  const { credentials } = sandbox.config
  const body = await exchange.body()
  const request: SignableRequest = { method: exchange.method, url: exchange.target, headers: exchange.headers, body }
  const refuse = (rule: string, more = '') => {
    const diagnosis = diagnoseFor(sandbox, request, world)
    return new Refusal('unauthorized', { rule: `signature.${rule}`, detail: diagnosis.summary + more, diagnosis })
  }

  const repeated = ['authorization', 'x-date', 'x-user-id', 'host'].find((name) => headerCount(exchange, name) > 1)
  if (repeated !== undefined) throw refuse('repeated-header', ` The header ${repeated} was sent more than once.`)
  const authorization = headerOf(exchange, 'authorization')
  if (authorization === undefined) throw refuse('absent')
  const parsed = parseAuthorization(authorization)
  if (!parsed.ok) throw refuse('form')
  if (parsed.appId !== credentials.appId || world.ofAppId(parsed.appId) !== sandbox) throw refuse('app-id')
  checkDate(sandbox, exchange, refuse)
  const verified = verify(request, { appSecret: credentials.appSecret })
  if (!verified.ok) throw refuse(verified.code)

  const userId = headerOf(exchange, 'x-user-id')?.trim() ?? ''
  const caller = callerOfUser(sandbox, userId)
  if (caller === undefined) {
    throw new Refusal('unauthorized', {
      rule: 'signature.user-id',
      detail: `The signature is right, but X-User-Id ${userId} is no user of this organisation. The administrator's is ${credentials.userId}.`,
    })
  }
  return { caller, userId }
}

/** The whole diagnosis of a request, with the secret, the clock and the readings of its sandbox. */
export function diagnoseFor(sandbox: Sandbox, request: SignableRequest, world: World): Diagnosis {
  const { appId, appSecret } = sandbox.config.credentials
  return diagnose(request, {
    appId,
    appSecret,
    now: Math.floor(sandbox.clock.now() / 1000) * 1000,
    futureToleranceMs: Number(sandbox.peek().readings['future-date-tolerance']) * 1000,
    knownSecrets: otherSecrets(sandbox, world),
  })
}

/** Credentials of other sandboxes, the oldest first, that a client may have mixed in. */
function otherSecrets(sandbox: Sandbox, world: World): Credentials[] {
  const others: Credentials[] = []
  for (const other of world.all()) {
    if (others.length === OTHERS_TRIED) break
    if (other !== sandbox) others.push(other.config.credentials)
  }
  return others
}

function checkDate(sandbox: Sandbox, exchange: Exchange, refuse: (rule: string, more?: string) => Refusal): void {
  const text = headerOf(exchange, 'x-date')
  if (text === undefined) throw refuse('date-absent')
  const date = parseXDate(text.trim())
  if (date === undefined) throw refuse('date-form')
  const now = Math.floor(sandbox.clock.now() / 1000)
  const age = now - date / 1000
  const clock = ` The clock of the service shows ${toIso(now * 1000)}.`
  if (age > limits.dateMaxAgeSeconds) throw refuse('date-expired', clock)
  if (-age > Number(sandbox.peek().readings['future-date-tolerance'])) throw refuse('date-future', clock)
}
