import { queryBatchProvisioning, taskStatuses } from '../spec/operations/query-batch-provisioning.ts'
import type { Client } from './client.ts'
import { TimeoutError } from './errors.ts'
import type { WaitOptions } from './options.ts'
import type { Transport } from './transport.ts'
import type { TaskInfo } from './types.ts'
import { evidenceOf } from './wire.ts'

const GROWTH = 1.5

/**
 * Polls a task until it has ended, with growing pauses.
 *
 * @throws TimeoutError when it has not ended in time; it goes on, and can be waited for again.
 */
export async function waitForTask(
  client: Pick<Client, 'queryBatchProvisioning'>,
  transport: Pick<Transport, 'now' | 'sleep'>,
  taskId: string,
  { onProgress, timeoutMs = 600_000, firstWaitMs = 500, longestWaitMs = 10_000, ...options }: WaitOptions,
): Promise<TaskInfo> {
  const deadline = transport.now() + timeoutMs
  for (let wait = firstWaitMs; ; wait = Math.min(wait * GROWTH, longestWaitMs)) {
    const { taskInfo } = await client.queryBatchProvisioning({ taskId, pageSize: 1 }, options)
    onProgress?.(taskInfo)
    if (taskInfo.status === taskStatuses.done || taskInfo.status === taskStatuses.failed) return taskInfo
    const left = deadline - transport.now()
    if (left <= 0) throw timeout(taskId, taskInfo, timeoutMs)
    await transport.sleep(Math.min(wait, left), options.signal)
  }
}

function timeout(taskId: string, { status, totalCount }: TaskInfo, timeoutMs: number): TimeoutError {
  return new TimeoutError(
    `Task ${taskId} of ${totalCount} users has status ${status} after ${timeoutMs} ms. It goes on: wait again with the same id.`,
    {
      operation: queryBatchProvisioning.operationId,
      evidence: evidenceOf({ operation: queryBatchProvisioning }),
    },
  )
}
