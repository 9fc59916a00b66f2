import { STATUS_CODES } from 'node:http'
import type { Fault } from '../../scenarios/scenario.ts'
import { type ErrorName, errorEntry, errorNamed, errorOfStatus } from '../../spec/errors.ts'
import type { InjectedFault } from '../../world/commands.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { type OwnError, Refusal } from '../refusal.ts'

type FaultOf<K extends Fault['kind']> = Extract<Fault, { kind: K }>

/** What cuts an exchange short: an answer of a gateway, or none because the connection is reset. */
type Interruption = Refusal | 'reset'

/** What is done to the bytes of an answer. */
export type BodyFault = FaultOf<'malformed' | 'truncate' | 'drip' | 'reset'>

/** What the faults injected into a call do to it. */
export interface FaultPlan {
  /** `fault-1;latency`: those that had an effect, for X-Mock-Fault and the journal. */
  readonly stamps: readonly string[]
  readonly delayBeforeMs: number
  readonly delayAfterMs: number
  /** Instead of handling the request. */
  readonly before: Interruption | undefined
  /** Instead of the answer, although the request was handled. */
  readonly after: Interruption | undefined
  readonly body: readonly BodyFault[]
}

/** The faults to inject into a call of an operation, as a plan; undefined when there is none. */
export function faultsFor(sandbox: Sandbox, operationId: string): FaultPlan | undefined {
  // A call that concerns no fault is no command: the log does not grow by it.
  if (!sandbox.peek().faults.concern(operationId, sandbox.clock.now())) return undefined
  const injected = sandbox.execute('meet-faults', { operationId })
  return injected.length === 0 ? undefined : planFaults(injected)
}

/** Puts faults together: delays add up, the first interruption wins, and whatever it hides has no effect. */
function planFaults(injected: readonly InjectedFault[]): FaultPlan {
  const isBefore = ({ fault }: InjectedFault) => phaseOf(fault) === 'before'
  const stampOf = ({ faultId, fault }: InjectedFault) => `${faultId};${fault.kind}`
  const delay = (faults: readonly InjectedFault[]) =>
    faults.reduce((sum, { fault, draws }) => sum + (fault.kind === 'latency' ? delayMs(fault.delay, draws) : 0), 0)
  const delays = injected.filter(({ fault }) => fault.kind === 'latency')
  const delaysBefore = delays.filter(isBefore)
  const before = injected.find((one) => isBefore(one) && isInterruption(one.fault))
  const delaysAfter = before === undefined ? delays.filter((one) => !isBefore(one)) : []
  const after = before === undefined ? injected.find((one) => !isBefore(one) && isInterruption(one.fault)) : undefined
  const cut = before ?? after
  const body = cut === undefined ? injected.filter(({ fault }) => isBodyFault(fault)) : []
  const effective = [...delaysBefore, ...delaysAfter, ...(cut === undefined ? [] : [cut]), ...body]
  return {
    stamps: injected.filter((one) => effective.includes(one)).map(stampOf),
    delayBeforeMs: delay(delaysBefore),
    delayAfterMs: delay(delaysAfter),
    before: before && interruptionOf(before),
    after: after && interruptionOf(after),
    body: body.map(({ fault }) => fault as BodyFault),
  }
}

function phaseOf(fault: Fault): 'before' | 'after' {
  if (fault.kind === 'throttle') return 'before'
  if (isBodyFault(fault)) return 'after'
  return 'strikes' in fault && fault.strikes !== undefined ? fault.strikes : 'before'
}

/** Faults of the answer's bytes; a reset in the middle of a body is one of them. */
const isBodyFault = (fault: Fault): fault is BodyFault =>
  fault.kind === 'malformed' ||
  fault.kind === 'truncate' ||
  fault.kind === 'drip' ||
  (fault.kind === 'reset' && fault.afterBytes !== undefined)

const isInterruption = (fault: Fault): boolean =>
  fault.kind === 'error' || fault.kind === 'throttle' || (fault.kind === 'reset' && !isBodyFault(fault))

function interruptionOf({ faultId, fault, retryAfterSeconds }: InjectedFault): Interruption {
  if (fault.kind === 'reset') return 'reset'
  const wait = retryAfterSeconds === undefined ? '' : ` Wait ${retryAfterSeconds} s (Retry-After), then try again.`
  const effect = phaseOf(fault) === 'after' ? 'the request was carried out' : 'the request had no effect'
  const { error, own } = fault.kind === 'error' ? errorOf(fault) : { error: 'tooManyRequests' as const }
  return new Refusal(error, {
    rule: `fault.${fault.kind}`,
    detail: `${faultId} (${fault.kind}) answers for the service; ${effect}.${wait}`,
    evidence: 'inferred',
    own,
    // A row that names a space names one that nobody has.
    values: ['0', '0'],
    ...(retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(retryAfterSeconds) } }),
  })
}

/** What an error fault answers: a row of the table, or what it makes up. */
function errorOf({ error, status = 500, code, msg }: FaultOf<'error'>): { error: ErrorName; own?: OwnError } {
  const row = error === undefined ? errorOfStatus(status) : errorNamed(error)
  if (row !== undefined && code === undefined && msg === undefined) return { error: row }
  const text = row === undefined ? (STATUS_CODES[status] ?? 'Error') : errorEntry(row).message['en-US']
  return { error: row ?? 'internalError', own: { status, code: code ?? status, msg: msg ?? text } }
}

type Delay = Extract<Fault, { kind: 'latency' }>['delay']

/** No delay is longer, whatever a log-normal draw says. */
const MAX_MS = 600_000

/** Real milliseconds that a latency holds an answer back. */
function delayMs(delay: Delay, [first, second]: InjectedFault['draws']): number {
  if ('ms' in delay) return delay.ms
  if ('minMs' in delay) return delay.minMs + first * Math.max(0, delay.maxMs - delay.minMs)
  // Box and Muller: two uniform draws make one normal one.
  const normal = Math.sqrt(-2 * Math.log(1 - first)) * Math.cos(2 * Math.PI * second)
  return Math.min(MAX_MS, delay.medianMs * Math.exp(delay.sigma * normal))
}
