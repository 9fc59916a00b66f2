import { headerText } from '../../shared/escape.ts'
import { protectiveHeaders } from '../../shared/headers.ts'
import { toHttpDate } from '../../world/instant.ts'
import type { AppContext, Call } from '../app-env.ts'
import { headerOf } from '../http/wire.ts'

/**
 * Answers with JSON text, and keeps the text and the headers for the journal: reading them off a Response costs more than
 * writing them. `bytes` is the text as UTF-8, where somebody has it.
 */
export function answerJson(
  c: AppContext,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
  bytes?: Uint8Array<ArrayBuffer>,
): Response {
  const call = c.get('call')
  call.sent = text
  call.headers = { 'Content-Type': 'application/json;charset=UTF-8', ...headers, ...headersBeside(call) }
  // Not `c.body`: it makes Headers of the record, which the adapter makes a record again.
  return new Response(bytes ?? text, { status, headers: call.headers })
}

/** Characters of a header. Clients of Node stop at 16 KiB of headers in all; what a client sends must not reach that. */
const LONGEST = { traceId: 1024, rule: 1024, diagnosis: 4096, faults: 1024 } as const
const protective = Object.fromEntries(protectiveHeaders)

/** The headers that every answer has: the virtual date, the trace id of the caller, and what the mock tells of itself. */
export function headersBeside(call: Call): Record<string, string> {
  const { wire, sandbox, arrivedAt, readings, requestId, rule, refusal, hint = '', faults } = call
  const date = toHttpDate(faults.length > 0 ? (sandbox?.clock.now() ?? arrivedAt) : arrivedAt)
  const headers: Record<string, string> = { Date: date, ...protective }
  const traceId = headerOf(wire, 'x-traceid')?.trim()
  if (traceId && readings['trace-id-echo'] === 'echoed') headers['X-Traceid'] = headerText(traceId, LONGEST.traceId)
  if (!call.hasDebugHeaders) return headers
  headers['X-Mock-Request-Id'] = requestId
  headers['X-Mock-Rule'] = headerText(rule, LONGEST.rule)
  const diagnosis = refusal?.options.detail ?? hint
  if (diagnosis !== '') headers['X-Mock-Diagnosis'] = headerText(diagnosis, LONGEST.diagnosis)
  if (faults.length > 0) headers['X-Mock-Fault'] = headerText(faults.join(', '), LONGEST.faults)
  return headers
}
