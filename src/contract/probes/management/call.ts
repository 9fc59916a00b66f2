import { toJson } from '../../../shared/json.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { OperationId } from '../../../spec/wire-types.ts'
import type { Need } from '../../credentials.ts'
import type { Exchange } from '../../exchange.ts'
import { given, innerOf, isSuccess } from '../../judge.ts'
import type { OwnThing } from '../../ledger.ts'
import { skip } from '../../outcome.ts'
import {
  defineProbe,
  type Get,
  once,
  type PlannedRequest,
  type Probe,
  type ProbeContext,
  type Safety,
} from '../../probe.ts'
import { type Auth, type RequestSpec, requestFor, toQuery } from '../../request-spec.ts'
import { tokenAuth } from '../identity.ts'
import type { Row } from '../lists.ts'

type Values = Readonly<Record<string, string | undefined>>
/** Values that are known before the run, or follow from what the run has seen. */
type Given<T> = T | ((context: ProbeContext) => T | Promise<T>)

/** One call of a management operation. */
export interface Call {
  readonly id: string
  readonly operation: Operation
  readonly uses?: readonly Probe<unknown>[]
  /** What it also uses, and asks for before it is sent, in this order. */
  readonly after?: readonly Probe<unknown>[]
  /** Needed besides an access token, and besides writes where the call changes something. */
  readonly needs?: readonly Need[]
  readonly params?: Given<Values>
  readonly query?: Given<Values>
  /** The query as the plan shows it, when it follows from answers. */
  readonly shown?: string
  readonly body?: Given<Row>
  readonly headers?: Given<Readonly<Record<string, string>>>
  readonly auth?: (context: ProbeContext) => Promise<Auth>
  /**
   * Whether an answer shows what was changed before it. No page says how soon a change shows: until then the call, which
   * must be one that reads, is repeated for a few seconds.
   */
  readonly until?: (exchange: Exchange, context: ProbeContext) => boolean | Promise<boolean>
  /** What the call creates: it goes into the ledger first. */
  readonly creates?: (context: ProbeContext) => OwnThing
}

/** Signing out ends a token, although it is a GET; the other GETs change nothing. */
const safetyOf = ({ method, operationId }: Operation): Safety =>
  method === 'GET' && operationId !== 'logout' ? 'read' : 'write'

const resolved = async <T>(value: Given<T> | undefined, context: ProbeContext): Promise<T | undefined> =>
  typeof value === 'function' ? (value as (context: ProbeContext) => T | Promise<T>)(context) : value

/** The path of an operation with its parameters filled in. */
export const pathOf = ({ path }: Operation, params: Values = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))

/** How often a call is made that waits for a change, and how long it waits after the first: twice as long after each. */
const MOST_LOOKS = 6
const FIRST_WAIT_MS = 250

/** Sends a request until its answer shows a change, or often enough. */
export async function lookUntil(
  { send, sleep }: Pick<ProbeContext, 'send' | 'sleep'>,
  spec: RequestSpec,
  isShown: (exchange: Exchange) => boolean | Promise<boolean>,
): Promise<Exchange> {
  for (let looks = 1; ; looks += 1) {
    const exchange = await send(spec)
    if (looks === MOST_LOOKS || (await isShown(exchange))) return exchange
    await sleep(FIRST_WAIT_MS * 2 ** (looks - 1))
  }
}

/** The same request as the plan shows it. */
export const lookedUntil = (request: PlannedRequest): PlannedRequest => ({ ...request, times: [1, MOST_LOOKS] })

