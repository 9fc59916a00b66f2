import { toLanguage } from '../../spec/languages.ts'
import { defaultReadings } from '../../spec/readings.ts'
import type { AppMiddleware } from '../app-env.ts'
import { sandboxOf, sandboxOfCode } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'

/** Finds the organisation of a request by its AppId or token, numbers the request and notes when it came. */
export function findSandbox({ world, journals, time }: Deps): AppMiddleware {
  return async function findSandbox(c, next) {
    const call = c.get('call')
    const isRedeeming = call.operation?.id === 'create-session'
    const sandbox = (isRedeeming && (await sandboxOfCode(world, call.wire))) || sandboxOf(world, call.wire)
    call.sandbox = sandbox
    call.readings = sandbox?.peek().readings ?? defaultReadings
    call.language = toLanguage(headerOf(call.wire, 'language'))
    call.requestId = `${sandbox?.id ?? 'none'}-${sandbox ? journals.of(sandbox).nextRequest() : 0}`
    call.arrivedAt = sandbox?.clock.now() ?? time.now()
    return next()
  }
}
