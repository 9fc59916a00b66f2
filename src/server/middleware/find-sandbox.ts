import { toLanguage } from '../../spec/languages.ts'
import { defaultReadings } from '../../spec/readings.ts'
import type { AppMiddleware } from '../app-env.ts'
import { sandboxOf } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'

/** Finds the organisation of a request by its AppId or token, numbers the request and notes when it came. */
export function findSandbox({ world, journals, time }: Deps): AppMiddleware {
  return function findSandbox(c, next) {
    const { wire } = c.var
    const sandbox = sandboxOf(world, wire)
    c.set('sandbox', sandbox)
    c.set('readings', sandbox?.peek().readings ?? defaultReadings)
    c.set('language', toLanguage(headerOf(wire, 'language')))
    c.set('requestId', `${sandbox?.id ?? 'none'}-${sandbox ? journals.of(sandbox).nextRequest() : 0}`)
    c.set('arrivedAt', sandbox?.clock.now() ?? time.now())
    c.set('faults', [])
    return next()
  }
}
