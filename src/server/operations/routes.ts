import { createBatchProvisioningTaskRoute } from './create-batch-provisioning-task.ts'
import { listUserSpacesRoute } from './list-user-spaces.ts'
import { listUsersRoute } from './list-users.ts'
import { preverifyBatchImportRoute } from './preverify-batch-import.ts'
import { queryBatchProvisioningRoute } from './query-batch-provisioning.ts'
import type { Route } from './route.ts'

/** Every operation with its handler. */
export const routes = [
  createBatchProvisioningTaskRoute,
  queryBatchProvisioningRoute,
  preverifyBatchImportRoute,
  listUsersRoute,
  listUserSpacesRoute,
] as unknown as readonly Route[]
