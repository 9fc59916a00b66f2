import type { Next } from 'hono'
import type { AppContext, Call } from '../app-env.ts'
import { ClientGoneError } from '../http/read-body.ts'
import { ConnectionLostError, type Wire } from '../http/wire.ts'
import type { SystemTime } from '../system-time.ts'
import { damage, toBody, waitWith } from './damage.ts'
import type { FaultPlan } from './fault-plan.ts'

/** Journalled when there is no answer. */
const NO_STATUS = 0
const decoder = new TextDecoder()

/** Does to a call what the faults have planned, before and after it is handled. */
export async function carryOut(
  plan: FaultPlan,
  time: SystemTime,
  c: AppContext,
  next: Next,
): Promise<Response | undefined> {
  const call = c.get('call')
  const { wire } = call
  call.faults = plan.stamps
  await received(wire)
  const wait = (ms: number) => {
    if (ms === 0 || call.pause === undefined) return waitWith(time, wire, ms)
    return call.pause(() => waitWith(time, wire, ms))
  }
  if (!(await wait(plan.delayBeforeMs))) throw hungUp(call, 'had no effect')
  if (plan.before === 'reset') return resetConnection(call, 'The request had no effect.')
  if (plan.before !== undefined) throw plan.before
  await next()
  // An answer that was held back has another Date, and a damaged one another length.
  call.headers = undefined
  if (!(await wait(plan.delayAfterMs))) throw hungUp(call, 'was carried out')
  if (plan.after === 'reset') return resetConnection(call, 'The request was carried out.')
  if (plan.after !== undefined) {
    c.res = undefined
    throw plan.after
  }
  if (plan.body.length > 0) sendDamaged(c, plan.body, time)
  return undefined
}

/** A gateway has read the request before it answers, so the journal can show it whatever happens. */
async function received(wire: Wire): Promise<void> {
  try {
    await wire.body()
  } catch (error) {
    if (error instanceof ClientGoneError) throw error
  }
}

function hungUp(call: Call, effect: string): ClientGoneError {
  call.rule = 'fault.latency; inferred'
  call.refusal = undefined
  return new ClientGoneError(`The client hung up while the answer was held back. The request ${effect}.`)
}

function resetConnection(call: Call, effect: string): Response {
  call.rule = 'fault.reset; inferred'
  call.refusal = undefined
  call.unanswered = { status: NO_STATUS, note: `The connection was reset instead of an answer. ${effect}` }
  if (call.wire.breakOff('reset') !== undefined) throw new ConnectionLostError('fetch failed')
  return new Response(null)
}

function sendDamaged(c: AppContext, faults: FaultPlan['body'], time: SystemTime): void {
  const call = c.get('call')
  const damaged = damage(call.sent, faults)
  const { status, headers } = c.res
  headers.set('Content-Length', String(damaged.promised))
  call.sent = decoder.decode(damaged.sent)
  c.res = undefined
  c.res = new Response(toBody(time, call.wire, damaged), { status, headers })
}
