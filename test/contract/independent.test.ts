import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractReport, runContract } from '../../src/contract/index.ts'
import { runs } from '../support/judge.ts'
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
    for (const file of ['independent-server.ts', 'independent-door.ts', 'independent-organisation.ts']) {
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

/** Every fifth in each run of the suite, all where judges are required. */
const every = runs(5, 1)

describe('a server that keeps to the pages with manners of its own', () => {
  it.each(habits.filter((_, at) => at % every === 0))('%s, and is not blamed', async (_, manners) => {
    const server = await startIndependentServer(manners)
    try {
      const { checks, summary } = await runContract({
        target: server.url,
        credentials: account,
        allowWrites: true,
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, Math.min(ms, 10))),
      }).report()
      const blamed = checks.filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
      expect(blamed.map(({ id, expected, got, reason }) => ({ id, expected, got, reason }))).toEqual([])
      expect(summary.pass).toBeGreaterThan(80)
      expect(summary.requests).toBeLessThan(260)
    } finally {
      await server.close()
    }
  })
})
