import { parseAuthorization } from '../../signing/authorization.ts'
import { once } from '../../spec/once.ts'
import type { Operation } from '../../spec/operation.ts'
import { roles } from '../../world/directory/user.ts'
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
  /** The access token; undefined when the call came without one. */
  readonly token?: string | undefined
}

/** Words of a malformed Authorization header in which an AppId is looked for. */
const WORDS_READ = 32

/**
 * The sandbox that a request belongs to by its AppId or token; the default one when it names none. Undefined when what
 * it names belongs to no sandbox.
 */
export function ownerOf(world: World, wire: Wire): Sandbox | undefined {
  const authorization = headerOf(wire, 'authorization')?.trim() ?? ''
  if (authorization === '') return world.get(DEFAULT_SANDBOX)
  const token = tokenOf(authorization)
  if (token !== undefined) return world.ofToken(token)
  const parsed = parseAuthorization(authorization)
  const exact = parsed.ok ? world.ofAppId(parsed.appId) : undefined
  if (exact !== undefined) return exact
  // A header of a wrong form, such as that of the stock SDK, may still carry the AppId, in quotes or capital letters too.
  for (const word of authorization.split(/[\s,;="']+/, WORDS_READ)) {
    const owner = world.ofAppId(word) ?? world.ofAppId(word.toLowerCase())
    if (owner !== undefined) return owner
  }
  return undefined
}

/** The authorization code in a body, if there is one: nothing else of createSession tells whose it is. */
export async function codeOf(wire: Wire): Promise<string | undefined> {
  const body = await wire.body().catch(() => undefined)
  return body && /"code"\s*:\s*"([\w-]{1,512})"/.exec(new TextDecoder().decode(body.subarray(0, 4096)))?.[1]
}

/** The sandbox that issued the authorization code of a body, if one did. */
export async function sandboxOfCode(world: World, wire: Wire): Promise<Sandbox | undefined> {
  const code = await codeOf(wire)
  return code === undefined ? undefined : world.ofAuthCode(code)
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
  const isAbsent = authorization === undefined || authorization.trim() === ''
  const { authentication } = operation
  if (authentication === 'none' || (authentication === 'optional-session' && isAbsent)) {
    return { caller: nobody(sandbox), userId: '' }
  }
  if (authentication === 'signature' || looksSigned(authorization)) {
    if (authentication !== 'signature' && authentication !== 'token') throw signatureNotTaken(operation)
    const { authenticateSignature } = await loadSignature()
    return authenticateSignature(world, sandbox, wire)
  }
  if (isAbsent) {
    throw new Refusal('unauthorized', {
      rule: 'token.absent',
      detail: `There is no Authorization header. ${operation.operationId} takes Bearer <access token>${authentication === 'token' ? ' or an app signature' : ''}.`,
    })
  }
  if (headerCount(wire, 'authorization') > 1) {
    throw new Refusal('unauthorized', {
      rule: 'token.repeated-header',
      detail: 'The header Authorization was sent more than once; send it once.',
    })
  }
  return { caller: authenticateToken(sandbox, operation, authorization), userId: '', token: tokenOf(authorization) }
}

/** Whoever has not signed in. */
const nobody = (sandbox: Sandbox): Caller => ({
  kind: 'user',
  role: roles.commonUser,
  department: sandbox.peek().directory.root,
})

/** Session management does not support app authentication. Authentication, koodrive_05_0010. */
const signatureNotTaken = ({ operationId }: Operation): Refusal =>
  new Refusal('unauthorized', {
    rule: 'token.signature-not-taken',
    detail: `${operationId} takes the access token of a user; session management does not support app signatures.`,
    evidence: 'documented',
  })

/** Whoever sends tokens only needs no cryptography. */
const loadSignature = once(() => import('./app-signature.ts'))

const looksSigned = (authorization: string | undefined): boolean =>
  authorization !== undefined && /hmac-sha256/i.test(authorization)
