import { isRecord } from '../shared/json.ts'
import { limits } from '../spec/limits.ts'
import type { Operation } from '../spec/operation.ts'
import { createBatchProvisioningTask } from '../spec/operations/create-batch-provisioning-task.ts'
import { listUserSpaces } from '../spec/operations/list-user-spaces.ts'
import { listUsers } from '../spec/operations/list-users.ts'
import { preverifyBatchImport } from '../spec/operations/preverify-batch-import.ts'
import { queryBatchProvisioning } from '../spec/operations/query-batch-provisioning.ts'
import type { OperationId } from '../spec/wire-types.ts'
import type { Client } from './client.ts'
import { toCanonical } from './dialect.ts'
import { ParameterError, ProtocolError } from './errors.ts'
import { createManagement } from './management.ts'
import type { ClientOptions } from './options.ts'
import { walkCursors, walkOffsets } from './pages.ts'
import { provision } from './provision.ts'
import { Transport } from './transport.ts'
import type * as Types from './types.ts'
import { waitForTask } from './wait-for-task.ts'
import { type Call, evidenceOf } from './wire.ts'

/**
 * Makes a client.
 *
 * @example
 * const client = createClient({ baseUrl: 'http://127.0.0.1:4010', appId, appSecret, userId, accessToken })
 * const { created, unknown } = await client.provision([{ firstname: 'Ada', phone: '008613800000001' }])
 */
export function createClient(options: ClientOptions): Client {
  const transport = new Transport(options)

  /** Calls an operation; whatever dialect it answers in, the answer comes in the words of the default readings. */
  async function call(operation: Operation, call: Omit<Call, 'operation'>): Promise<Record<string, unknown>> {
    const body = await transport.call({ operation, ...call })
    return toCanonical(operation.operationId as OperationId, body)
  }

  const missing = (operation: Operation, what: string): never => {
    throw new ProtocolError(`${operation.operationId}: the answer has no ${what}.`, {
      operation: operation.operationId,
      evidence: evidenceOf({ operation }),
    })
  }

  const client: Client = {
    ...createManagement(call),

    async createBatchProvisioningTask(users, callOptions = {}) {
      const { data } = await call(createBatchProvisioningTask, { body: { userList: users }, options: callOptions })
      return typeof data === 'string' ? data : missing(createBatchProvisioningTask, 'task id')
    },

    async queryBatchProvisioning(query, callOptions = {}) {
      const { data } = await call(queryBatchProvisioning, { query, options: callOptions })
      const { taskInfo, registerList, nextPageCursor } = isRecord(data) ? data : {}
      if (!isRecord(taskInfo)) return missing(queryBatchProvisioning, 'taskInfo')
      return {
        taskInfo: taskInfo as unknown as Types.TaskInfo,
        rows: (Array.isArray(registerList) ? registerList : []) as Types.RegisterRow[],
        nextPageCursor: typeof nextPageCursor === 'string' ? nextPageCursor : undefined,
      }
    },

    async preverifyBatchImport({ curDeptId, users }, callOptions = {}) {
      const body = { curDeptId: exact(curDeptId), users }
      const { data } = await call(preverifyBatchImport, { body, options: callOptions })
      if (!Array.isArray(data)) return missing(preverifyBatchImport, 'list of verdicts')
      const { preverifySuccessValue = 0 } = options
      return data.map(({ isSuccess, reason }: { isSuccess: number; reason?: string }) => ({
        passed: isSuccess === preverifySuccessValue,
        isSuccess,
        reason,
      }))
    },

    async listUsers({ offset = 0, limit = limits.listLimitMax, ...filter } = {}, callOptions = {}) {
      const body = await call(listUsers, { query: { ...filter, offset, limit }, options: callOptions })
      const { list } = body
      if (!Array.isArray(list)) return missing(listUsers, 'list of users')
      return { records: list as Types.UserInfo[], total: totalOf(body) }
    },

    async listUserSpaces({ offset = 0, limit = limits.listLimitMax, ...filter } = {}, callOptions = {}) {
      const body = await call(listUserSpaces, { query: { ...filter, offset, limit }, options: callOptions })
      const { users } = body
      if (!Array.isArray(users)) return missing(listUserSpaces, 'list of spaces')
      return { records: users as Types.UserSpaceInfo[], total: totalOf(body) }
    },

    waitForTask: (taskId, waitOptions = {}) => waitForTask(client, transport, taskId, waitOptions),

    registerList: (taskId, { pageSize, ...callOptions } = {}) =>
      walkCursors(
        async (cursor) => {
          const page = await client.queryBatchProvisioning({ taskId, cursor, pageSize }, callOptions)
          return { records: page.rows, next: page.nextPageCursor }
        },
        queryBatchProvisioning.operationId,
        queryBatchProvisioning.path,
      ),

    users: (filter = {}, { pageSize = limits.listLimitMax, ...callOptions } = {}) =>
      walkOffsets(
        (offset, limit) => client.listUsers({ ...filter, offset, limit }, callOptions),
        ({ userId }) => userId,
        pageSize,
      ),

    spaces: (filter = {}, { pageSize = limits.listLimitMax, ...callOptions } = {}) =>
      walkOffsets(
        (offset, limit) => client.listUserSpaces({ ...filter, offset, limit }, callOptions),
        ({ containerId }) => containerId,
        pageSize,
      ),

    provision: (users, provisionOptions = {}) => provision(client, transport, users, provisionOptions),
  }
  return client
}

const totalOf = ({ total }: Record<string, unknown>): number | undefined =>
  typeof total === 'number' ? total : undefined

/** An id as the 64-bit integer that goes over the wire. */
function exact(id: string | bigint): bigint {
  if (typeof id === 'bigint') return id
  if (/^\d{1,19}$/.test(id)) return BigInt(id)
  const rounded = typeof id === 'number' ? ' A number loses the last digits of an id: pass it as a string.' : ''
  throw new ParameterError(`curDeptId takes an id of up to 19 digits, as a string or bigint.${rounded}`, {
    operation: preverifyBatchImport.operationId,
    evidence: evidenceOf({ operation: preverifyBatchImport }),
  })
}
