import { errorEntry } from '../../spec/errors.ts'
import { requestHeaders } from '../../spec/headers.ts'
import { type Language, toLanguage } from '../../spec/languages.ts'
import { limits } from '../../spec/limits.ts'
import type { Operation } from '../../spec/operation.ts'
import type { Readings } from '../../spec/readings.ts'
import { type Sandbox, SandboxGoneError } from '../../world/sandbox.ts'
import { authenticate } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { ClientGoneError, type Exchange, headerOf } from '../http/exchange.ts'
import type { Route, RouteContext } from '../operations/route.ts'
import { Refusal } from '../refusal.ts'
import { readBody } from '../validation/body.ts'
import { readQuery } from '../validation/query.ts'
import { type Answer, refusalAnswer, successAnswer } from './answer.ts'
import type { Target } from './target.ts'

/** Characters from which on a body is worth keeping as bytes. */
const LONG_BODY = 2000

/** What happened to one request, for its answer and its journal entry. */
export interface Outcome {
  readonly answer: Answer
  readonly rule: string
  readonly refusal: Refusal | undefined
}

/**
 * Authenticates, validates and carries out a request, or refuses it in the shape of the service. `target` is a refusal
 * for a path or method that no operation has.
 */
export async function decide(
  deps: Deps,
  sandbox: Sandbox | undefined,
  exchange: Exchange,
  target: Target,
  readings: Readings,
  requestId: string,
): Promise<Outcome> {
  const outcome = await reach(deps, sandbox, exchange, target, readings, requestId)
  if (deps.mutation?.answer === undefined) return outcome
  const operation = target instanceof Refusal ? undefined : target.operation
  const { answer, refusal } = outcome
  return { ...outcome, answer: deps.mutation.answer(answer, { exchange, operation, refusal }) }
}

async function reach(
  deps: Deps,
  sandbox: Sandbox | undefined,
  exchange: Exchange,
  target: Target,
  readings: Readings,
  requestId: string,
): Promise<Outcome> {
  const language = toLanguage(headerOf(exchange, 'language'))
  const operation = target instanceof Refusal ? undefined : target.operation
  try {
    if (target instanceof Refusal) throw target
    if (sandbox === undefined) throw noSandbox()
    if (sandbox.isRetired) throw sandboxGone()
    return {
      answer: await carryOut(deps, sandbox, exchange, target, readings, language),
      rule: `${target.operation.id}; ${target.operation.page.evidence}`,
      refusal: undefined,
    }
  } catch (error) {
    if (error instanceof ClientGoneError) throw error
    const refusal =
      error instanceof Refusal ? error : error instanceof SandboxGoneError ? sandboxGone() : unexpected(error)
    return {
      answer: refusalAnswer(refusal, readings, language, requestId),
      rule: ruleOf(operation, refusal),
      refusal,
    }
  }
}

async function carryOut(
  { world, mutation, answers }: Deps,
  sandbox: Sandbox,
  exchange: Exchange,
  { operation, handle, speak, holds }: Route,
  readings: Readings,
  language: Language,
): Promise<Answer> {
  const { caller, userId } = await (mutation?.authenticate ?? authenticate)(world, sandbox, operation, exchange)
  checkTraceId(exchange, readings)
  const kept = holds && mutation === undefined ? answers.of(sandbox) : undefined
  const key = kept ? `${language} ${caller.kind} ${caller.role} ${caller.department.id} ${exchange.target}` : ''
  if (kept !== undefined) sandbox.read()
  const known = kept?.get(key, readings)
  if (known !== undefined) return known
  const query = operation.query && readQuery(operation.query, exchange.target)
  const body = operation.body && (await readBody(operation.body, exchange, readings))
  if (sandbox.isRetired) throw sandboxGone()
  const context = {
    ...{ query, body, caller, userId, sandbox, readings },
    get state() {
      return sandbox.read()
    },
  } as RouteContext<Operation>
  const answer = successAnswer(operation, speak(handle(context), readings), readings, language)
  const test = holds?.(context)
  if (test === undefined || kept === undefined) return answer
  const isLong = answer.body.length > LONG_BODY
  const lasting = { ...answer, isKept: true, ...(isLong && { bytes: Buffer.from(answer.body) }) }
  kept.set(key, { answer: lasting, readings, holds: test })
  return lasting
}

function checkTraceId(exchange: Exchange, readings: Readings): void {
  const traceId = headerOf(exchange, 'x-traceid')?.trim()
  if (traceId === undefined || readings['trace-id-length'] === 'not-enforced') return
  if (requestHeaders()['X-Traceid'].safeParse(traceId).success) return
  throw new Refusal('verifyParametersFailed', {
    rule: 'header.X-Traceid',
    detail: `X-Traceid has ${traceId.length} characters; it takes exactly ${limits.traceIdLength} visible ASCII characters, or leave it out.`,
  })
}

export function ruleOf(operation: Operation | undefined, { error, options }: Refusal): string {
  const { evidence } = errorEntry(error)
  const prefix = operation === undefined ? '' : `${operation.id}.`
  return `${prefix}${options.rule}; ${options.evidence ?? evidence}`
}

const noSandbox = () =>
  new Refusal('unauthorized', {
    rule: 'sandbox-unknown',
    detail: 'The AppId or token belongs to no sandbox of this server.',
  })

/** Its organisation went while the request was on its way. */
const sandboxGone = () =>
  new Refusal('unauthorized', {
    rule: 'sandbox-gone',
    detail: 'The sandbox of this AppId or token was deleted or started anew while the request was under way.',
  })

/** A fault of the mock itself: the client learns that it is not to blame, the terminal gets the cause. */
function unexpected(error: unknown): Refusal {
  const cause = error instanceof Error ? error.message : String(error)
  return new Refusal('internalError', {
    rule: 'mock-error',
    detail: `The mock itself failed: ${cause}. Please report it.`,
  })
}
