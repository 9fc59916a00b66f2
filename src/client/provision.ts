import { errorEntry } from '../spec/errors.ts'
import { limits } from '../spec/limits.ts'
import { taskStatuses } from '../spec/operations/query-batch-provisioning.ts'
import { type Client, ProvisionReport } from './client.ts'
import { AmbiguousWriteError, ParameterError } from './errors.ts'
import type { ProvisionOptions } from './options.ts'
import type { Transport } from './transport.ts'
import type { NewUser, ProvisionedUser, RegisterRow } from './types.ts'
import { collect } from './wait-for-task.ts'

const FIRST_PAUSE_MS = 2000

type Calls = Pick<Client, 'createBatchProvisioningTask' | 'waitForTask' | 'registerList'>
type Clock = Pick<Transport, 'now' | 'sleep'>

const EXISTS = String(errorEntry('userExists').code)

/** What is known of the users of a chunk, and what ended the run if anything did. */
interface Settled {
  readonly outcomes: readonly ProvisionedUser[]
  readonly stopped: unknown
}

/**
 * Provisions users, one task after the other, and accounts for each. A lost answer is made up for by submitting the
 * same users again: the service skips whoever exists by then and names the user.
 *
 * @throws KooDriveError, or the reason of the signal, only while nothing can have taken effect.
 */
export async function provision(
  client: Calls,
  clock: Clock,
  users: readonly NewUser[],
  { chunkSize = limits.userListMax, onChunk, ...options }: ProvisionOptions,
): Promise<ProvisionReport> {
  const size = Math.min(Math.max(1, Math.floor(chunkSize)), limits.userListMax)
  const rows: ProvisionedUser[] = []
  let stopped: unknown
  for (let from = 0; from < users.length && stopped === undefined; from += size) {
    const chunk = users.slice(from, from + size)
    const settled = await settleChunk(client, clock, chunk, options).catch((error: unknown): Settled => {
      if (from === 0) throw error
      const goesOn = error instanceof ParameterError
      return { outcomes: chunk.map((user) => refused(user, error)), stopped: goesOn ? undefined : error }
    })
    onChunk?.(settled.outcomes)
    rows.push(...settled.outcomes)
    stopped = settled.stopped
  }
  const unsent = users.slice(rows.length).map((user) => refused(user, stopped, 'Not submitted, the run ended before: '))
  return new ProvisionReport([...rows, ...unsent], stopped)
}

/** @throws whatever refused the first submission for sure. */
async function settleChunk(
  client: Calls,
  clock: Clock,
  users: readonly NewUser[],
  { attempts = 3, ...options }: Omit<ProvisionOptions, 'chunkSize' | 'onChunk'>,
): Promise<Settled> {
  let outcomes: readonly ProvisionedUser[] = []
  let isLost = false
  let taskId: string | undefined
  for (let attempt = 1; ; attempt += 1) {
    const isOpen = users.map((_, at) => (outcomes[at]?.outcome ?? 'unknown') === 'unknown')
    const submitted = users.filter((_, at) => isOpen[at])
    /** Puts what became of the submitted users in the place of what was known of them. */
    const learn = (news: readonly ProvisionedUser[]): void => {
      const next = news[Symbol.iterator]()
      outcomes = users.map(
        (user, at) => (isOpen[at] ? next.next().value : outcomes[at]) ?? unknown(user, undefined, ''),
      )
    }
    try {
      if (attempt > 1) await clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 2), options.signal)
      taskId = await client.createBatchProvisioningTask(submitted, { signal: options.signal })
    } catch (error) {
      isLost ||= error instanceof AmbiguousWriteError
      if (attempt === 1 && !isLost) throw error
      learn(submitted.map((user) => unknown(user, taskId, error)))
      const goesOn = error instanceof AmbiguousWriteError && options.signal?.aborted !== true && attempt < attempts
      if (goesOn) continue
      return { outcomes, stopped: error }
    }
    const { rows, status, failure } = await collect(client, clock, taskId, options)
    const why = failure ?? `Task ${taskId} ended with status ${status} and has no row for this user`
    learn(
      matched(submitted, rows, taskId, isLost).map((one) =>
        one.outcome === 'unknown' ? unknown(one.user, taskId, why) : one,
      ),
    )
    // A task that is done has nothing to say about the rows it lacks; submitting them again would not change that.
    const isSettled = outcomes.every(({ outcome }) => outcome !== 'unknown') || status === taskStatuses.done
    if (isSettled || failure !== undefined || attempt >= attempts) return { outcomes, stopped: failure }
  }
}

/** Gives each user its row: by phone, and among rows of one phone in order. A task that failed may have fewer rows. */
function matched(
  users: readonly NewUser[],
  rows: readonly RegisterRow[],
  taskId: string,
  isLost: boolean,
): ProvisionedUser[] {
  const byPhone = new Map<string, RegisterRow[]>()
  for (const row of rows) byPhone.set(row.phone, [...(byPhone.get(row.phone) ?? []), row])
  return users.map((user) => {
    const row = byPhone.get(user.phone)?.shift()
    const outcome = outcomeOf(row)
    const known = { user, taskId, outcome, userId: row?.userId, code: row?.code, reason: row?.reason }
    return outcome === 'existing' && isLost ? { ...known, maybeCreated: true } : known
  })
}

function outcomeOf(row: RegisterRow | undefined): ProvisionedUser['outcome'] {
  if (row === undefined) return 'unknown'
  if (row.code === EXISTS) return 'existing'
  return row.code === undefined ? 'created' : 'failed'
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** Nothing was created for this user: the service said so, or was not asked. */
const refused = (user: NewUser, error: unknown, prefix = ''): ProvisionedUser => ({
  ...{ user, taskId: undefined, outcome: 'failed', userId: undefined },
  ...{ code: codeOf(error), reason: prefix + textOf(error) },
})

const unknown = (user: NewUser, taskId: string | undefined, why: unknown): ProvisionedUser => ({
  ...{ user, taskId, outcome: 'unknown', userId: undefined, code: codeOf(why) },
  reason: `${textOf(why)}${/[.!]$/.test(textOf(why)) ? '' : '.'} Provision this user again: whoever exists by then is skipped.`,
})
