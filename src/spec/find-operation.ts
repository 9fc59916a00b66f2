import type { Operation } from './operation.ts'
import { operations } from './operations.ts'

/** An operation with the values that its path holds. */
export interface FoundOperation {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

/** Every path as a pattern; those without parameters first, since `/users/count` fits `/users/{userId}` too. */
const patterns = (operations as readonly Operation[])
  .flatMap((operation) =>
    [operation.path, ...(operation.aliases ?? [])].map((path) => ({
      operation,
      names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name),
      pattern: new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '([^/]+)')}/?$`),
    })),
  )
  .sort((a, b) => a.names.length - b.names.length)

/**
 * The operation of a method and a path, a slash behind it or not; undefined when there is none.
 *
 * @example findOperation('GET', '/koodrive/ose/v1/users/7')?.params // { userId: '7' }
 */
export function findOperation(method: string, path: string): FoundOperation | undefined {
  for (const { operation, names, pattern } of patterns) {
    if (operation.method !== method) continue
    const values = pattern.exec(path)?.slice(1)
    if (values !== undefined)
      return { operation, params: Object.fromEntries(names.map((name, at) => [name, values[at] ?? ''])) }
  }
  return undefined
}
