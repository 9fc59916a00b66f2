import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractReport, runContract } from '../../src/contract/index.ts'
import { runs } from '../support/judge.ts'
import type { OfficeManners } from './independent-office.ts'
import { account, type Manners } from './independent-organisation.ts'
import { startIndependentServer } from './independent-server.ts'

describe('a server that keeps to the pages in its own way', () => {
  let server: Awaited<ReturnType<typeof startIndependentServer>>
  let report: ContractReport
  beforeAll(async () => {
    server = await startIndependentServer({ rowMs: 1 })
    report = await runContract({ target: server.url, credentials: account, allowWrites: true }).report()
  }, 60_000)
  afterAll(() => server.close())

  it('shares no code with the mock', () => {
    const files = ['server', 'door', 'organisation', 'office', 'stores'].map((name) => `independent-${name}.ts`)
    for (const file of files) {
      const text = readFileSync(new URL(file, import.meta.url), 'utf8')
      for (const [, from] of text.matchAll(/from '([^']+)'/g)) expect(from).toMatch(/^(?:node:|\.\/independent-)/)
    }
  })

  it('violates nothing', () => {
    const bad = report.checks.filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
    expect(bad.map(({ id, expected, got, reason }) => ({ id, expected, got, reason }))).toEqual([])
    expect(report.outcome).toBe('conforms')
  })

  it('is told which of its fields no page lists', () => {
    const notices = report.checks
      .filter(({ verdict }) => verdict === 'notice')
      .map(({ id, reason = '' }) => `${id}: ${reason}`)
    for (const field of ['nickname', 'region', 'startedBy', 'costMs']) expect(notices.join('\n')).toContain(field)
  })

  it('takes fewer than 250 requests', () => {
    expect(report.summary.requests).toBeLessThan(250)
  })
})

const quick: Partial<Manners> = { rowMs: 0.001, startMs: 5 }

