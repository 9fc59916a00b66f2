import { isRecord } from '../shared/json.ts'
import { limits } from '../spec/limits.ts'
import type { Operation } from '../spec/operation.ts'
import { authSession } from '../spec/operations/auth-session.ts'
import { countUsers } from '../spec/operations/count-users.ts'
import { createDepartment } from '../spec/operations/create-department.ts'
import { createSession } from '../spec/operations/create-session.ts'
import { createSpace } from '../spec/operations/create-space.ts'
import { createTask } from '../spec/operations/create-task.ts'
import { createUser } from '../spec/operations/create-user.ts'
import { deleteDepartment } from '../spec/operations/delete-department.ts'
import { deleteSpace } from '../spec/operations/delete-space.ts'
import { deleteUser } from '../spec/operations/delete-user.ts'
import { getAuthCodeUrl } from '../spec/operations/get-auth-code-url.ts'
import { getDepartment } from '../spec/operations/get-department.ts'
import { getQuotaUsed } from '../spec/operations/get-quota-used.ts'
import { getSpace } from '../spec/operations/get-space.ts'
import { getSpaceAllocation } from '../spec/operations/get-space-allocation.ts'
import { getTask } from '../spec/operations/get-task.ts'
import { getTaskResult } from '../spec/operations/get-task-result.ts'
import { getUser } from '../spec/operations/get-user.ts'
import { getUserMobile } from '../spec/operations/get-user-mobile.ts'
import { listDepartmentSpaces } from '../spec/operations/list-department-spaces.ts'
import { listDepartments } from '../spec/operations/list-departments.ts'
import { listTasks } from '../spec/operations/list-tasks.ts'
import { logout } from '../spec/operations/logout.ts'
import { refreshSession } from '../spec/operations/refresh-session.ts'
import { updateDepartment } from '../spec/operations/update-department.ts'
import { updateSpace } from '../spec/operations/update-space.ts'
import { updateUser } from '../spec/operations/update-user.ts'
import type { ManagementClient } from './client.ts'
import { ProtocolError } from './errors.ts'
import { type Call, evidenceOf } from './wire.ts'

/** Calls an operation and gives the body of its success in the words of the default readings. */
export type CallOperation = (operation: Operation, call: Omit<Call, 'operation'>) => Promise<Record<string, unknown>>

/** The part of a client that manages sessions, departments, users, spaces and tasks. */
export function createManagement(call: CallOperation): ManagementClient {
  /** A field of an answer that must be there. */
  async function field<T>(
    operation: Operation,
    name: string,
    isRight: (value: unknown) => boolean,
    parts: Omit<Call, 'operation'>,
  ): Promise<T> {
    const value = (await call(operation, parts))[name]
    if (isRight(value)) return value as T
    throw new ProtocolError(`${operation.operationId}: the answer has no ${name}.`, {
      operation: operation.operationId,
      evidence: evidenceOf({ operation }),
    })
  }

  return {
    async getAuthCodeUrl(domain, options = {}) {
      const { uri, orgIdHost } = await call(getAuthCodeUrl, { query: { domain }, options })
      return { uri: String(uri), orgIdHost: String(orgIdHost) }
    },
    createSession: (body, options = {}) => field(createSession, 'data', isRecord, { body, options }),
    authSession: (options = {}) => field(authSession, 'data', isRecord, { options }),
    refreshSession: (sessionId, options = {}) =>
      field(refreshSession, 'accessToken', isText, { headers: { 'x-session-id': sessionId }, options }),
    logout: async (options = {}) => done(await call(logout, { options })),

    listDepartments: (query = {}, options = {}) =>
      field(listDepartments, 'list', Array.isArray, { query: { ...query }, options }),
    async getDepartment(departmentId, options = {}) {
      const {
        code: _code,
        msg: _msg,
        ...department
      } = await call(getDepartment, {
        params: { department_id: departmentId },
        options,
      })
      return department as never
    },
    async createDepartment(body, options = {}) {
      const { id } = await field<{ id: string }>(createDepartment, 'data', hasId, { body, options })
      return id
    },
    updateDepartment: async (departmentId, body, options = {}) =>
      done(await call(updateDepartment, { params: { department_id: departmentId }, body, options })),
    deleteDepartment: async (departmentId, options = {}) =>
      done(await call(deleteDepartment, { params: { department_id: departmentId }, options })),

    getUser: (userId, options = {}) => field(getUser, 'data', isRecord, { params: { userId }, options }),
    async createUser(body, options = {}) {
      const { data } = await call(createUser, { body, options })
      return hasId(data) ? data.id : undefined
    },
    updateUser: async (userId, body, options = {}) =>
      done(await call(updateUser, { params: { userId }, body, options })),
    deleteUser: async (userId, options = {}) => done(await call(deleteUser, { params: { userId }, options })),
    countUsers: (deptId, options = {}) => field(countUsers, 'total', isNumber, { query: { deptId }, options }),
    getUserMobile: (userId, options = {}) => field(getUserMobile, 'mobile', isText, { params: { userId }, options }),

    getSpace: (ownerId, query, options = {}) =>
      field(getSpace, 'data', isRecord, { params: { ownerId }, query: { ...query }, options }),
    createSpace: (ownerId, body, options = {}) =>
      field(createSpace, 'data', isRecord, { params: { ownerId }, body, options }),
    updateSpace: async (ownerId, body, options = {}) =>
      done(await call(updateSpace, { params: { ownerId }, body, options })),
    deleteSpace: async (ownerId, query, options = {}) =>
      done(await call(deleteSpace, { params: { ownerId }, query: { ...query }, options })),
    async listDepartmentSpaces({ offset = 0, limit = limits.listLimitMax, keyWord } = {}, options = {}) {
      const { departments, total } = await call(listDepartmentSpaces, { query: { offset, limit, keyWord }, options })
      return {
        records: Array.isArray(departments) ? departments : [],
        total: typeof total === 'number' ? total : undefined,
      }
    },
    getSpaceAllocation: (options = {}) => field(getSpaceAllocation, 'data', Array.isArray, { options }),
    getQuotaUsed: (options = {}) => field(getQuotaUsed, 'data', isRecord, { options }),

    createTask: (body, options = {}) => field(createTask, 'taskId', isText, { body, options }),
    async listTasks(query = {}, options = {}) {
      const { taskList, nextCursor } = await call(listTasks, { query: { ...query }, options })
      return {
        tasks: Array.isArray(taskList) ? taskList : [],
        nextCursor: typeof nextCursor === 'string' ? nextCursor : undefined,
      }
    },
    async getTask(taskId, options = {}) {
      const { code: _code, msg: _msg, ...task } = await call(getTask, { params: { task_id: taskId }, options })
      return task as never
    },
    getTaskResult: (taskId, options = {}) => field(getTaskResult, 'data', isRecord, { query: { taskId }, options }),
  }
}

const done = (_answer: Record<string, unknown>): void => undefined
const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''
const isNumber = (value: unknown): value is number => typeof value === 'number'
const hasId = (value: unknown): value is { id: string } => isRecord(value) && isText(value['id'])
