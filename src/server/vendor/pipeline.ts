import { errorEntry } from '../../spec/errors.ts'
import { toLanguage } from '../../spec/languages.ts'
import { limits } from '../../spec/limits.ts'
import type { Operation } from '../../spec/operation.ts'
import { defaultReadings, type Readings } from '../../spec/readings.ts'
import { toHttpDate } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { authenticate, sandboxOf } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { ClientGoneError, type Exchange, headerOf } from '../http/exchange.ts'
import { Refusal } from '../refusal.ts'
import type { Route } from '../routes/route.ts'
import { readBody } from '../validation/body.ts'
import { readQuery } from '../validation/query.ts'
import { type Answer, refusalAnswer, successAnswer } from './answer.ts'

/** What happened to one request, for its answer and its journal entry. */
interface Outcome {
  readonly answer: Answer
  readonly rule: string
  readonly refusal: Refusal | undefined
}

/**
 * Serves one request of the vendor API: finds the sandbox, authenticates, validates, carries out, answers, and writes
 * the journal. `route` is undefined for a path or method that no operation has; `refusal` says which.
 */
export async function serveVendor(deps: Deps, exchange: Exchange, target: Route | Refusal): Promise<Response> {
  const { world, journals, time } = deps
  const started = time.elapsed()
  const sandbox = sandboxOf(world, exchange)
  const operation = target instanceof Refusal ? undefined : target.operation
  const at = sandbox?.clock.now() ?? time.now()
  const journal = sandbox && journals.of(sandbox)
  const requestId = `${sandbox?.id ?? 'none'}-${journal?.nextRequest() ?? 0}`
  const readings = sandbox?.read().readings ?? defaultReadings
  const { answer, rule, refusal } = await decide(deps, sandbox, exchange, target, readings, requestId)
  const headers = responseHeaders(deps, exchange, answer, { at, rule, requestId, refusal, readings })
  const finished = {
    requestId,
    operation: operation?.operationId,
    method: exchange.method,
    target: exchange.target,
    status: answer.status,
    durationMs: time.elapsed() - started,
    diagnosis: refusal?.options.detail,
    faults: [],
  }
  journal?.add({
    ...finished,
    at,
    rule,
    error: refusal?.error,
    requestHeaders: exchange.headers,
    requestBody: await exchange.body().catch(() => new Uint8Array()),
    responseHeaders: headers,
    responseBody: answer.body,
    signature: refusal?.options.diagnosis,
  })
  deps.onExchange?.({ ...finished, sandbox: sandbox?.id })
  return new Response(answer.body, { status: answer.status, headers })
}

async function decide(
  deps: Deps,
  sandbox: Sandbox | undefined,
  exchange: Exchange,
  target: Route | Refusal,
  readings: Readings,
  requestId: string,
): Promise<Outcome> {
  const language = toLanguage(headerOf(exchange, 'language'))
  const operation = target instanceof Refusal ? undefined : target.operation
  try {
    if (target instanceof Refusal) throw target
    if (sandbox === undefined) throw noSandbox()
    const data = await carryOut(deps, sandbox, exchange, target, readings)
    return {
      answer: successAnswer(target.operation, data, readings, language),
      rule: `${target.operation.id}; ${target.operation.page.evidence}`,
      refusal: undefined,
    }
  } catch (error) {
    if (error instanceof ClientGoneError) throw error
    const refusal = error instanceof Refusal ? error : unexpected(error)
    return {
      answer: refusalAnswer(refusal, readings, language, requestId),
      rule: ruleOf(operation, refusal),
      refusal,
    }
  }
}

async function carryOut(
  { world }: Deps,
  sandbox: Sandbox,
  exchange: Exchange,
  { operation, handle, speak }: Route,
  readings: Readings,
): Promise<Record<string, unknown>> {
  const { caller, userId } = await authenticate(world, sandbox, operation, exchange)
  checkTraceId(exchange, readings)
  const query = operation.query && readQuery(operation.query, exchange.target)
  const body = operation.body && (await readBody(operation.body, exchange, readings))
  const state = sandbox.read()
  return speak(
    handle({ query, body, caller, userId, sandbox, state, readings } as Parameters<typeof handle>[0]),
    readings,
  )
}

function checkTraceId(exchange: Exchange, readings: Readings): void {
  const traceId = headerOf(exchange, 'x-traceid')
  if (traceId === undefined || readings['trace-id-length'] === 'not-enforced') return
  if (traceId.trim().length === limits.traceIdLength) return
  throw new Refusal('verifyParametersFailed', {
    rule: 'header.X-Traceid',
    detail: `X-Traceid has ${traceId.trim().length} characters; it takes exactly ${limits.traceIdLength}, or leave it out.`,
  })
}

interface Shown {
  readonly at: number
  readonly rule: string
  readonly requestId: string
  readonly refusal: Refusal | undefined
  readonly readings: Readings
}

function responseHeaders(deps: Deps, exchange: Exchange, answer: Answer, shown: Shown): Record<string, string> {
  const traceId = headerOf(exchange, 'x-traceid')?.trim()
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    Date: toHttpDate(shown.at),
    ...answer.headers,
    ...(traceId && shown.readings['trace-id-echo'] === 'echoed' && { 'X-Traceid': toHeaderText(traceId) }),
    ...(deps.debugHeaders && {
      'X-Mock-Request-Id': shown.requestId,
      'X-Mock-Rule': shown.rule,
      ...(shown.refusal && { 'X-Mock-Diagnosis': toHeaderText(shown.refusal.options.detail) }),
    }),
  }
}

/** Text that fits into a header: one line of printable ASCII. */
const toHeaderText = (text: string): string => text.replace(/\s+/g, ' ').replace(/[^ -~]/g, '?')

function ruleOf(operation: Operation | undefined, { error, options }: Refusal): string {
  const { evidence } = errorEntry(error)
  const prefix = operation === undefined ? '' : `${operation.id}.`
  return `${prefix}${options.rule}; ${options.evidence ?? evidence}`
}

const noSandbox = () =>
  new Refusal('unauthorized', {
    rule: 'sandbox-unknown',
    detail: 'The AppId or token belongs to no sandbox of this server.',
  })

/** A fault of the mock itself: the client learns that it is not to blame, the terminal gets the cause. */
function unexpected(error: unknown): Refusal {
  const cause = error instanceof Error ? error.message : String(error)
  return new Refusal('internalError', {
    rule: 'mock-error',
    detail: `The mock itself failed: ${cause}. Please report it.`,
  })
}
