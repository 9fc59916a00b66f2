import { toLanguage } from '../../spec/languages.ts'
import { defaultReadings } from '../../spec/readings.ts'
import type { AppMiddleware } from '../app-env.ts'
import { sandboxOf } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'

/** Finds the organisation of a request by its AppId or token, numbers the request and notes when it came. */
export function findSandbox({ world, journals, time }: Deps): AppMiddleware {
  return function findSandbox(c, next) {
    const call = c.get('call')
    const sandbox = sandboxOf(world, call.wire)
    call.sandbox = sandbox
    call.readings = sandbox?.peek().readings ?? defaultReadings
    call.language = toLanguage(headerOf(call.wire, 'language'))
    call.requestId = `${sandbox?.id ?? 'none'}-${sandbox ? journals.of(sandbox).nextRequest() : 0}`
    call.arrivedAt = sandbox?.clock.now() ?? time.now()
    return next()
  }
}