/** A probe of one call. Whatever changes something is written into the ledger before it is sent. */
export function call(options: Call): Probe<Exchange> {
  const { id, operation, uses = [], after: before = [], needs = [], query, shown, auth, creates, until } = options
  const safety = safetyOf(operation)
  const isOpen = operation.authentication === 'none'
  const planned = once(operation, shown ?? (typeof query === 'object' ? toQuery(query) : undefined))
  return defineProbe<Exchange>({
    id,
    operation: operation.operationId as OperationId,
    safety,
    needs: [...(isOpen ? [] : ['access-token' as const]), ...(safety === 'write' ? ['writes' as const] : []), ...needs],
    uses: [...(isOpen || auth !== undefined ? [] : [tokenAuth]), ...uses, ...before],
    requests: [until === undefined ? planned : lookedUntil(planned)],
    async run(context) {
      const proof = await (auth?.(context) ?? (isOpen ? { scheme: 'none' as const } : context.get(tokenAuth)))
      for (const probe of before) await context.get(probe)
      const sentBody = await resolved(options.body, context)
      const sentQuery = await resolved(query, context)
      const headers = await resolved(options.headers, context)
      const params = await resolved(options.params, context)
      const spec = requestFor({ ...operation, path: pathOf(operation, params) }, proof, {
        ...(sentQuery !== undefined && { query: sentQuery }),
        ...(sentBody !== undefined && { body: toJson(sentBody) }),
      })
      const own = creates?.(context)
      const { facts, record, send } = context
      const line = { run: facts.prefix, operation: operation.operationId, phones: [], note: id }
      if (safety === 'write') record({ ...line, at: facts.now(), ...(own !== undefined && { creates: own }) })
      const request = { ...spec, headers: { ...spec.headers, ...headers } }
      const exchange =
        until === undefined
          ? await send(request)
          : await lookUntil(context, request, (answer) => until(answer, context))
      const created = own?.kind === 'department' ? createdId(exchange) : undefined
      if (created !== undefined) record({ ...line, at: facts.now(), created })
      return exchange
    },
  })
}

const createdId = (exchange: Exchange): string | undefined => {
  const { id } = innerOf(exchange)
  return typeof id === 'string' ? id : undefined
}

/** The answer of a call in the words of the default readings; without a success there is nothing to judge. */
export const answerOf = (exchange: Exchange, { operationId }: Operation): Row =>
  given(exchange, operationId as OperationId)

/** The object under `data` of an answer. */
export function dataOf(exchange: Exchange, operation: Operation): Row {
  const { data } = answerOf(exchange, operation)
  return typeof data === 'object' && data !== null ? (data as Row) : skip(`${operation.operationId} gave no data`)
}

/**
 * Whether an answer shows the thing with an id. What a service answers for one that is not there no page says: a refusal
 * and a success without it are one.
 */
export function isShown(exchange: Exchange, id: string): boolean {
  if (!isSuccess(exchange)) return false
  const { json } = exchange.response
  const { data } = json as { data?: unknown }
  const objects = [json, ...(Array.isArray(data) ? data : [data])]
  return objects.some((one) => typeof one === 'object' && one !== null && Object.values(one).map(String).includes(id))
}

/** The value of a field of an answer, if it has it: at its top or under `data`. */
export function fieldOf({ response: { json } }: Exchange, name: string): string | undefined {
  const { data } = (json ?? {}) as { data?: unknown }
  const value = ((data ?? {}) as Row)[name] ?? ((json ?? {}) as Row)[name]
  return value === undefined || value === null ? undefined : String(value)
}

/** A field that a later call needs. */
export function idIn(row: Row | undefined, name: string): string {
  const value = row?.[name]
  return typeof value === 'string' && /^[1-9]\d*$/.test(value) ? value : skip(`no exact ${name} was seen`)
}

/** Asks for something after other things have happened, whether they went well or not. */
export async function after(context: ProbeContext, ...probes: readonly Probe<unknown>[]): Promise<void> {
  for (const probe of probes) await context.get(probe).catch(() => undefined)
}

/** Waits for what comes before; skips what rests on a change that the target did not make. */
export async function done(get: Get, probes: readonly Probe<unknown>[]): Promise<void> {
  for (const probe of probes) {
    const exchange = (await get(probe)) as Partial<Exchange> | undefined
    const isRefused = probe.safety === 'write' && exchange?.response !== undefined && !isSuccess(exchange as Exchange)
    if (isRefused) skip(`${probe.operation} did not succeed`)
  }
}

/** Skips what rests on a change that the target did not make. */
export function requireDone(exchange: Exchange, { operationId }: Operation): void {
  if (!isSuccess(exchange)) skip(`${operationId} did not succeed`)
}
