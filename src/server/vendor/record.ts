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
  const finished = {
    requestId,
    operation: operation?.operationId,
    method: exchange.method,
    target: exchange.target,
    status: answer.status,
    durationMs: deps.time.elapsed() - started,
    diagnosis: refusal?.options.detail ?? sent.note,
    faults: sent.faults,
  }
  if (sandbox !== undefined) {
    // A trace id is the caller's own: with one, the answer is not quite the same.
    const isRepeatable = sent.faults.length === 0 && sent.headers['X-Traceid'] === undefined
    const entry = {
      ...finished,
      at,
      rule,
      error: refusal?.error,
      requestHeaders: exchange.headers,
      requestBody: await exchange.body().catch(() => new Uint8Array()),
      responseHeaders: sent.headers,
      responseBody: sent.body,
      signature: refusal?.options.diagnosis,
    }
    deps.journals.of(sandbox).add(entry, isRepeatable && answer.isKept ? answer : undefined)
    forgetParsed(entry.requestBody)
  }
  const task = taskOf(operation, exchange.target, answer.status, sent.body)
  deps.onExchange?.({ ...finished, sandbox: sandbox?.id, task })
}
