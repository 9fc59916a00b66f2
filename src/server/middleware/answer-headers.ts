import { explainUnknown, unknownQueryNames } from '../../scenarios/unknown-names.ts'
import { headerText } from '../../shared/escape.ts'
import { toHttpDate } from '../../world/instant.ts'
import type { AppContext, AppMiddleware, Call } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { headerOf } from '../http/wire.ts'

/** Characters of a header. Clients of Node stop at 16 KiB of headers in all; what a client sends must not reach that. */
const LONGEST = { traceId: 1024, rule: 1024, diagnosis: 4096, faults: 1024 } as const

/** The headers that every answer has: the virtual date, the trace id of the caller, and what the mock tells of itself. */
export function answerHeaders(deps: Deps): AppMiddleware {
  return async function answerHeaders(c, next) {
    await next()
    writeAnswerHeaders(deps, c)
  }
}

export function writeAnswerHeaders({ debugHeaders }: Pick<Deps, 'debugHeaders'>, c: AppContext): void {
  const call = c.get('call')
  const { wire, sandbox, arrivedAt, readings, requestId, rule, refusal, faults, unanswered } = call
  if (unanswered !== undefined) return
  const { headers } = c.res
  headers.set('Date', toHttpDate(faults.length > 0 ? (sandbox?.clock.now() ?? arrivedAt) : arrivedAt))
  const traceId = headerOf(wire, 'x-traceid')?.trim()
  if (traceId && readings['trace-id-echo'] === 'echoed' && !headers.has('X-Traceid')) {
    headers.set('X-Traceid', headerText(traceId, LONGEST.traceId))
  }
  if (!debugHeaders) return
  headers.set('X-Mock-Request-Id', requestId)
  headers.set('X-Mock-Rule', headerText(rule, LONGEST.rule))
  const diagnosis = refusal?.options.detail ?? hintOf(call)
  if (diagnosis !== '') headers.set('X-Mock-Diagnosis', headerText(diagnosis, LONGEST.diagnosis))
  if (faults.length > 0) headers.set('X-Mock-Fault', headerText(faults.join(', '), LONGEST.faults))
}

/** What a call that succeeded should better not have: names of its query or body that no page lists. */
function hintOf({ operation, wire, hint = '' }: Call): string {
  const ofQuery = operation === undefined ? '' : explainUnknown(unknownQueryNames(operation, wire.target))
  return [ofQuery, hint].filter(Boolean).join(' ')
}
