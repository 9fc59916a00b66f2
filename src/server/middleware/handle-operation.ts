import { setImmediate } from 'node:timers/promises'
import { explainUnknown, unknownQueryNames } from '../../scenarios/unknown-names.ts'
import { toJson } from '../../shared/json.ts'
import { languages } from '../../spec/languages.ts'
import type { Operation } from '../../spec/operation.ts'
import type { AppContext, AppMiddleware } from '../app-env.ts'
import type { Deps } from '../deps.ts'
import { addressOf } from '../http/wire.ts'
import type { OperationContext, OperationHandler } from '../operation-handler.ts'
import { sandboxGone } from '../refusal.ts'
import { readBody } from '../validation/body.ts'
import { readHeaders, readParams, readQuery } from '../validation/parameters.ts'
import { answerJson } from './answer.ts'

/** Sets the operation that path and method name. Hono takes HEAD for GET; the service has no HEAD. */
export function nameOperation(methods: MethodsOfPath): AppMiddleware {
  return function nameOperation(c, next) {
    c.get('call').operation = methods.get(c.req.method)
    return next()
  }
}

/** Validates a call, carries it out and answers. */
export function handleOperation(
  { world, redirectHosts }: Deps,
  { operation, prepare, handle, toWire }: OperationHandler,
): AppMiddleware {
  return async function handleOperation(c, next) {
    const call = c.get('call')
    const { wire, readings, caller, userId, token, sandbox, operation: named } = call
    // A path may fit two operations, such as users/count and users/{userId}: the named one is meant.
    if (named !== operation || sandbox === undefined) return next()
    const input = {
      params: operation.params && readParams(operation.params, c.req.param()),
      query: operation.query && readQuery(operation.query, wire.target),
      headers: operation.headers && readHeaders(operation.headers, wire),
    }
    const read = operation.body && (await readBody(operation.body, wire, readings))
    const unknown = operation.query && explainUnknown(unknownQueryNames(operation, wire.target))
    call.hint = [unknown, read?.hint].filter(Boolean).join(' ')
    if (sandbox.isRetired) throw sandboxGone()
    const context = {
      ...input,
      body: read?.body,
      ...{ caller, userId, token, sandbox, readings, world, redirectHosts },
      get origin() {
        return addressOf(c.req.url).origin
      },
      get state() {
        return sandbox.read()
      },
    } as OperationContext<Operation>
    if (prepare !== undefined) {
      for (const _ of prepare(context)) await setImmediate()
      if (sandbox.isRetired) throw sandboxGone()
    }
    return answerSuccess(c, operation, toWire(handle(context), readings))
  }
}

function answerSuccess(c: AppContext, operation: Operation, data: Record<string, unknown>): Response {
  const call = c.get('call')
  const { readings, language } = call
  const isPlain = readings['success-message'] === 'success' && language === languages[0]
  const msg = isPlain ? 'success' : operation.successMessage[language]
  const body = { ...data, code: readings['code-type'] === 'number' ? 0 : '0', msg }
  const text = readings['space-dept-id-type'] === 'number' ? toJson(body) : JSON.stringify(body)
  call.rule = `${operation.id}; ${operation.page.evidence}`
  return answerJson(c, 200, text ?? '')
}

/** The paths of an operation as Hono writes them: `/users/:userId` for `/users/{userId}`. */
export const pathsOf = ({ path, aliases = [] }: Pick<Operation, 'path' | 'aliases'>): string[] =>
  [path, ...aliases].map((one) => one.replace(/\{(\w+)\}/g, ':$1'))

/** The operations of a path by method. */
type MethodsOfPath = ReadonlyMap<string, Operation>

/**
 * Every path with its methods, those with parameters first: a path such as `/users/count` fits `/users/:userId` too, and
 * whoever comes last decides.
 */
export function methodsByPath(all: readonly OperationHandler[]): readonly (readonly [string, MethodsOfPath])[] {
  const methods = new Map<string, Map<string, Operation>>()
  for (const { operation } of all) {
    for (const path of pathsOf(operation)) {
      methods.set(path, (methods.get(path) ?? new Map()).set(operation.method, operation))
    }
  }
  const parameters = (path: string) => path.split('/:').length
  return [...methods].sort(([a], [b]) => parameters(b) - parameters(a))
}
