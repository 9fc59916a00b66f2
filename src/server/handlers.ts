/* Written by scripts/types.mjs from the list of operations. */

import type { OperationHandler } from './operation-handler.ts'
import { authSessionHandler } from './operations/auth-session.ts'
import { countUsersHandler } from './operations/count-users.ts'
import { createBatchProvisioningTaskHandler } from './operations/create-batch-provisioning-task.ts'
import { createDepartmentHandler } from './operations/create-department.ts'
import { createSessionHandler } from './operations/create-session.ts'
import { createSpaceHandler } from './operations/create-space.ts'
import { createTaskHandler } from './operations/create-task.ts'
import { createUserHandler } from './operations/create-user.ts'
import { deleteDepartmentHandler } from './operations/delete-department.ts'
import { deleteSpaceHandler } from './operations/delete-space.ts'
import { deleteUserHandler } from './operations/delete-user.ts'
import { getAuthCodeUrlHandler } from './operations/get-auth-code-url.ts'
import { getDepartmentHandler } from './operations/get-department.ts'
import { getQuotaUsedHandler } from './operations/get-quota-used.ts'
import { getSpaceHandler } from './operations/get-space.ts'
import { getSpaceAllocationHandler } from './operations/get-space-allocation.ts'
import { getTaskHandler } from './operations/get-task.ts'
import { getTaskResultHandler } from './operations/get-task-result.ts'
import { getUserHandler } from './operations/get-user.ts'
import { getUserMobileHandler } from './operations/get-user-mobile.ts'
import { listDepartmentSpacesHandler } from './operations/list-department-spaces.ts'
import { listDepartmentsHandler } from './operations/list-departments.ts'
import { listTasksHandler } from './operations/list-tasks.ts'
import { listUserSpacesHandler } from './operations/list-user-spaces.ts'
import { listUsersHandler } from './operations/list-users.ts'
import { logoutHandler } from './operations/logout.ts'
import { preverifyBatchImportHandler } from './operations/preverify-batch-import.ts'
import { queryBatchProvisioningHandler } from './operations/query-batch-provisioning.ts'
import { refreshSessionHandler } from './operations/refresh-session.ts'
import { updateDepartmentHandler } from './operations/update-department.ts'
import { updateSpaceHandler } from './operations/update-space.ts'
import { updateUserHandler } from './operations/update-user.ts'

/** Every operation with its handler. */
export const handlers = [
  createBatchProvisioningTaskHandler,
  queryBatchProvisioningHandler,
  preverifyBatchImportHandler,
  listUsersHandler,
  listUserSpacesHandler,
  getAuthCodeUrlHandler,
  createSessionHandler,
  authSessionHandler,
  refreshSessionHandler,
  logoutHandler,
  listDepartmentsHandler,
  getDepartmentHandler,
  createDepartmentHandler,
  updateDepartmentHandler,
  deleteDepartmentHandler,
  getUserHandler,
  createUserHandler,
  updateUserHandler,
  deleteUserHandler,
  countUsersHandler,
  getUserMobileHandler,
  getSpaceHandler,
  createSpaceHandler,
  updateSpaceHandler,
  deleteSpaceHandler,
  listDepartmentSpacesHandler,
  getSpaceAllocationHandler,
  getQuotaUsedHandler,
  createTaskHandler,
  listTasksHandler,
  getTaskHandler,
  getTaskResultHandler,
] as unknown as readonly OperationHandler[]
