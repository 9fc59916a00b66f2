import type { Operation } from '../spec/operation.ts'
import type { OperationHandler } from './operation-handler.ts'

/** The paths of an operation as Hono writes them: `/users/:userId` for `/users/{userId}`. */
export const pathsOf = ({ path, aliases = [] }: Pick<Operation, 'path' | 'aliases'>): string[] =>
  [path, ...aliases].map((one) => one.replace(/\{(\w+)\}/g, ':$1'))

/** The operations of a path by method. */
export type MethodsOfPath = ReadonlyMap<string, Operation>

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
