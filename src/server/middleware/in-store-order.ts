import { parseAuthorization } from '../../signing/authorization.ts'
import { toLanguage } from '../../spec/languages.ts'
import { defaultReadings } from '../../spec/readings.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { DEFAULT_SANDBOX, type World } from '../../world/world.ts'
import type { AppContext, AppMiddleware } from '../app-env.ts'
import { tokenOf } from '../authentication/access-token.ts'
import { codeOf, ownerOf, sandboxOfCode } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'
import type { StoreOrder } from '../stored/store-order.ts'
import type { StoredSandbox } from '../stored/stored-sandbox.ts'
import { answerRefusal, storeUnavailable } from './refuse.ts'

/** Where a call belongs by what it names: an AppId, a token, a code. */
interface Named {
  /** The sandbox here that it names; undefined when none here does. */
  readonly here: () => Promise<string | undefined>
  /** What another process may know a sandbox by. */
  readonly keys: () => Promise<readonly string[]>
}

/**
 * Lets a call of the vendor API take its turn in its sandbox: all processes that share a store serve it in one order, and
 * its answer leaves when what it did is stored. The request is read before, so that a slow client holds nobody up.
 */
export function inStoreOrder(deps: Deps, order: () => Promise<StoreOrder>): AppMiddleware {
  return async function inStoreOrder(c, next) {
    const call = c.get('call')
    await call.wire.body().catch(() => undefined)
    return takeTurn(deps, await order().catch((error: unknown) => error as Error), c, namedIn(deps, c), next)
  }
}

/** Lets a sign-in take its turn in the sandbox of its `client_id`. */
export function signInStoreOrder(deps: Deps, order: () => Promise<StoreOrder>): AppMiddleware {
  return async function signInStoreOrder(c, next) {
    const clientId = c.req.query('client_id')
    const named: Named = {
      here: async () => (clientId === undefined ? DEFAULT_SANDBOX : deps.world.ofAppId(clientId)?.id),
      keys: async () => (clientId === undefined ? [] : [clientId]),
    }
    return takeTurn(deps, await order().catch((error: unknown) => error as Error), c, named, next)
  }
}

async function takeTurn(
  deps: Deps,
  order: StoreOrder | Error,
  c: AppContext,
  named: Named,
  next: () => Promise<void>,
): Promise<void> {
  try {
    if (order instanceof Error) throw order
    for (let isSearched = false; ; isSearched = true) {
      const here = await named.here()
      if (here === undefined && !isSearched && (await isElsewhere(order, await named.keys()))) continue
      const id = here ?? DEFAULT_SANDBOX
      const isServed = await order.take(id, async (turn) => {
        // Meanwhile another process may have deleted it, or have given the token to another.
        if (((await named.here()) ?? DEFAULT_SANDBOX) !== id) return false
        order.refuseWhenFull(id)
        const call = c.get('call')
        call.pause = async (wait) => {
          try {
            return await turn.pause(wait)
          } finally {
            call.sandbox = sameIn(deps.world, call.sandbox)
            call.owner = sameIn(deps.world, call.owner)
          }
        }
        await next()
        return true
      })
      if (isServed) return
    }
  } catch (error) {
    readEnough(deps, c)
    if (!(error instanceof Error) || error.name !== 'StoreError') throw error
    answerUnavailable(c, error)
  }
}

/** A sandbox as it is here now: it may have been built anew from the store meanwhile. One that was reset is another. */
function sameIn(world: World, before: Sandbox | undefined): Sandbox | undefined {
  const now = before && world.get(before.id)
  const isSame = (now as StoredSandbox | undefined)?.incarnation === (before as StoredSandbox | undefined)?.incarnation
  return isSame ? now : before
}

/** Finds the sandbox of a key in the store and brings it here. */
async function isElsewhere(order: StoreOrder, keys: readonly string[]): Promise<boolean> {
  for (const key of keys) {
    const id = await order.sandboxOfKey(key)
    if (id === undefined) continue
    await order.take(id, async () => undefined)
    return true
  }
  return false
}

function namedIn({ world }: Deps, c: AppContext): Named {
  const { wire, operation } = c.get('call')
  const isRedeeming = operation?.id === 'create-session'
  return {
    here: async () => ((isRedeeming && (await sandboxOfCode(world, wire))) || ownerOf(world, wire))?.id,
    keys: async () => {
      const code = isRedeeming ? await codeOf(wire) : undefined
      const authorization = headerOf(wire, 'authorization')?.trim() ?? ''
      const token = tokenOf(authorization)
      const parsed = parseAuthorization(authorization)
      return [code, token, parsed.ok ? parsed.appId : undefined].filter((key) => key !== undefined)
    },
  }
}

/** Learns of a call what any answer needs, where it came no further than here. */
function readEnough(deps: Deps, c: AppContext): void {
  const call = c.get('call')
  call.readings ??= defaultReadings
  call.language ??= toLanguage(headerOf(call.wire, 'language'))
  call.requestId ??= 'none-0'
  call.arrivedAt ??= deps.time.now()
  call.hasDebugHeaders = deps.debugHeaders
}

function answerUnavailable(c: AppContext, error: Error): void {
  if (c.get('call').unanswered !== undefined) return
  c.res = undefined
  c.res = answerRefusal(c, storeUnavailable(error))
}
