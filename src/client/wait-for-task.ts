import { queryBatchProvisioning, taskStatuses } from '../spec/operations/query-batch-provisioning.ts'
import type { Client } from './client.ts'
import { NetworkError, ProtocolError, ServerError, ThrottledError, TimeoutError } from './errors.ts'
import type { WaitOptions } from './options.ts'
import type { Transport } from './transport.ts'
import type { RegisterRow, TaskInfo } from './types.ts'
import { evidenceOf } from './wire.ts'

const GROWTH = 1.5
const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

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

/** The rows of a task as far as they are known. */
interface Collected {
  readonly rows: readonly RegisterRow[]
  /** Status that the task ended with; undefined when that was not seen. */
  readonly status: string | undefined
  /** Why the end or the rows were not seen. */
  readonly failure: unknown
}

/** Failures that say nothing about the task: it goes on, and so does whoever waits for it. */
const passes = (error: unknown): boolean =>
  error instanceof NetworkError ||
  error instanceof ServerError ||
  error instanceof ThrottledError ||
  error instanceof ProtocolError

/**
 * Waits for a task and reads its rows, through outages, until the time that was given is over. Never rejects: the task
 * exists, so what is known of it must not be lost.
 */
export async function collect(
  client: Pick<Client, 'waitForTask' | 'registerList'>,
  clock: Pick<Transport, 'now' | 'sleep'>,
  taskId: string,
  { timeoutMs = 600_000, ...options }: WaitOptions,
): Promise<Collected> {
  const deadline = clock.now() + timeoutMs
  let status: string | undefined
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      const left = Math.max(0, deadline - clock.now())
      status ??= (await client.waitForTask(taskId, { ...options, timeoutMs: left })).status
      return { rows: await rowsOf(client, taskId, options), status, failure: undefined }
    } catch (error) {
      const isOver = options.signal?.aborted === true || !passes(error) || clock.now() >= deadline
      if (isOver) {
        const rows = error instanceof TimeoutError ? await rowsOf(client, taskId, options).catch(() => []) : []
        return { rows, status, failure: error }
      }
    }
    // An abort ends the pause; the next look at the task tells.
    await clock.sleep(pause, options.signal).catch(() => undefined)
  }
}

async function rowsOf(
  client: Pick<Client, 'registerList'>,
  taskId: string,
  { signal, traceId }: WaitOptions,
): Promise<RegisterRow[]> {
  const rows: RegisterRow[] = []
  for await (const row of client.registerList(taskId, { signal, traceId })) rows.push(row)
  return rows
}
