import { checks, runContract } from '../../contract/index.ts'
import { createMock } from '../../mock/create-mock.ts'
import { parseIso } from '../../world/instant.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import type { TableCheck } from './kill-table.ts'

export { checks }

/** No request leaves the process: the address only has to be loopback, so that writes need no confirmation. */
const TARGET = 'http://localhost'
const NOW = parseIso('2026-04-16T08:00:00Z') ?? 0
/** Slow enough that a task is seen while it runs; the waiting costs nothing. */
const ROWS_PER_SECOND = 4
/** Half of the time went into diagnoses of refused signatures. */
const NOBODY_READS = { maxJournal: 0, debugHeaders: false, control: false } as const
/** Mutants that never end a page or a task make the suite ask more often than usual. */
const MAX_REQUESTS = 2000

/** What the suite found: violations, and notices for what only we infer. */
export interface Found {
  readonly caughtBy: readonly TableCheck[]
  readonly noticedBy: readonly TableCheck[]
}

/** The checks that found a violation. */
export const violations = async (mutant: string | undefined, only: readonly string[] = []) =>
  (await findings(mutant, only)).caughtBy

/**
 * Runs the whole suite in process against a mock, or a mutant of it. Whoever waits moves the virtual clock instead, so
 * nobody waits.
 *
 * @param only ids of the checks to run; all when empty.
 */
export async function findings(mutant: string | undefined, only: readonly string[] = []): Promise<Found> {
  const mock = createMock({ mutant, now: NOW, speed: ROWS_PER_SECOND, ...NOBODY_READS })
  const sandbox = mock.world.get(DEFAULT_SANDBOX)
  const now = () => sandbox?.clock.now() ?? NOW
  const { appId, appSecret, userId, tokens } = mock.credentials
  const run = runContract({
    target: TARGET,
    credentials: { appId, appSecret, userId, accessToken: tokens.admin, appAccessToken: tokens.app },
    allowWrites: true,
    only,
    maxRequests: MAX_REQUESTS,
    fetch: mock.fetch,
    now,
    random: () => 0.5,
    sleep: async (ms) => {
      sandbox?.execute('set-clock', { now: now() + Math.ceil(ms), frozen: true, rate: 1 })
    },
  })
  const caughtBy: TableCheck[] = []
  const noticedBy: TableCheck[] = []
  for await (const { id, level, source, verdict } of run) {
    if (verdict === 'violation') caughtBy.push({ id, level, source })
    if (verdict === 'notice') noticedBy.push({ id, level, source })
  }
  return { caughtBy, noticedBy }
}
