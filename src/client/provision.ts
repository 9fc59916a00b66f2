import { errorEntry } from '../spec/errors.ts'
import { limits } from '../spec/limits.ts'
import type { Client } from './create-client.ts'
import type { NewUser, ProvisionedUser, RegisterRow } from './types.ts'
import type { WaitOptions } from './wait-for-task.ts'

/** How to provision. */
export interface ProvisionOptions extends WaitOptions {
  /** Users of one task, 1 to 1,000. Default 1,000. */
  readonly chunkSize?: number | undefined
  /** Called with the outcomes of each task once it has ended: what is safe when a later one fails. */
  readonly onChunk?: ((outcomes: readonly ProvisionedUser[]) => void) | undefined
}

const EXISTS = String(errorEntry('userExists').code)

/**
 * Provisions users: one task after the other, each submitted once, waited for and read to its last row. When a task
 * cannot be submitted for sure, AmbiguousWriteError says so; submitting the rest again is safe.
 */
export async function provision(
  client: Pick<Client, 'createBatchProvisioningTask' | 'waitForTask' | 'registerList'>,
  users: readonly NewUser[],
  { chunkSize = limits.userListMax, onChunk, ...options }: ProvisionOptions,
): Promise<readonly ProvisionedUser[]> {
  const size = Math.min(Math.max(1, Math.floor(chunkSize)), limits.userListMax)
  const outcomes: ProvisionedUser[] = []
  for (let from = 0; from < users.length; from += size) {
    const chunk = users.slice(from, from + size)
    const { signal } = options
    const taskId = await client.createBatchProvisioningTask(chunk, { signal })
    await client.waitForTask(taskId, options)
    const rows: RegisterRow[] = []
    for await (const row of client.registerList(taskId, { signal })) rows.push(row)
    const settled = matched(chunk, rows, taskId)
    onChunk?.(settled)
    outcomes.push(...settled)
  }
  return outcomes
}

/** Gives each user its row: by phone, and among rows of one phone in order. A task that failed may have fewer rows. */
function matched(users: readonly NewUser[], rows: readonly RegisterRow[], taskId: string): ProvisionedUser[] {
  const byPhone = new Map<string, RegisterRow[]>()
  for (const row of rows) byPhone.set(row.phone, [...(byPhone.get(row.phone) ?? []), row])
  return users.map((user) => {
    const row = byPhone.get(user.phone)?.shift()
    return { user, taskId, outcome: outcomeOf(row), userId: row?.userId, code: row?.code, reason: row?.reason }
  })
}

function outcomeOf(row: RegisterRow | undefined): ProvisionedUser['outcome'] {
  if (row === undefined) return 'unknown'
  if (row.code === EXISTS) return 'existing'
  return row.code === undefined ? 'created' : 'failed'
}
