import { codeText, toCanonical } from '../client/dialect.ts'
import { isRecord } from '../shared/json.ts'
import { errorEntry } from '../spec/errors.ts'
import { getTaskResult } from '../spec/operations/get-task-result.ts'
import type { OperationId } from '../spec/wire-types.ts'
import type { CheckContext } from './check.ts'
import type { Exchange } from './exchange.ts'
import { fail, skip } from './outcome.ts'

const SHOWN = 120

/** An answer in a few words. */
export function describe({ response: { status, text, json } }: Exchange): string {
  if (isRecord(json)) {
    const code = codeText(json)
    if (code !== undefined) return `HTTP ${status} with code ${code}`
    if (json['error_code'] !== undefined) return `HTTP ${status} with error_code ${String(json['error_code'])}`
  }
  const start = text.replace(/\s+/g, ' ').slice(0, SHOWN)
  return `HTTP ${status} with ${start === '' ? 'no body' : `the body ${start}${text.length > SHOWN ? '…' : ''}`}`
}

/** The body of an answer as it came; empty when it is not a JSON object. */
export const bodyOf = ({ response: { json } }: Exchange): Readonly<Record<string, unknown>> =>
  isRecord(json) ? json : {}

/** The object under `data` of an answer as it came; empty when there is none. */
export function innerOf(exchange: Exchange): Readonly<Record<string, unknown>> {
  const { data } = bodyOf(exchange)
  return isRecord(data) ? data : {}
}

/** The code of an answer as a string; undefined when there is none. */
export const codeOf = (exchange: Exchange): string | undefined => codeText(bodyOf(exchange))

/** Whether an answer is a success in the sense of the documents. */
export const isSuccess = (exchange: Exchange): boolean =>
  exchange.response.status === 200 && (codeOf(exchange) === '0' || isByTheTable(exchange))

/** The answer table of getTaskResult lists data alone; only its example has code and msg. */
const isByTheTable = ({ spec: { path }, response: { json } }: Exchange): boolean =>
  path === getTaskResult.path && isRecord(json) && json['code'] === undefined && isRecord(json['data'])

/** The body of a success in the words of the default readings. */
const canonical = (exchange: Exchange, operation: OperationId): Record<string, unknown> | undefined =>
  isSuccess(exchange) ? toCanonical(operation, bodyOf(exchange)) : undefined

/** The body of an answer that must be a success. */
export const success = (exchange: Exchange, operation: OperationId): Record<string, unknown> =>
  canonical(exchange, operation) ?? fail('success: HTTP 200 with code 0', describe(exchange), exchange)

/** The body of an answer that a check rests on but is not about: without a success there is nothing to judge. */
export const given = (exchange: Exchange, operation: OperationId): Record<string, unknown> =>
  canonical(exchange, operation) ??
  skip(`${operation} did not answer a plain request with success but with ${describe(exchange)}`)

const parameterCode = String(errorEntry('verifyParametersFailed').code)
const notFoundCode = String(errorEntry('resourceNotFound').code)

/** Whether an answer refuses what was asked, whatever the code: no page says which refusal carries which. */
export const isRefusal = (exchange: Exchange): boolean => {
  const { status } = exchange.response
  // Status codes (appendix) has 500 for what a service cannot understand.
  const isEmptyHanded = status >= 400
  return !isSuccess(exchange) && (isEmptyHanded || (status === 200 && codeOf(exchange) !== undefined))
}

/** What came where a refusal was due. */
const tooGood = (exchange: Exchange): string =>
  isSuccess(exchange) ? 'success, as if nothing were wrong' : describe(exchange)

/** A request that the documents do not allow must be refused. */
export function refusedParameter(exchange: Exchange, what: string): void {
  if (!isRefusal(exchange)) fail(`${what} to be refused`, tooGood(exchange), exchange)
}

