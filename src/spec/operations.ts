import { createBatchProvisioningTask } from './operations/create-batch-provisioning-task.ts'
import { listUserSpaces } from './operations/list-user-spaces.ts'
import { listUsers } from './operations/list-users.ts'
import { preverifyBatchImport } from './operations/preverify-batch-import.ts'
import { queryBatchProvisioning } from './operations/query-batch-provisioning.ts'

/** Every operation of the API. A sixth is added by a file in each room and a line here. */
export const operations = [
  createBatchProvisioningTask,
  queryBatchProvisioning,
  preverifyBatchImport,
  listUsers,
  listUserSpaces,
] as const