const habits = [
  ['has tasks that take minutes', { rowMs: 60_000, startMs: 0 }],
  ['keeps tasks waiting for ever', { startMs: 1e9 }],
  ['finds a task only after a moment', { ...quick, findsJobsAfter: 3 }],
  ['lists new users only after a moment', { ...quick, listsPeopleAfter: 3 }],
  ['writes null and code 0 where others write nothing', { ...quick, saysNothingAsNull: true }],
  ['shows counts and rows only at the end', { ...quick, startMs: 60, tellsAtTheEnd: true }],
  ['refuses a whole batch for one bad row', { ...quick, refusesWholeBatches: true }],
  ['provisions only phones of real countries', { ...quick, knowsCountries: true }],
  ['refuses without a body where no page names one', { ...quick, refusesWithoutBody: true }],
  ['takes a number for a text', { ...quick, takesNumbersForTexts: true }],
  ['stands behind a gateway that is busy now and then', { ...quick, busyEvery: 7 }],
  ['takes Bearer with a space and the bare token', { ...quick, token: /^(?:Bearer )?(\w[\w-]+)$/ }],
  ['belongs to an organisation that grows while it is asked', { ...quick, isCrowded: true }],
  ['shows + as 00', { ...quick, normalisesPhones: true }],
  ['numbers its departments one after the other', { ...quick, departments: 'consecutive' }],
  ['has short ids of departments', { ...quick, departments: 'short' }],
  ['has one department only', { ...quick, departments: 'one' }],
  ['has departments of one name', { ...quick, departments: 'namesakes' }],
  ['has nobody in its root department', { ...quick, departments: 'empty-root' }],
  ['has no user but the caller', { ...quick, staff: 0 }],
  ['has ten thousand users', { ...quick, staff: 10_000 }],
  ['has a page of users and a few', { ...quick, staff: 107 }],
  ['answers slowly', { ...quick, slowMs: 25 }],
  ['has a clock that is 30 s ahead', { ...quick, clockMs: 30_000 }],
  ['has a clock that is 30 s behind', { ...quick, clockMs: -30_000 }],
  ['has a clock that is five minutes ahead', { ...quick, clockMs: 300_000 }],
  ['has a clock that is five minutes behind', { ...quick, clockMs: -300_000 }],
  ['has users who leave while it is asked', { ...quick, shrinks: true, staff: 200 }],
  ['stands behind a gateway that adds headers', { ...quick, gateway: 'headers' }],
  ['answers in gzip', { ...quick, gateway: 'gzip' }],
  ['answers in chunks', { ...quick, gateway: 'chunks' }],
  ['begins its answers with a byte order mark', { ...quick, gateway: 'mark' }],
  ['has further fields everywhere', { ...quick, isTalkative: true }],
  ['speaks English only', { ...quick, speaksEnglishOnly: true }],
  ['takes an absent signed header for an empty one', { ...quick, signsAbsentHeaders: true }],
  ['does not look at who X-User-Id is', { ...quick, knowsEveryCaller: true }],
  ['takes what is out of range for the nearest value', { ...quick, clamps: true }],
  ['gives spaces of any size', { ...quick, givesAnySize: true }],
  ['creates departments on import', { ...quick, createsDepartments: true }],
  ['refuses a verification with a wrong row', { ...quick, verifiesAllOrNothing: true }],
  ['verifies in any department', { ...quick, verifiesAnywhere: true }],
  ['has codes of its own', { ...quick, hasOwnCodes: true }],
  ['lists nobody for an unknown department', { ...quick, knowsEveryDepartment: true }],
  ['answers an unknown task with nothing', { ...quick, knowsEveryTask: true }],
  ['looks at rows when it provisions them', { ...quick, checksRowsLater: true }],
  ['has people without a mobile number', { ...quick, someHaveNoPhone: true }],
  ['finds whole names only', { ...quick, findsWholeNames: true }],
  ['writes surnames first and finds names by their beginning', { ...quick, findsBeginnings: true }],
  ['keeps to the tables where the examples differ', { ...quick, keepsToTables: true }],
  ['lists who is in two departments twice', { ...quick, listsMembershipsTwice: true }],
  ['answers 500 to what it cannot understand', { ...quick, answers500: true }],
  ['gives rows the id of their task', { ...quick, numbersRowsByTask: true }],
  ['counts the bits of a trace id', { ...quick, countsTraceBits: true }],
  ['spells the token in each operation as its page does', { ...quick, spellsTokensByPage: true }],
  ['gives everybody two spaces', { ...quick, spacesEach: 2 }],
  ['sorts by language, and has many users', { ...quick, sortsByLanguage: true, staff: 300 }],
  ['shows nobody a mobile number', { ...quick, hidesNumbers: true }],
  ['has one user, who has no mobile number', { ...quick, hidesNumbers: true, staff: 0 }],
  ['refuses an offset behind the end', { ...quick, refusesBeyondTheEnd: true }],
  ['refuses equal rows, with codes of its own', { ...quick, refusesEqualRows: true, hasOwnCodes: true }],
  ['masks numbers in two ways', { ...quick, masksShortly: true }],
  ['names a next page behind every full one', { ...quick, goesOnAfterFullPages: true }],
  ['skips a phone that exists, whatever its row says', { ...quick, looksForPhonesFirst: true, checksRowsLater: true }],
] as const satisfies readonly (readonly [string, Partial<Manners>])[]

/** The management operations beside the five. */
const offices = [
  ['offers the management operations too', {}],
  ['begins its departments with the root alone', { root: 'alone' }],
  ['names the tenant as the parent of its root', { root: 'below-the-tenant' }],
  ['shows changes only after a while', { showsAfter: 3 }],
  ['answers what is not there with success and nothing', { findsNothing: true }],
  ['keeps its departments', { keepsDepartments: true }],
  ['adds members of its organisation only', { knowsItsMembers: true }],
  ['finds departments by the beginning of a name', { search: 'begins' }],
  ['finds departments by a likeness of names', { search: 'fuzzy' }],
  ['has another order on pages of another limit', { ordersByLimit: true }],
  ['has partial and empty pages of tasks', { partialPages: true }],
  ['tells the result of an import as the table does', { keepsToResultTable: true }],
  ['has a caller who is no user', { caller: 'stranger' }],
  ['tells the department of the caller by its id of OrgID', { caller: 'hex-department' }],
  ['masks the mobile number that is asked for', { mobile: 'masked' }],
  ['masks it without its country', { mobile: 'national' }],
  ['counts direct members', { counts: 'direct' }],
  ['leaves whose things were transferred', { keepsTransferred: true }],
  ['has slow tasks, which it finds late', { taskLooks: 3 }],
  ['has no quota, and no room left', { quota: 'none' }],
  ['tells the allocation of one type', { allocation: 'object' }],
  ['lacks tasks, quotas and updates', { lacks: ['/task', '/service', 'PUT'] }],
] as const satisfies readonly (readonly [string, Partial<OfficeManners>])[]

