import { UNATTRIBUTED } from '../../journal/journals.ts'
import { toLanguage } from '../../spec/languages.ts'
import { defaultReadings } from '../../spec/readings.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import type { AppMiddleware } from '../app-env.ts'
import { ownerOf, sandboxOfCode } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'

/**
 * Finds the organisation of a request by its AppId or token, numbers the request and notes when it came. One that names an
 * organisation which does not exist is answered as `default` would, but is not taken for one of its requests.
 */
export function findSandbox({ world, journals, time, debugHeaders }: Deps): AppMiddleware {
  return async function findSandbox(c, next) {
    const call = c.get('call')
    const isRedeeming = call.operation?.id === 'create-session'
    const owner = (isRedeeming && (await sandboxOfCode(world, call.wire))) || ownerOf(world, call.wire)
    owner?.touch()
    const sandbox = owner ?? world.get(DEFAULT_SANDBOX)
    call.sandbox = sandbox
    call.owner = owner
    const journal = journals.ofOwner(owner)
    call.readings = sandbox?.peek().readings ?? defaultReadings
    call.language = toLanguage(headerOf(call.wire, 'language'))
    call.requestId = `${owner?.id ?? UNATTRIBUTED}-${journal.nextRequest()}`
    call.arrivedAt = sandbox?.clock.now() ?? time.now()
    call.hasDebugHeaders = debugHeaders
    return next()
  }
}
