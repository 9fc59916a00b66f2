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
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    Date: toHttpDate(shown.at),
    ...(traceId && shown.readings['trace-id-echo'] === 'echoed' && { 'X-Traceid': toHeaderText(traceId) }),
    ...answer.headers,
    ...(deps.debugHeaders && {
      'X-Mock-Request-Id': shown.requestId,
      'X-Mock-Rule': shown.rule,
      ...(shown.refusal && { 'X-Mock-Diagnosis': toHeaderText(shown.refusal.options.detail) }),
      ...(shown.faults.length > 0 && { 'X-Mock-Fault': shown.faults.join(', ') }),
    }),
  }
}

/** Text that fits into a header: one line of printable ASCII. */
const toHeaderText = (text: string): string => text.replace(/\s+/g, ' ').replace(/[^ -~]/g, '?')
