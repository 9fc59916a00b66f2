import type { Readings } from '../../spec/readings.ts'
import { toHttpDate } from '../../world/instant.ts'
import type { Deps } from '../deps.ts'
import { type Exchange, headerOf } from '../http/exchange.ts'
import type { Refusal } from '../refusal.ts'
import type { Answer } from './answer.ts'

/** What the headers of an answer tell besides the answer itself. */
interface Shown {
  readonly at: number
  readonly rule: string
  readonly requestId: string
  readonly refusal: Refusal | undefined
  readonly readings: Readings
  /** Faults that struck. */
  readonly faults: readonly string[]
}

/** The headers of an answer. */
export function responseHeaders(deps: Deps, exchange: Exchange, answer: Answer, shown: Shown): Record<string, string> {
  const traceId = headerOf(exchange, 'x-traceid')?.trim()
  const headers: Record<string, string> = {
    'Content-Type': 'application/json;charset=UTF-8',
    Date: toHttpDate(shown.at),
  }
  if (traceId && shown.readings['trace-id-echo'] === 'echoed') headers['X-Traceid'] = toHeaderText(traceId)
  Object.assign(headers, answer.headers)
  if (!deps.debugHeaders) return headers
  headers['X-Mock-Request-Id'] = shown.requestId
  headers['X-Mock-Rule'] = shown.rule
  if (shown.refusal !== undefined) headers['X-Mock-Diagnosis'] = toHeaderText(shown.refusal.options.detail)
  if (shown.faults.length > 0) headers['X-Mock-Fault'] = shown.faults.join(', ')
  return headers
}

/** Text that fits into a header: one line of printable ASCII. */
const toHeaderText = (text: string): string => text.replace(/\s+/g, ' ').replace(/[^ -~]/g, '?')
