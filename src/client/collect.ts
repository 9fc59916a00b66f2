import type { Client } from './client.ts'
import { NetworkError, ProtocolError, ServerError, ThrottledError, TimeoutError } from './errors.ts'
import type { WaitOptions } from './options.ts'
import type { Transport } from './transport.ts'
import type { RegisterRow } from './types.ts'

/** The rows of a task as far as they are known. */
export interface Collected {
  readonly rows: readonly RegisterRow[]
  /** Status that the task ended with; undefined when that was not seen. */
  readonly status: string | undefined
  /** Why the end or the rows were not seen. */
  readonly failure: unknown
}

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 30_000

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
