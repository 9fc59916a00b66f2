import type { ErrorHandler, NotFoundHandler } from 'hono'
import { UNATTRIBUTED } from '../../journal/journals.ts'
import { errorEntry } from '../../spec/errors.ts'
import type { Evidence } from '../../spec/evidence.ts'
import { isReferenceOperation, type Operation } from '../../spec/operation.ts'
import { CommandError } from '../../world/command-error.ts'
import { SandboxGoneError } from '../../world/sandbox.ts'
import type { AppCheck, AppContext, AppEnv, AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { handlers } from '../handlers.ts'
import { ClientGoneError } from '../http/read-body.ts'
import { ConnectionLostError } from '../http/wire.ts'
import { pathOf } from '../own-routes/asked.ts'
import { nearestPath } from '../own-routes/nearest-path.ts'
import { type OwnError, Refusal, sandboxGone } from '../refusal.ts'
import { answerJson } from './answer.ts'

/** Journalled when the client hung up before the answer, as web servers do. */
const CLIENT_GONE_STATUS = 499

/** What clients wait for a store before they come again. */
const STORE_RETRY_SECONDS = 1

/** Turns whatever was thrown into an answer in the shape of the service. What nobody expected is reported. */
export function answerError(deps: Deps): ErrorHandler<AppEnv> {
  return async function answerError(error, c) {
    if (error instanceof ConnectionLostError) throw error
    if (error instanceof ClientGoneError) {
      const call = c.get('call')
      call.rule ??= 'client-gone; inferred'
      call.unanswered = { status: CLIENT_GONE_STATUS, note: error.message }
      return new Response(null, { status: CLIENT_GONE_STATUS })
    }
    const refusal = await explained(toRefusal(error, deps), c, deps)
    // An answer that there is already would leave it its headers.
    c.res = undefined
    return answerRefusal(c, refusal)
  }
}

/**
 * A refusal of a signature with what the search for the mistake found: in full while wrong signatures come singly, in
 * brief in a flood of them. Nothing is searched for when nobody would read it.
 */
async function explained(refusal: Refusal, c: AppContext, deps: Deps): Promise<Refusal> {
  const { search } = refusal.options
  if (search === undefined || !(deps.debugHeaders || deps.isReadBack())) return refusal
  const { pause } = c.get('call')
  const full = () => (pause === undefined ? search.full() : pause(() => search.full()))
  const diagnosis = deps.searches.take() ? await full() : search.latest
  if (diagnosis.signature !== 'unexplained') return refusal
  return new Refusal(refusal.error, {
    ...refusal.options,
    detail: refusal.options.detail + whereToRead(c, deps, diagnosis.isCutShort),
  })
}

/** The entry of the journal has the canonical request of the server, and searches on when it is read. */
function whereToRead({ var: { call } }: AppContext, { journals, hasControl }: Deps, isCutShort: boolean): string {
  const { owner, requestId } = call
  if (!hasControl || !journals.keepsAny) return ''
  const what = isCutShort ? 'The search goes on when you read' : "The server's canonical request is in"
  return ` ${what} GET /__admin/sandboxes/${owner?.id ?? UNATTRIBUTED}/requests/${requestId}.`
}

/** Answers as the service refuses a request, in the form of the readings. */
export function answerRefusal(c: AppContext, refusal: Refusal): Response {
  const call = c.get('call')
  const { readings, language, requestId, operation } = call
  const { error, options } = refusal
  const { code, status, message, statusReading, evidence } = errorEntry(error)
  const { values = [], headers = {}, own } = options
  if (own !== undefined) return answerOwn(c, refusal, own)
  const msg = message[language].replace(/\{(\d)\}/g, (_, index) => values[Number(index)] ?? '')
  call.refusal = refusal
  call.rule = ruleOf(operation, refusal, options.evidence ?? evidenceOf(operation, evidence))
  const body =
    error === 'unauthorized' && readings['auth-failure-body'] === 'gateway'
      ? { error_code: 'APIGW.0301', error_msg: `Incorrect authentication information: ${msg}`, request_id: requestId }
      : { code: readings['code-type'] === 'number' ? code : String(code), msg }
  const sentStatus = statusReading === undefined ? status : Number(readings[statusReading])
  return answerJson(c, sentStatus, JSON.stringify(body), headers)
}

/** Answers an error that a fault makes up. */
function answerOwn(c: AppContext, refusal: Refusal, { status, code, msg }: OwnError): Response {
  const call = c.get('call')
  call.refusal = refusal
  call.rule = ruleOf(call.operation, refusal, refusal.options.evidence ?? 'inferred')
  const asRead = call.readings['code-type'] === 'number' ? code : String(code)
  return answerJson(c, status, JSON.stringify({ code: asRead, msg }), refusal.options.headers)
}

/** Refuses bytes that are no proper request. */
export const refuseUnreadable: AppCheck = (c) => {
  const { rejection } = c.get('call').wire
  if (rejection !== undefined) throw rejection
}

/** Refuses a slash behind a path where the reading trailing-slash says so. */
export const refuseTrailingSlash: AppCheck = (c) => {
  const call = c.get('call')
  const { wire, readings } = call
  if (readings['trailing-slash'] !== 'refused' || !/^[^?]*\/(?:\?|$)/.test(wire.target)) return
  call.operation = undefined
  throw pathNotFound(c)
}

/** Refuses a path that no operation has. Hono catches what a handler throws, but not what this would throw. */
export const refusePath: NotFoundHandler<AppEnv> = (c) => answerRefusal(c, pathNotFound(c))

/** Refuses a method that a path does not take. */
export function refuseMethod(allowed: readonly string[]): AppMiddleware {
  const names = allowed.join(', ')
  return function refuseMethod(c) {
    throw new Refusal('methodNotAllowed', {
      rule: 'method-not-allowed',
      detail: `This path takes ${names}, not ${c.get('call').wire.method}.`,
      headers: { Allow: names },
    })
  }
}

function pathNotFound(c: AppContext): Refusal {
  const { wire, sandbox } = c.get('call')
  const path = pathOf(wire)
  const known = [...operationPaths, ...(sandbox?.peek().routes.all() ?? [])]
  const meant = nearestPath(wire.method, path, known)
  const hint = meant === undefined ? 'The paths are listed in GET /__admin/openapi.json.' : `Did you mean ${meant}?`
  return new Refusal('pathNotFound', {
    rule: 'path-unknown',
    detail: `No operation and no route has ${wire.method} ${path}. ${hint} ${NEXT_STEPS}`,
  })
}

/** What to do about a path that the mock does not model. */
const NEXT_STEPS =
  'A path that the mock does not have can be answered by a route (--routes FILE, PUT /__admin/sandboxes/ID/routes) or passed on (--fallback URL).'

const operationPaths = handlers.flatMap(({ operation: { method, path, aliases = [] } }) =>
  [path, ...aliases].map((one) => ({ method, path: one })),
)

/** No management page documents an error: what refuses there is inferred, however well the row is known. */
const evidenceOf = (operation: Operation | undefined, ofRow: Evidence): Evidence =>
  operation === undefined || isReferenceOperation(operation) ? ofRow : 'inferred'

function ruleOf(operation: Operation | undefined, { options }: Refusal, evidence: string): string {
  const prefix = operation === undefined ? '' : `${operation.id}.`
  return `${prefix}${options.rule}; ${evidence}`
}

/** A store that cannot be used is an outage of the service for its clients. No page has one; they are told to come again. */
export const storeUnavailable = (error: Error): Refusal =>
  new Refusal('serviceUnavailable', {
    rule: 'store-unavailable',
    detail: `${error.message} Nothing is known to be stored of this request; send it again.`,
    evidence: 'inferred',
    headers: { 'Retry-After': String(STORE_RETRY_SECONDS) },
  })

function toRefusal(error: Error, deps: Deps): Refusal {
  if (error instanceof Refusal) return error
  if (error instanceof SandboxGoneError) return sandboxGone()
  if (error.name === 'StoreError') return storeUnavailable(error)
  // No page says what a management operation refuses.
  if (error instanceof CommandError) {
    return new Refusal(error.error, { rule: error.rule, detail: error.message, evidence: 'inferred' })
  }
  deps.onError(error)
  return new Refusal('internalError', {
    rule: 'mock-error',
    detail: `The mock itself failed; its log has the cause. Please report it.`,
  })
}
