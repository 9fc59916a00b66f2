import { bindingEvidence, probesOf } from '../../contract/check.ts'
import { promises } from '../../contract/explore/model.ts'
import { type ContractOptions, exploreContract, runContract, checks as suite } from '../../contract/index.ts'
import { createMock } from '../../mock/create-mock.ts'
import { managementAreas } from '../../mutants/mutant.ts'
import { findMutant } from '../../mutants/mutants.ts'
import type { Operation } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import { parseIso } from '../../world/instant.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import type { TableCheck } from './kill-table.ts'

/** `contract --explore` as the table names it: what it finds are differences from what the pages promise across calls. */
const exploration: TableCheck = {
  id: 'explore',
  level: 'MUST',
  source: Object.values(promises)
    .map(({ source }) => source)
    .join('; '),
}

export const checks: readonly TableCheck[] = [...suite, exploration]

/** No request leaves the process: the address only has to be loopback, so that writes need no confirmation. */
const TARGET = 'http://localhost'
const NOW = parseIso('2026-04-16T08:00:00Z') ?? 0
/** Slow enough that a task is seen while it runs; the waiting costs nothing. */
const ROWS_PER_SECOND = 4
/** Half of the time went into diagnoses of refused signatures. */
const NOBODY_READS = { maxJournal: 0, debugHeaders: false, control: false } as const
/** An upload of users, and another one twice: its users exist by then. */
const UPLOADS = ['1215216', '1215215', '1215215']
const IMPORTED_MS = 2000
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
  const isMeeting = mutant?.startsWith('concurrency.') === true
  return isMeeting
    ? explored(mutant)
    : judged(
        mutant,
        only.filter((id) => id !== exploration.id),
      )
}

const ids = (some: readonly { readonly id: string }[]): string[] => some.map(({ id }) => id)
const isManagement = ({ operation }: (typeof suite)[number]): boolean =>
  operations.some(
    ({ operationId, id }) => operationId === operation && (managementAreas as readonly string[]).includes(id),
  )

/** Whether judging a check sends something to an operation: only then can it see what that gets wrong. */
const isAsked = (check: (typeof suite)[number], { path, method }: Operation): boolean =>
  probesOf(check, true).some(({ requests }) => requests.some((one) => one.path === path && one.method === method))

/**
 * The checks that can see a mutant, those that are most likely to first; further ones only run when these let it pass.
 * What the reference pages say is judged by all the checks of theirs.
 */
function stagesFor(mutant: string | undefined): readonly (readonly string[])[] {
  if (mutant === undefined) return [[]]
  const { area } = findMutant(mutant)
  const own = (operations as readonly Operation[]).find(({ id }) => id === area)
  const reference = suite.filter((check) => !isManagement(check))
  if (own === undefined) return [ids(reference)]
  if (!(managementAreas as readonly string[]).includes(area)) {
    return [ids(reference.filter((check) => check.operation === 'all' || isAsked(check, own)))]
  }
  const first = suite.filter(({ operation }) => operation === own.operationId)
  const then = suite.filter((check) => isManagement(check) && !first.includes(check) && isAsked(check, own))
  return [ids(first), ids(then)].filter(({ length }) => length > 0)
}

async function judged(mutant: string | undefined, only: readonly string[]): Promise<Found> {
  if (only.length > 0) return judgedBy(mutant, only)
  const noticedBy: TableCheck[] = []
  for (const stage of stagesFor(mutant)) {
    const found = await judgedBy(mutant, stage)
    noticedBy.push(...found.noticedBy)
    if (found.caughtBy.length > 0 || isEnough(mutant, noticedBy)) return { caughtBy: found.caughtBy, noticedBy }
  }
  return { caughtBy: [], noticedBy }
}

/** What no document forbids is only noticed; another operation that stumbles over it proves nothing more. */
const isEnough = (mutant: string | undefined, noticedBy: readonly TableCheck[]): boolean =>
  mutant !== undefined && noticedBy.length > 0 && bindingEvidence(findMutant(mutant).clause) === 'inferred'

async function judgedBy(mutant: string | undefined, only: readonly string[]): Promise<Found> {
  const run = runContract({ ...against(mutant), only })
  const caughtBy: TableCheck[] = []
  const noticedBy: TableCheck[] = []
  for await (const { id, level, source, verdict } of run) {
    if (verdict === 'violation') caughtBy.push({ id, level, source })
    if (verdict === 'notice') noticedBy.push({ id, level, source })
  }
  return { caughtBy, noticedBy }
}

/** Sequences after which a mutant counts as not found; the seed makes them the same every time. */
const SEQUENCES = 400

async function explored(mutant: string): Promise<Found> {
  const { found } = await exploreContract({
    ...against(mutant),
    seconds: 120,
    seed: 1,
    maxSequences: SEQUENCES,
    maxRequests: 50_000,
  })
  return { caughtBy: found === undefined ? [] : [exploration], noticedBy: [] }
}

/** Numbers in [0, 1), the same for every run: each sequence of an exploration needs names of its own. */
function drawing(): () => number {
  let last = 1
  return () => {
    last = (last * 48_271) % 2_147_483_647
    return last / 2_147_483_647
  }
}

/** A mock in process, and how to call it. */
function against(mutant: string | undefined): ContractOptions {
  const mock = createMock({ mutant, now: NOW, speed: ROWS_PER_SECOND, ...NOBODY_READS })
  const sandbox = mock.world.get(DEFAULT_SANDBOX)
  const now = () => sandbox?.clock.now() ?? NOW
  const wait = (ms: number) => sandbox?.execute('set-clock', { now: now() + Math.ceil(ms), frozen: true, rate: 1 })
  // Nothing of the API can import: whoever looks at the result of an import finds those of the past.
  for (const resultId of UPLOADS) sandbox?.execute('create-import-task', { resultId, by: undefined })
  wait(IMPORTED_MS)
  const { appId, appSecret, userId, tokens } = mock.credentials
  return {
    target: TARGET,
    credentials: {
      appId,
      appSecret,
      userId,
      accessToken: tokens.admin,
      appAccessToken: tokens.app,
      authCode: mock.defaultSandbox.authCodes.issue('admin').code,
    },
    allowWrites: true,
    keep: true,
    maxRequests: MAX_REQUESTS,
    fetch: mock.fetch,
    now,
    random: drawing(),
    sleep: async (ms) => {
      wait(ms)
    },
  }
}