/** Refuses whatever it refuses in one way, an unknown task and a wrong signature alike. */
const monotonous = [
  [200, 1],
  [400, 77],
  [400, 13000102],
  [404, 77],
  [500, 77],
] as const

/** Every fifth in each run of the suite, all where judges are required. */
const every = runs(5, 1)

/** Runs the kit, with waits of ten milliseconds at most. */
async function blamed(manners: Partial<Manners>, allowWrites = true): Promise<ContractReport> {
  const server = await startIndependentServer(manners)
  try {
    const report = await runContract({
      target: server.url,
      credentials: account,
      allowWrites,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 10))),
    }).report()
    const bad = report.checks.filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
    expect(bad.map(({ id, expected, got, reason }) => ({ id, expected, got, reason }))).toEqual([])
    return report
  } finally {
    await server.close()
  }
}

describe('a server that keeps to the pages with manners of its own', () => {
  it.each(habits.filter((_, at) => at % every === 0))('%s, and is not blamed', async (_, manners) => {
    const { summary } = await blamed(manners)
    expect(summary.pass).toBeGreaterThan(80)
    expect(summary.requests).toBeLessThan(260)
  })

  it.each(offices.filter((_, at) => at % every === 0))('%s, and is not blamed', async (_, office) => {
    const { summary, cleanUp, exitCode } = await blamed({ ...quick, office })
    expect(exitCode).toBe(0)
    expect(summary.pass).toBeGreaterThan(250)
    expect(summary.requests).toBeLessThan(400)
    const isKept = 'keepsDepartments' in office
    expect(cleanUp?.left).toEqual(isKept ? Array.from({ length: 3 }, () => expect.stringContaining('13000999')) : [])
  })

  it.each(monotonous)('answers whatever it refuses with HTTP %i and code %i, and is not blamed', async (...alike) => {
    const manners = { ...quick, office: {}, refusesAlike: alike }
    const written = await blamed(manners)
    expect(written.outcome).toBe('conforms')
    expect(written.checks.find(({ id }) => id === 'authentication.signature.wrong-secret')?.verdict).toBe('pass')
    const read = await blamed(manners, false)
    expect(read.outcome).toBe('conforms')
    const wrong = read.checks.find(({ id }) => id === 'authentication.signature.wrong-secret')
    expect(wrong).toMatchObject({ verdict: 'skip', reason: expect.stringContaining('--allow-writes') })
  })

  it('is blamed where it lets any signature in, although it refuses everything alike', async () => {
    const server = await startIndependentServer({ ...quick, refusesAlike: [400, 77], letsAnySignatureIn: true })
    const { checks } = await runContract({ target: server.url, credentials: account, allowWrites: true }).report()
    await server.close()
    const wrong = checks.find(({ id }) => id === 'authentication.signature.wrong-secret')
    expect(wrong?.verdict).toBe('violation')
  })

  it.each([
    [60, true],
    [60, false],
    [200, true],
  ])('is not blamed when its token expires after %i requests, writes allowed: %s', async (tokenLasts, allowWrites) => {
    const report = await blamed({ ...quick, office: {}, tokenLasts }, allowWrites)
    expect(report).toMatchObject({ outcome: 'authentication-failed', exitCode: 3 })
    expect(report.headline).toContain('it has expired')
  })

  it('tells a wrong AppSecret from a habit where it may write', async () => {
    const server = await startIndependentServer({ ...quick, refusesAlike: [400, 77] })
    const { appSecret: _, ...rest } = account
    const credentials = { ...rest, appSecret: 'another' }
    const report = await runContract({ target: server.url, credentials, allowWrites: true }).report()
    await server.close()
    expect(report).toMatchObject({ outcome: 'authentication-failed', exitCode: 3 })
  })
})
