import { authSession } from './operations/auth-session.ts'
import { countUsers } from './operations/count-users.ts'
import { createBatchProvisioningTask } from './operations/create-batch-provisioning-task.ts'
import { createDepartment } from './operations/create-department.ts'
import { createSession } from './operations/create-session.ts'
import { createSpace } from './operations/create-space.ts'
import { createTask } from './operations/create-task.ts'
import { createUser } from './operations/create-user.ts'
import { deleteDepartment } from './operations/delete-department.ts'
import { deleteSpace } from './operations/delete-space.ts'
import { deleteUser } from './operations/delete-user.ts'
import { getAuthCodeUrl } from './operations/get-auth-code-url.ts'
import { getDepartment } from './operations/get-department.ts'
import { getQuotaUsed } from './operations/get-quota-used.ts'
import { getSpace } from './operations/get-space.ts'
import { getSpaceAllocation } from './operations/get-space-allocation.ts'
import { getTask } from './operations/get-task.ts'
import { getTaskResult } from './operations/get-task-result.ts'
import { getUser } from './operations/get-user.ts'
import { getUserMobile } from './operations/get-user-mobile.ts'
import { listDepartmentSpaces } from './operations/list-department-spaces.ts'
import { listDepartments } from './operations/list-departments.ts'
import { listTasks } from './operations/list-tasks.ts'
import { listUserSpaces } from './operations/list-user-spaces.ts'
import { listUsers } from './operations/list-users.ts'
import { logout } from './operations/logout.ts'
import { preverifyBatchImport } from './operations/preverify-batch-import.ts'
import { queryBatchProvisioning } from './operations/query-batch-provisioning.ts'
import { refreshSession } from './operations/refresh-session.ts'
import { updateDepartment } from './operations/update-department.ts'
import { updateSpace } from './operations/update-space.ts'
import { updateUser } from './operations/update-user.ts'

/** The operations of the five reference pages: what is known of them is known best. */
export const referenceOperations = [
  createBatchProvisioningTask,
  queryBatchProvisioning,
  preverifyBatchImport,
  listUsers,
  listUserSpaces,
] as const

/** The operations of the management pages, none of which documents an error. */
export const managementOperations = [
  getAuthCodeUrl,
  createSession,
  authSession,
  refreshSession,
  logout,
  listDepartments,
  getDepartment,
  createDepartment,
  updateDepartment,
  deleteDepartment,
  getUser,
  createUser,
  updateUser,
  deleteUser,
  countUsers,
  getUserMobile,
  getSpace,
  createSpace,
  updateSpace,
  deleteSpace,
  listDepartmentSpaces,
  getSpaceAllocation,
  getQuotaUsed,
  createTask,
  listTasks,
  getTask,
  getTaskResult,
] as const

/** Every operation of the API, in the order that readers meet them. */
export const operations = [...referenceOperations, ...managementOperations] as const
