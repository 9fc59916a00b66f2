import type { operations } from '../spec/operations.ts'
import type { OperationHandler } from './operation-handler.ts'
import { departmentHandlers } from './operations/departments.ts'
import { provisioningHandlers } from './operations/provisioning.ts'
import { quotaHandlers } from './operations/quotas.ts'
import { sessionHandlers } from './operations/sessions.ts'
import { spaceHandlers } from './operations/spaces.ts'
import { taskHandlers } from './operations/tasks.ts'
import { userListHandlers } from './operations/user-lists.ts'
import { userHandlers } from './operations/users.ts'

type Handlers = { readonly [O in (typeof operations)[number] as O['operationId']]: OperationHandler<O> }

/** An operation without a handler, or with that of another, does not compile. */
const byOperation: Handlers = {
  ...provisioningHandlers,
  ...userListHandlers,
  ...sessionHandlers,
  ...departmentHandlers,
  ...userHandlers,
  ...spaceHandlers,
  ...quotaHandlers,
  ...taskHandlers,
}

/** Every operation with its handler. */
export const handlers = Object.values(byOperation) as unknown as readonly OperationHandler[]
