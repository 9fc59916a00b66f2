import type { Operation } from '../spec/operation.ts'
import type { OperationHandler } from './operation-handler.ts'
import { createBatchProvisioningTaskHandler } from './operations/create-batch-provisioning-task.ts'
import { listUserSpacesHandler } from './operations/list-user-spaces.ts'
import { listUsersHandler } from './operations/list-users.ts'
import { preverifyBatchImportHandler } from './operations/preverify-batch-import.ts'
import { queryBatchProvisioningHandler } from './operations/query-batch-provisioning.ts'

/** Every operation with its handler. */
export const handlers = [
  createBatchProvisioningTaskHandler,
  queryBatchProvisioningHandler,
  preverifyBatchImportHandler,
  listUsersHandler,
  listUserSpacesHandler,
] as unknown as readonly OperationHandler[]

/** The paths of an operation as Hono writes them: `/users/:userId` for `/users/{userId}`. */
export const pathsOf = ({ path, aliases = [] }: Pick<Operation, 'path' | 'aliases'>): string[] =>
  [path, ...aliases].map((one) => one.replace(/\{(\w+)\}/g, ':$1'))

/** The methods that each path takes. */
export function methodsByPath(all: readonly OperationHandler[]): ReadonlyMap<string, readonly string[]> {
  const methods = new Map<string, string[]>()
  for (const { operation } of all) {
    for (const path of pathsOf(operation)) methods.set(path, [...(methods.get(path) ?? []), operation.method])
  }
  return methods
}
