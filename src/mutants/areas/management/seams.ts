import type { Mutation } from '../../../server/mutation.ts'
import type { DataOf, OperationContext } from '../../../server/operation-handler.ts'
import { Refusal } from '../../../server/refusal.ts'
import type { BodyOf, Operation } from '../../../spec/operation.ts'
import type { getDepartment } from '../../../spec/operations/get-department.ts'
import type { getSpace } from '../../../spec/operations/get-space.ts'
import type { getUser } from '../../../spec/operations/get-user.ts'
import { changeContext, changeHandler, type Loose, without } from '../../seams.ts'

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
