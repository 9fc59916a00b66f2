import type { AppContext, AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { headerOf, type Wire } from '../http/wire.ts'

/** Whether a page of an origin that is allowed sent a call. */
export const isFromAllowedOrigin = (wire: Wire, { corsOrigins }: Pick<Deps, 'corsOrigins'>): boolean =>
  corsOrigins.length > 0 && corsOrigins.includes(headerOf(wire, 'origin') ?? '')

/** So long a browser may remember a preflight, in seconds. */
const REMEMBERED_SECONDS = 600
/** Headers of answers that pages may read besides the few that they always may. */
const READABLE = [
  ...['Date', 'Retry-After', 'X-Traceid', 'Allow'],
  ...['X-Mock-Request-Id', 'X-Mock-Rule', 'X-Mock-Diagnosis', 'X-Mock-Fault'],
].join(', ')

/**
 * Lets pages of the allowed origins call the vendor API from a browser: preflights are answered, and answers may be read.
 * A preflight is no call of the service, and stays out of the journal.
 */
export function allowOrigins(deps: Pick<Deps, 'corsOrigins'>): AppMiddleware {
  return async function allowOrigins(c, next) {
    const { wire } = c.get('call')
    const isAllowed = isFromAllowedOrigin(wire, deps)
    const asked = headerOf(wire, 'access-control-request-method')
    if (isAllowed && wire.method === 'OPTIONS' && asked !== undefined && wire.rejection === undefined) {
      return answerPreflight(c, wire, asked)
    }
    await next()
    if (c.get('call').unanswered !== undefined) return undefined
    c.res.headers.append('Vary', 'Origin')
    if (!isAllowed) return undefined
    c.res.headers.set('Access-Control-Allow-Origin', headerOf(wire, 'origin') ?? '')
    c.res.headers.set('Access-Control-Expose-Headers', READABLE)
    return undefined
  }
}

function answerPreflight(c: AppContext, wire: Wire, method: string): Response {
  const headers = headerOf(wire, 'access-control-request-headers')
  const isToPrivate = headerOf(wire, 'access-control-request-private-network') === 'true'
  return c.body(null, 204, {
    'Access-Control-Allow-Origin': headerOf(wire, 'origin') ?? '',
    'Access-Control-Allow-Methods': method,
    ...(headers !== undefined && { 'Access-Control-Allow-Headers': headers }),
    ...(isToPrivate && { 'Access-Control-Allow-Private-Network': 'true' }),
    'Access-Control-Max-Age': String(REMEMBERED_SECONDS),
    Vary: 'Origin, Access-Control-Request-Method, Access-Control-Request-Headers',
  })
}
