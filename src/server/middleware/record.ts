import type { JournalEntry } from '../../journal/journal.ts'
import type { Operation } from '../../spec/operation.ts'
import type { Readings } from '../../spec/readings.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Deps } from '../deps.ts'
import type { Exchange } from '../http/exchange.ts'
import { forgetParsed } from '../validation/json.ts'
import type { Outcome } from './decide.ts'
import { taskOf } from './task-of.ts'

/** A request that has arrived: where it belongs, and when it came. */
export interface Arrival {
  readonly sandbox: Sandbox | undefined
  readonly operation: Operation | undefined
  readonly requestId: string
  readonly readings: Readings
  /** Virtual epoch milliseconds. */
  readonly at: number
  /** Real milliseconds on the clock of `time.elapsed`. */
  readonly started: number
}

/** An outcome as it goes out, for the journal. */
export interface Sent {
  readonly outcome: Outcome
  readonly headers: Readonly<Record<string, string>>
  /** The body as sent, which a fault may have cut. */
  readonly body: string
  readonly faults: readonly string[]
  /** What became of it, when there is no refusal that says so. */
  readonly note?: string | undefined
}

/** Writes an exchange into the journal of its sandbox and tells whoever listens. */
export async function record(deps: Deps, exchange: Exchange, arrival: Arrival, sent: Sent): Promise<void> {
  const { sandbox, operation, requestId, at, started } = arrival
  const { answer, rule, refusal } = sent.outcome
  const durationMs = deps.time.elapsed() - started
  const why = deps.isReadBack() ? refusal?.options : undefined
  const diagnosis = why?.detail ?? sent.note
  const { method, target } = exchange
  const { status } = answer
  const { faults } = sent
  if (sandbox !== undefined) {
    const requestBody = await exchange.body().catch(() => new Uint8Array())
    // A trace id is the caller's own: with one, the answer is not quite the same.
    const isRepeatable = answer.isKept && faults.length === 0 && sent.headers['X-Traceid'] === undefined
    // Every field by name: spreading one object into another took a sixth of the time of a request.
    const entry: JournalEntry = {
      requestId,
      at,
      durationMs,
      operation: operation?.operationId,
      method,
      target,
      requestHeaders: exchange.headers,
      requestBody,
      status,
      responseHeaders: sent.headers,
      responseBody: sent.body,
      rule,
      error: refusal?.error,
      diagnosis,
      signature: why?.diagnosis,
      faults,
    }
    deps.journals.of(sandbox).add(entry, isRepeatable ? answer : undefined)
    forgetParsed(requestBody)
  }
  deps.onExchange?.({
    sandbox: sandbox?.id,
    requestId,
    operation: operation?.operationId,
    method,
    target,
    status,
    durationMs,
    diagnosis,
    task: taskOf(operation, target, status, sent.body),
    faults,
  })
}
