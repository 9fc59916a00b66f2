import type { Operation } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import type { OperationId } from '../../spec/wire-types.ts'
import type { Exchange } from '../exchange.ts'
import type { Probe } from '../probe.ts'
import { fromExample } from './from-example.ts'
import { firstSpaces, firstUsers } from './lists.ts'
import { createMain, mainTaskAgain } from './main-task.ts'
import { countAll } from './management/counts.ts'
import { belowHome, createFirst, departmentListed, rename, treeStart } from './management/departments.ts'
import { belowRemoval, userRemoval, userSpaceEnd } from './management/removal.ts'
import { newSession, ownSession, refreshed, signedOut, signInAddress } from './management/sessions.ts'
import { allocation, departmentSpaces, quota, spaceListed, userSpace } from './management/spaces.ts'
import { resultListed, taskListed, tasks, transfer } from './management/tasks.ts'
import { createOne, mobileListed, moveUser, userListed } from './management/users.ts'
import { preverifyPlain, preverifyRows } from './preverify.ts'

const written: Readonly<Partial<Record<OperationId, readonly Probe<Exchange>[]>>> = {
  createBatchProvisioningTask: [createMain],
  queryBatchProvisioning: [mainTaskAgain],
  preverifyBatchImport: [preverifyPlain, preverifyRows],
  listUsers: [firstUsers],
  listUserSpaces: [firstSpaces],
  getAuthCodeUrl: [signInAddress],
  createSession: [newSession],
  authSession: [ownSession],
  refreshSession: [refreshed],
  logout: [signedOut],
  listDepartments: [treeStart, belowHome],
  getDepartment: [departmentListed],
  createDepartment: [createFirst],
  updateDepartment: [rename],
  deleteDepartment: [belowRemoval],
  getUser: [userListed],
  createUser: [createOne],
  updateUser: [moveUser],
  deleteUser: [userRemoval],
  countUsers: [countAll],
  getUserMobile: [mobileListed],
  getSpace: [spaceListed],
  createSpace: [userSpace.create],
  updateSpace: [userSpace.resize],
  deleteSpace: [userSpaceEnd.removal],
  listDepartmentSpaces: [departmentSpaces],
  getSpaceAllocation: [allocation],
  getQuotaUsed: [quota],
  createTask: [transfer],
  listTasks: [tasks],
  getTask: [taskListed],
  getTaskResult: [resultListed],
}

const derived = new Map(
  (operations as readonly Operation[])
    .filter(({ operationId }) => !Object.hasOwn(written, operationId))
    .map((operation) => [operation.operationId, fromExample(operation)]),
)

/**
 * The answers of an operation that show what its successes look like: those written above, else that of its example. Without
 * any, no check looks at them.
 */
export function sampleAnswers(operation: OperationId): readonly Probe<Exchange>[] {
  const example = derived.get(operation)
  return written[operation] ?? (example === undefined ? [] : [example])
}
