import type { Provenance } from '../../../spec/evidence.ts'
import type { Operation } from '../../../spec/operation.ts'
import type { ReadingId } from '../../../spec/readings.ts'
import type { OperationId } from '../../../spec/wire-types.ts'
import { type Check, type CheckContext, defineCheck } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { describe, isAuthRefusal, isNotFound, isPermissionRefusal, isRefusal, isSuccess, success } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Probe } from '../../probe.ts'
import type { Row } from '../../probes/lists.ts'
import { isShown } from '../../probes/management/call.ts'
import { unknownPath } from '../../probes/service.ts'
import { isGiven } from '../../probes/tasks.ts'

/** A check of a management operation as a row of a table. */
export interface Rule {
  readonly operation: Operation
  /** `moves` of `update-user.moves`. */
  readonly name: string
  readonly title: string
  readonly from: Provenance
  readonly why: string
  readonly readings?: readonly ReadingId[]
  readonly uses: readonly Probe<unknown>[]
  readonly run: (context: CheckContext) => Promise<void>
}

export const defineRules = (rules: readonly Rule[]): readonly Check[] =>
  rules.map(({ operation, name, ...rest }) =>
    defineCheck({
      ...rest,
      uses: [...rest.uses, unknownPath],
      id: `${operation.id}.${name}`,
      operation: operation.operationId as OperationId,
      clause: `${operation.operationId}: ${name}`,
      tags: ['management'],
    }),
  )

const shown = (value: unknown): string => (isGiven(value) ? String(value) : 'nothing')

/** Compares what two answers say of the same thing, by the names it has in either. What one leaves out is no difference. */
export function alike(
  what: string,
  [got, from]: readonly [Row, Exchange],
  [wanted, source]: readonly [Row, Exchange],
  names: readonly (string | readonly [got: string, wanted: string])[],
): void {
  for (const name of names) {
    const [here, there] = typeof name === 'string' ? [name, name] : name
    const [a, b] = [got[here], wanted[there]]
    if (!isGiven(a) || !isGiven(b) || String(a) === String(b)) continue
    fail(`${here} ${shown(b)} for ${what}, as ${there} there`, `${here} ${shown(a)}`, source, from)
  }
}

/** A field of an answer must be what was asked for. */
export function holds(exchange: Exchange, row: Row, name: string, wanted: unknown): void {
  if (String(row[name]) === String(wanted)) return
  fail(`${name} ${shown(wanted)}`, `${name} ${shown(row[name])}`, exchange)
}

const NOT_OFFERED = [404, 405, 501]
/** Codes of the service's own table. ErrorCode. */
const ERROR_CODE = /^\d{8}$/

/**
 * Whether a target does not have an operation at all, so that there is nothing to judge: it answers as to a path or a
 * method that nobody has. No page says that a service must offer every management API.
 */
export function isNotOffered(exchange: Exchange, elsewhere: Exchange): boolean {
  if (isSuccess(exchange) || isNotFound(exchange)) return false
  const { status } = exchange.response
  return (
    (NOT_OFFERED.includes(status) && !isOfService(exchange)) ||
    (status === elsewhere.response.status && sameCode(exchange, elsewhere))
  )
}

const codeIn = ({ response: { json } }: Exchange): unknown => (json as { code?: unknown } | undefined)?.code
const isOfService = (exchange: Exchange): boolean => ERROR_CODE.test(String(codeIn(exchange)))
const sameCode = (one: Exchange, other: Exchange): boolean => String(codeIn(one)) === String(codeIn(other))

/**
 * Skips when an answer says for a reason of the target's own that the call is not to be: it lacks the operation, or the
 * credentials may not. A write may be refused for whatever the organisation is like; a refusal with a code is no fault.
 */
export function excuse(exchange: Exchange, elsewhere: Exchange, { operationId, method }: Operation): void {
  if (isSuccess(exchange)) return
  if (isNotOffered(exchange, elsewhere)) skip(`the target does not offer ${operationId}: ${describe(exchange)}`)
  // By its status alone, 400 with a code of the service's own says something else.
  const isProofRefused = isAuthRefusal(exchange) && !(exchange.response.status === 400 && isOfService(exchange))
  if (isProofRefused || isPermissionRefusal(exchange)) {
    skip(`the credentials may not call ${operationId}: ${describe(exchange)}`)
  }
  const isCoded = codeIn(exchange) !== undefined && String(codeIn(exchange)) !== '0' && exchange.response.status < 500
  if (method !== 'GET' && isCoded) skip(`the target refuses ${operationId}: ${describe(exchange)}`)
}

/** What was created or signed in must be there, unless the target lacks the operation that would show it. */
export async function isThere(
  { get }: Pick<CheckContext, 'get'>,
  exchange: Exchange,
  operation: Operation,
): Promise<Row> {
  excuse(exchange, await get(unknownPath), operation)
  return success(exchange, operation.operationId as OperationId)
}

/** What is deleted is not shown any more: a refusal, whichever, and a success without it tell so; no page says which. */
export function isGone(exchange: Exchange, what: string, id: string): void {
  if (isShown(exchange, id)) fail(`${what} to be gone`, 'success, as if it were there', exchange)
  if (!isSuccess(exchange) && !isRefusal(exchange)) fail(`${what} to be gone`, describe(exchange), exchange)
}
