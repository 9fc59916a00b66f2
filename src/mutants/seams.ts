import type { z } from 'zod'
import type { Answer, Answered, Mutation } from '../server/mutation.ts'
import type { DataOf, OperationContext, OperationHandler } from '../server/operation-handler.ts'
import { Refusal } from '../server/refusal.ts'
import { parseExact, toJson } from '../shared/json.ts'
import type { Provenance } from '../spec/evidence.ts'
import type { BodyOf, Operation } from '../spec/operation.ts'
import type { getDepartment } from '../spec/operations/get-department.ts'
import type { getSpace } from '../spec/operations/get-space.ts'
import type { getUser } from '../spec/operations/get-user.ts'
import type { Definition } from './mutant.ts'

/** A JSON object whose shape a mutant may break. */
export type Loose = Record<string, unknown>

/** Several mutations at once; each sees what those before it made of a handler. */
export const together = (...mutations: readonly Mutation[]): Mutation => ({
  ...Object.assign({}, ...mutations),
  handler: (handler) => mutations.reduce((made, mutation) => mutation.handler?.(made) ?? made, handler),
})

/** Another handler for one operation. */
export const changeHandler = <O extends Operation>(
  operation: O,
  change: (handler: OperationHandler<O>) => OperationHandler<O>,
): Mutation => ({
  handler: (handler) =>
    handler.operation.operationId === operation.operationId
      ? (change(handler as unknown as OperationHandler<O>) as unknown as OperationHandler)
      : handler,
})

/** Changes what the handler of an operation gets. */
export const changeContext = <O extends Operation>(
  operation: O,
  change: (context: OperationContext<O>) => OperationContext<O>,
): Mutation =>
  changeHandler(operation, (handler) => ({ ...handler, handle: (context) => handler.handle(change(context)) }))

/** Changes the query that the handler of an operation gets. */
export const changeQuery = <O extends Operation>(
  operation: O,
  change: (query: OperationContext<O>['query']) => object,
): Mutation =>
  changeContext(operation, (context) => ({ ...context, query: change(context.query) as typeof context.query }))

/** An operation that does not look at a parameter of its query. */
export const ignoreParameter = (operation: Operation, name: string): Mutation =>
  changeQuery(operation, (query) => without(query as unknown as Loose, name))

/** Refuses one value of a parameter, or a query without it. */
export const refuseValue = (operation: Operation, name: string, value?: string): Mutation =>
  changeQuery(operation, (query) => {
    const asked = query as unknown as Loose
    return asked[name] === value ? refuseParameter(`${name} is ${value ?? 'missing'}.`) : asked
  })

/** Changes what an operation answers, before the readings put it into their dialect. */
export const changeResult = <O extends Operation>(
  operation: O,
  change: (data: DataOf<O>, context: OperationContext<O>) => object,
): Mutation =>
  changeHandler(operation, (handler) => ({
    ...handler,
    handle: (context) => change(handler.handle(context), context) as DataOf<O>,
  }))

/** Changes some fields of what an operation answers. */
export const changeFields = <O extends Operation>(
  operation: O,
  change: (data: DataOf<O>, context: OperationContext<O>) => object,
): Mutation => changeResult(operation, (data, context) => ({ ...(data as object), ...change(data, context) }))

/** Changes what an operation says, in the dialect of the readings and without its envelope. */
export const changeBody = <O extends Operation>(operation: O, change: (body: Loose) => Loose): Mutation =>
  changeHandler(operation, (handler) => ({
    ...handler,
    toWire: (data, readings) => change(handler.toWire(data, readings)),
  }))

/** Leaves fields out of what an operation says. */
export const leaveOut = (operation: Operation, ...names: readonly string[]): Mutation =>
  changeBody(operation, (body) => without(body, ...names))

/** Lets an operation take what another schema allows. */
export const acceptInput = <O extends Operation>(
  operation: O,
  schemas: { readonly query?: z.ZodObject; readonly body?: z.ZodObject },
): Mutation =>
  changeHandler(operation, (handler) => ({
    ...handler,
    operation: { ...operation, ...schemas },
    handle: (context) => handler.handle(context),
  }))

/** Changes answers to which something applies, whatever their body is. */
export const changeAnswers = (
  applies: (answered: Answered) => boolean,
  change: (answer: Answer) => Partial<Answer>,
): Mutation => ({
  answer: (answer, answered) => (applies(answered) ? { ...answer, ...change(answer) } : answer),
})

/** Changes the JSON body of every answer for which `change` gives another. */
export const changeAnswer = (change: (body: Loose, answered: Answered) => Loose | undefined): Mutation => ({
  answer(answer, answered) {
    const body = change(parseExact(answer.body) as Loose, answered)
    return body === undefined ? answer : { ...answer, body: toJson(body) }
  },
})

/** Changes the JSON body of successes. */
export const changeSuccess = (change: (body: Loose) => Loose): Mutation =>
  changeAnswer((body, { refusal }) => (refusal === undefined ? change(body) : undefined))

