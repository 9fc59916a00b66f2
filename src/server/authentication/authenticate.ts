import { parseAuthorization } from '../../signing/authorization.ts'
import { once } from '../../spec/once.ts'
import type { Operation } from '../../spec/operation.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Caller } from '../../world/tokens.ts'
import { DEFAULT_SANDBOX, type World } from '../../world/world.ts'
import { headerCount, headerOf, type Wire } from '../http/wire.ts'
import { Refusal } from '../refusal.ts'
import { authenticateToken, tokenOf } from './access-token.ts'

/** Who calls, and the user id that an app signature names. */
export interface Authenticated {
  readonly caller: Caller
  readonly userId: string
}

/** The sandbox that a request belongs to by its AppId or token; the default one when it names none. */
export function sandboxOf(world: World, wire: Wire): Sandbox | undefined {
  const authorization = headerOf(wire, 'authorization') ?? ''
  const token = tokenOf(authorization)
  if (token !== undefined) return world.ofToken(token) ?? world.get(DEFAULT_SANDBOX)
  const parsed = parseAuthorization(authorization)
  return (parsed.ok ? world.ofAppId(parsed.appId) : undefined) ?? world.get(DEFAULT_SANDBOX)
}

/**
 * Finds out who calls.
 *
 * @throws Refusal when the operation does not accept what the client sent.
 */
export async function authenticate(
  world: World,
  sandbox: Sandbox,
  operation: Operation,
  wire: Wire,
): Promise<Authenticated> {
  const authorization = headerOf(wire, 'authorization')
  if (operation.authentication === 'signature' || looksSigned(authorization)) {
    const { authenticateSignature } = await loadSignature()
    return authenticateSignature(world, sandbox, wire)
  }
  if (authorization === undefined || authorization.trim() === '') {
    throw new Refusal('unauthorized', {
      rule: 'token.absent',
      detail: `There is no Authorization header. ${operation.operationId} takes Bearer <access token> or an app signature.`,
    })
  }
  if (headerCount(wire, 'authorization') > 1) {
    throw new Refusal('unauthorized', {
      rule: 'token.repeated-header',
      detail: 'The header Authorization was sent more than once; send it once.',
    })
  }
  return { caller: authenticateToken(sandbox, operation, authorization), userId: '' }
}

/** Whoever sends tokens only needs no cryptography. */
const loadSignature = once(() => import('./app-signature.ts'))

const looksSigned = (authorization: string | undefined): boolean =>
  authorization !== undefined && /hmac-sha256/i.test(authorization)