/** The same with the code of the error table for it. Reading parameter-error-status. */
export function refusedAsParameter(exchange: Exchange, what: string): void {
  const { status } = exchange.response
  if ((status === 400 || status === 200) && codeOf(exchange) === parameterCode) return
  fail(`${what} to be refused: HTTP 400 (or 200) with code ${parameterCode}`, tooGood(exchange), exchange)
}

export const isParameterRefusal = (exchange: Exchange): boolean => codeOf(exchange) === parameterCode

export const isNotFound = (exchange: Exchange): boolean => codeOf(exchange) === notFoundCode

/** Whether an answer has the gateway's error body. Reading auth-failure-body. */
export const isGatewayError = ({ response: { json } }: Exchange): boolean =>
  isRecord(json) && typeof json['error_code'] === 'string' && typeof json['error_msg'] === 'string'

const AUTH_STATUSES = [401, 400, 403]
const permissionCode = String(errorEntry('noSpacePermission').code)
/** Codes of refusals that are not about who calls. */
const otherCodes = [parameterCode, notFoundCode, permissionCode, '0']

/**
 * Whether an answer says that the proof of identity is not accepted. 401 and 403 say it by themselves, with whatever
 * body; 400 is told apart by what else 400 means.
 */
export function isAuthRefusal(exchange: Exchange): boolean {
  const code = codeOf(exchange)
  const { status } = exchange.response
  if (!AUTH_STATUSES.includes(status)) return false
  if (code !== undefined) return !otherCodes.includes(code)
  return status !== 400 || isGatewayError(exchange)
}

/** Whether an answer calls the proof of identity wrong in its body, whatever its status. */
export const isUnauthorized = (exchange: Exchange): boolean =>
  isGatewayError(exchange) || codeOf(exchange) === String(errorEntry('unauthorized').code)

/** Whether the service has looked at what was asked, so that the proof of identity was accepted. */
export const isLetIn = (exchange: Exchange): boolean =>
  exchange.response.status < 500 && codeOf(exchange) !== undefined && !isAuthRefusal(exchange)

/** Whether a refusal is about what the caller may do, not about who it is. */
export const isPermissionRefusal = (exchange: Exchange): boolean => codeOf(exchange) === permissionCode

/** Whether two answers say the same by status and code. */
export const isLike = (one: Exchange, other: Exchange): boolean =>
  one.response.status === other.response.status && codeOf(one) === codeOf(other)

/**
 * A call that does not prove who it is must be refused. Readings auth-failure-status and auth-failure-body.
 *
 * @param right what the same request is answered that proves it: whoever gets that was let in.
 */
export function refusedAuth(exchange: Exchange, what: string, right?: Exchange): void {
  if (isAuthRefusal(exchange) || (isPermissionRefusal(exchange) && !isSuccess(exchange))) return
  const isAboutTheRest = right === undefined ? isNotFound(exchange) : isLike(exchange, right)
  if (isRefusal(exchange) && !isAboutTheRest) return
  fail(
    `${what} to be refused: HTTP 401 (or 400, 403) with an authentication error`,
    isSuccess(exchange) ? 'success, as if the proof of identity were right' : describe(exchange),
    exchange,
  )
}

/** The same, and which answers to the readings about it the target takes. */
export function learnAuthRefusal(
  exchange: Exchange,
  what: string,
  { learn, notice }: Pick<CheckContext, 'learn' | 'notice'>,
  right?: Exchange,
): void {
  refusedAuth(exchange, what, right)
  if (!isAuthRefusal(exchange)) {
    if (!isPermissionRefusal(exchange)) notice(`${what} is refused, but not as unauthorized: ${describe(exchange)}`)
    return
  }
  learn('auth-failure-status', String(exchange.response.status))
  if (isGatewayError(exchange)) learn('auth-failure-body', 'gateway')
  else if (codeOf(exchange) !== undefined) learn('auth-failure-body', 'code-msg')
}

/** A list of records in a body; anything else in it is dropped, the checks of types report that. */
export const recordsIn = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isRecord) : []