/** Changes the JSON body of refusals. */
export const changeRefusal = (change: (body: Loose, answered: Answered & { refusal: Refusal }) => Loose): Mutation =>
  changeAnswer((body, { refusal, ...rest }) => (refusal === undefined ? undefined : change(body, { ...rest, refusal })))

/** Refuses a call as the service refuses a bad parameter. */
export function refuseParameter(detail: string): never {
  throw new Refusal('verifyParametersFailed', { rule: 'mutant', detail })
}

/** A record without some of its fields. */
export const without = (record: object, ...names: readonly string[]): Loose =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)))

/**
 * An object that is another one but for some members. Methods and getters of the other run on the other itself, so
 * that its private fields stay in reach.
 */
export function overlay<T extends object>(target: T, members: Partial<Record<keyof T, unknown>>): T {
  return new Proxy(target, {
    get(_, key) {
      if (Object.hasOwn(members, key)) return members[key as keyof T]
      const value: unknown = Reflect.get(target, key, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** Turns every record of an answer, such as each user of a list, into another. */
type EachRecord = (change: (record: Loose) => Loose) => Mutation

/** Two mutants for each documented field of a record: it is missing, and it has another type. */
export function fieldMutants(record: string, schema: z.ZodObject, each: EachRecord, prefix = ''): Definition[] {
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]): Definition[] => {
    const clause = provenanceOf(field)
    const what = prefix + kebab(name)
    return [
      [`${what}-missing`, `${record} comes without ${name}`, clause, each((found) => without(found, name))],
      [`${what}-mistyped`, `${name} of ${record} has another type`, clause, each((found) => mistyped(found, name))],
    ]
  })
}

/** The record with a number in place of a string, or a string in place of a number. */
export function mistyped(record: Loose, name: string): Loose {
  const value = record[name]
  if (value === undefined) return record
  const other = typeof value === 'number' ? String(value) : /^\d{1,15}$/.test(String(value)) ? Number(value) : [value]
  return { ...record, [name]: other }
}

/** What the spec says of a field. */
export function provenanceOf(field: z.ZodType): Provenance {
  const { 'x-evidence': evidence, 'x-source': source } = (field.meta() ?? {}) as Record<string, unknown>
  return { evidence: evidence as Provenance['evidence'], source: String(source) }
}

export const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** Changes some of the fields under `data` of an answer. */
export const changeData = (operation: Operation, change: (data: Loose) => Loose): Mutation =>
  changeBody(operation, (body) => {
    const data = body['data'] as Loose
    return { ...body, data: { ...data, ...change(data) } }
  })

/** An operation that answers success and does nothing. */
export const doNothing = <O extends Operation>(operation: O): Mutation =>
  changeHandler(operation, (handler) => ({ ...handler, handle: () => ({}) as DataOf<O> }))

/** An operation that answers something else in place of doing anything. */
export const answerInstead = <O extends Operation>(
  operation: O,
  answer: (context: OperationContext<O>) => object,
): Mutation =>
  changeHandler(operation, (handler) => ({ ...handler, handle: (context) => answer(context) as DataOf<O> }))

/** Changes the body that the handler of an operation gets. */
export const changeRequestBody = <O extends Operation>(
  operation: O,
  change: (body: Loose, context: OperationContext<O>) => object,
): Mutation =>
  changeContext(operation, (context) => ({
    ...context,
    body: change(context.body as unknown as Loose, context) as BodyOf<O>,
  }))

/** Changes fields of the body that the handler of an operation gets, where it has a certain one. */
export const changeWhereGiven = <O extends Operation>(
  operation: O,
  name: string,
  change: (value: unknown, context: OperationContext<O>) => object,
): Mutation =>
  changeRequestBody(operation, (body, context) =>
    body[name] === undefined ? body : { ...body, ...change(body[name], context) },
  )

/** An operation that takes a field for granted: where a body has nothing else to change, it answers success all the same. */
export const ignoreField = <O extends Operation>(
  operation: O,
  name: string,
  others: readonly string[] = [],
): Mutation =>
  changeHandler(operation, (handler) => ({
    ...handler,
    handle(context) {
      const body = without(context.body as unknown as Loose, name)
      const isEmpty = Object.entries(body).every(([key, value]) => value === undefined || others.includes(key))
      return isEmpty ? ({} as DataOf<O>) : handler.handle({ ...context, body: body as BodyOf<O> })
    },
  }))

/** Goes on showing what it once showed when that is not found any more. */
export const remember = (operation: typeof getUser | typeof getDepartment | typeof getSpace): Mutation => {
  const shown = new Map<string, unknown>()
  return changeHandler(operation as typeof getUser, (handler) => ({
    ...handler,
    handle(context) {
      const key = JSON.stringify([context.params, context.query])
      try {
        const data = handler.handle(context)
        shown.set(key, data)
        return data
      } catch (error) {
        if (!(error instanceof Refusal) || !shown.has(key)) throw error
        return shown.get(key) as ReturnType<typeof handler.handle>
      }
    },
  }))
}
