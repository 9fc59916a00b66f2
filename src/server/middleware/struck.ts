import { toLanguage } from '../../spec/languages.ts'
import type { Deps } from '../deps.ts'
import type { FaultPlan, Interruption } from '../faults/fault-plan.ts'
import { resetConnection, sendSpoilt, spoil } from '../faults/spoil.ts'
import { waitWith } from '../faults/wait.ts'
import { ClientGoneError, type Exchange, headerOf } from '../http/exchange.ts'
import type { Reply } from '../http/reply.ts'
import { Refusal } from '../refusal.ts'
import { type Answer, refusalAnswer } from './answer.ts'
import { decide, type Outcome, ruleOf } from './decide.ts'
import { type Arrival, record } from './record.ts'
import { responseHeaders } from './response-headers.ts'
import type { Target } from './target.ts'

/** Journalled when the client hung up before the answer, as web servers do. */
const CLIENT_GONE_STATUS = 499
/** Journalled when there is no answer. */
const NO_STATUS = 0

const nothing = (status: number): Answer => ({ status, body: '', headers: {} })
const decoder = new TextDecoder()

/** Serves a request that faults strike. */
export async function serveStruck(
  deps: Deps,
  exchange: Exchange,
  target: Target,
  arrival: Arrival,
  plan: FaultPlan,
): Promise<Reply | undefined> {
  const { sandbox, readings, requestId } = arrival
  const faults = plan.stamps
  await received(exchange)
  const interrupt = (cut: Interruption) => interrupted(cut, arrival, exchange)
  if (!(await waitWith(deps.time, exchange, plan.delayBeforeMs))) return hungUp(deps, exchange, arrival, plan, false)
  const outcome = plan.before
    ? interrupt(plan.before)
    : await decide(deps, sandbox, exchange, target, readings, requestId)
  const shown = plan.after === undefined ? outcome : interrupt(plan.after)
  if (!(await waitWith(deps.time, exchange, plan.delayAfterMs))) {
    return hungUp(deps, exchange, arrival, plan, plan.before === undefined)
  }
  const { answer, rule, refusal } = shown
  if (answer.status === NO_STATUS) {
    const note = plan.before ? 'The request had no effect.' : 'The request was carried out.'
    await record(deps, exchange, arrival, {
      outcome: shown,
      headers: {},
      body: '',
      faults,
      note: `The connection was reset instead of an answer. ${note}`,
    })
    return resetConnection(exchange)
  }
  const at = sandbox?.clock.now() ?? arrival.at
  const headers = responseHeaders(deps, exchange, answer, { at, rule, requestId, refusal, readings, faults })
  const spoilt = spoil(answer.body, plan.body)
  await record(deps, exchange, arrival, { outcome: shown, headers, body: decoder.decode(spoilt.sent), faults })
  return sendSpoilt(deps.time, exchange, answer.status, headers, spoilt)
}

/** A gateway has read the request before it answers, so the journal can show it whatever happens. */
async function received(exchange: Exchange): Promise<void> {
  try {
    await exchange.body()
  } catch (error) {
    if (error instanceof ClientGoneError) throw error
  }
}

function interrupted(cut: Interruption, arrival: Arrival, exchange: Exchange): Outcome {
  if (!(cut instanceof Refusal))
    return { answer: nothing(NO_STATUS), rule: 'fault.reset; inferred', refusal: undefined }
  const language = toLanguage(headerOf(exchange, 'language'))
  return {
    answer: refusalAnswer(cut, arrival.readings, language, arrival.requestId),
    rule: ruleOf(arrival.operation, cut),
    refusal: cut,
  }
}

async function hungUp(
  deps: Deps,
  exchange: Exchange,
  arrival: Arrival,
  { stamps }: FaultPlan,
  wasHandled: boolean,
): Promise<never> {
  await record(deps, exchange, arrival, {
    outcome: { answer: nothing(CLIENT_GONE_STATUS), rule: 'fault.latency; inferred', refusal: undefined },
    headers: {},
    body: '',
    faults: stamps,
    note: `The client hung up while the answer was held back. The request ${wasHandled ? 'was carried out' : 'had no effect'}.`,
  })
  throw new ClientGoneError()
}
