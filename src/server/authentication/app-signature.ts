import { parseAuthorization } from '../../signing/authorization.ts'
import type { SignableRequest } from '../../signing/request.ts'
import { verify } from '../../signing/verify.ts'
import { parseXDate } from '../../signing/x-date.ts'
import { limits } from '../../spec/limits.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Caller } from '../../world/tokens.ts'
import type { World } from '../../world/world.ts'
import { headerCount, headerOf, type Wire } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'
import { callerOfUser } from './caller.ts'

/** Refuses by a rule and a diagnosis; what knows the mistakes is loaded for the first of them. */
type Refuse = (rule: string, more?: string) => Promise<Refusal>

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
export async function authenticateSignature(world: World, sandbox: Sandbox, wire: Wire): Promise<SignedCall> {
  const { credentials } = sandbox.config
  const body = await wire.body()
  const request: SignableRequest = { method: wire.method, url: wire.target, headers: wire.headers, body }
  const refuse: Refuse = async (rule, more = '') => {
    const { searchFor } = await import('./signature-search.ts')
    const search = searchFor(sandbox, request, world)
    return new Refusal('unauthorized', {
      rule: `signature.${rule}`,
      get detail() {
        return search.latest.summary + more
      },
      search,
    })
  }

  const repeated = ['authorization', 'x-date', 'x-user-id', 'host'].find((name) => headerCount(wire, name) > 1)
  if (repeated !== undefined) throw await refuse('repeated-header', ` The header ${repeated} was sent more than once.`)
  const authorization = headerOf(wire, 'authorization')
  if (authorization === undefined) throw await refuse('absent')
  const parsed = parseAuthorization(authorization)
  if (!parsed.ok) throw await refuse('form')
  if (parsed.appId !== credentials.appId || world.ofAppId(parsed.appId) !== sandbox) throw await refuse('app-id')
  await checkDate(sandbox, wire, refuse)
  const verified = verify(request, { appSecret: credentials.appSecret })
  if (!verified.ok) throw await refuse(verified.code)

  const userId = headerOf(wire, 'x-user-id')?.trim() ?? ''
  const caller = callerOfUser(sandbox, userId)
  if (caller === undefined) {
    throw new Refusal('unauthorized', {
      rule: 'signature.user-id',
      detail: `The signature is right, but X-User-Id ${userId} is not a user of this organisation. The administrator's is ${credentials.userId}.`,
    })
  }
  return { caller, userId }
}

async function checkDate(sandbox: Sandbox, wire: Wire, refuse: Refuse): Promise<void> {
  const text = headerOf(wire, 'x-date')
  if (text === undefined) throw await refuse('date-absent')
  const date = parseXDate(text.trim())
  if (date === undefined) throw await refuse('date-form')
  const now = Math.floor(sandbox.clock.xDateNow() / 1000)
  const age = now - date / 1000
  const clock = () => ` The clock of the service shows ${toIso(now * 1000)}.`
  if (age > limits.dateMaxAgeSeconds) throw await refuse('date-expired', clock())
  if (-age > Number(sandbox.peek().readings['future-date-tolerance'])) throw await refuse('date-future', clock())
}
