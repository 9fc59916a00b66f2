import { defaultReadings } from '../../spec/readings.ts'
import { sandboxOf } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { meetFaults } from '../faults/fault-plan.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Reply } from '../http/reply.ts'
import { Refusal } from '../refusal.ts'
import { decide } from './decide.ts'
import { type Arrival, record } from './record.ts'
import { responseHeaders } from './response-headers.ts'
import { serveStruck } from './struck.ts'
import type { Target } from './target.ts'

/**
 * Serves one request of the vendor API: finds the sandbox, lets the faults strike as a gateway in front would, has the
 * request decided, answers, and writes the journal. Undefined when a fault has left nothing to send.
 */
export async function serveVendor(deps: Deps, exchange: Exchange, target: Target): Promise<Reply | undefined> {
  const arrival = arrive(deps, exchange, target)
  const { sandbox, operation, at, requestId, readings } = arrival
  const plan = sandbox && meetFaults(sandbox, operation?.operationId ?? '')
  if (plan !== undefined) return serveStruck(deps, exchange, target, arrival, plan)
  const outcome = await decide(deps, sandbox, exchange, target, readings, requestId)
  const { answer, rule, refusal } = outcome
  const headers = responseHeaders(deps, exchange, answer, { at, rule, requestId, refusal, readings, faults: [] })
  await record(deps, exchange, arrival, { outcome, headers, body: answer.body, faults: [] })
  return { status: answer.status, headers, body: answer.bytes ?? answer.body }
}

function arrive({ world, journals, time }: Deps, exchange: Exchange, target: Target): Arrival {
  const started = time.elapsed()
  const sandbox = sandboxOf(world, exchange)
  return {
    sandbox,
    operation: target instanceof Refusal ? undefined : target.operation,
    requestId: `${sandbox?.id ?? 'none'}-${sandbox ? journals.of(sandbox).nextRequest() : 0}`,
    readings: sandbox?.peek().readings ?? defaultReadings,
    at: sandbox?.clock.now() ?? time.now(),
    started,
  }
}
