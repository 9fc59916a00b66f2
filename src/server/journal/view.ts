import { toIso } from '../../world/instant.ts'
import type { JournalEntry } from './journal.ts'
import { redactBody, redactHeaders, redactTarget } from './redact.ts'

const decoder = new TextDecoder('utf-8')

/** One line of the journal as the control plane shows it. */
export function toSummary(entry: JournalEntry) {
  const { requestId, at, durationMs, operation, method, target, status, rule, diagnosis, faults } = entry
  return {
    requestId,
    at: toIso(at),
    durationMs: Math.round(durationMs * 1000) / 1000,
    operation: operation ?? null,
    method,
    target: redactTarget(target),
    status,
    rule,
    diagnosis: diagnosis ?? null,
    faults,
  }
}

/** A whole exchange as the control plane shows it: no secret in it. */
export function toDetail(entry: JournalEntry) {
  return {
    ...toSummary(entry),
    request: {
      method: entry.method,
      target: redactTarget(entry.target),
      headers: redactHeaders(entry.requestHeaders),
      body: redactBody(decoder.decode(entry.requestBody)),
    },
    response: {
      status: entry.status,
      headers: Object.entries(entry.responseHeaders),
      body: redactBody(entry.responseBody),
    },
    signature: entry.signature ?? null,
  }
}
