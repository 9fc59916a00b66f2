import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractReport, runContract } from '../../src/contract/index.ts'
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
    for (const file of ['independent-server.ts', 'independent-organisation.ts']) {
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

  it('takes fewer than 150 requests and less than 10 s', () => {
    expect(report.summary.requests).toBeLessThan(150)
    expect(report.durationMs).toBeLessThan(10_000)
  })
})

const quick: Partial<Manners> = { rowMs: 0.001, startMs: 5 }

describe('a server that keeps to the pages with manners of its own', () => {
  it.each([
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
    ['takes Bearer with a blank and the bare token', { ...quick, token: /^(?:Bearer )?(\w[\w-]+)$/ }],
    ['belongs to an organisation that grows while it is asked', { ...quick, isCrowded: true }],
    ['shows + as 00', { ...quick, normalisesPhones: true }],
  ] as const satisfies readonly (readonly [string, Partial<Manners>])[])(
    '%s, and is not blamed',
    async (_, manners) => {
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
        expect(summary.pass).toBeGreaterThan(100)
        expect(summary.requests).toBeLessThan(220)
      } finally {
        await server.close()
      }
    },
  )
})
