import { describe, expect, it } from 'vitest'
import {
  type ContractReport,
  diffReports,
  diffText,
  runContract,
  toAnnotations,
  toHtml,
  toJsonReport,
  toJunit,
  toPretty,
  toStepSummary,
} from '../../src/contract/index.ts'
import { toReadings } from '../../src/spec/readings.ts'
import { mockRun, runAgainstMock } from '../support/contract.ts'

const canaries = {
  appId: 'canary-app-id-1"<&',
  appSecret: 'canary-app-secret-2',
  userId: '9876543210123456789',
  accessToken: 'canary-access-token/4+',
  appAccessToken: 'canary-app-token-5',
}

/** Lets every answer repeat whatever was sent and whatever is secret, and be wrong. */
async function leakyReport(): Promise<ContractReport> {
  const options = mockRun()
  const secrets = Object.values(canaries)
  return runContract({
    ...options,
    credentials: canaries,
    fetch: async (request) => {
      const echo = [...request.headers].map(([name, value]) => `${name}: ${value}`)
      const body = {
        list: [{ name: secrets.join(), password: 'p' }],
        code: 0,
        msg: [...secrets, ...echo].join(' '),
        data: 5,
      }
      return new Response(JSON.stringify(body), {
        headers: {
          'content-type': 'application/json',
          'x-echo': encodeURIComponent(secrets.join()),
          'set-cookie': 'a=canary-app-secret-2',
        },
      })
    },
  }).report()
}

const reporters = { toHtml, toJunit, toJsonReport, toAnnotations, toStepSummary, toPretty } as const

describe('every reporter', () => {
  it.each(Object.entries(reporters))('%s shows violations, and no secret in any spelling', async (_, reporter) => {
    const report = await leakyReport()
    expect(report.summary.violation).toBeGreaterThan(5)
    const text = reporter(report)
    expect(text).toContain('list-users.')
    for (const secret of Object.values(canaries)) {
      for (const spelling of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
        expect(text).not.toContain(spelling)
      }
    }
    expect(text).not.toContain('canary')
  })

  it.each(Object.entries(reporters))('%s copes with a run that found nothing wrong', async (_, reporter) => {
    expect(reporter(await runAgainstMock({}, { only: ['list-users.answers'] }))).not.toContain('undefined')
  })
})

describe('what a report says of an answer that is no envelope', () => {
  it('shows no beginning of a secret either, where a long text is cut', async () => {
    for (let filler = 90; filler < 122; filler += 1) {
      const fetch = async () =>
        new Response(`${'x'.repeat(filler)}${canaries.appSecret} and more of the text behind it, too`)
      const { stopped = '' } = await runContract({ ...mockRun(), credentials: canaries, fetch }).report()
      expect(stopped).not.toContain('canary-')
    }
  })
})

describe('the HTML report', () => {
  it('needs nothing from elsewhere and lets no text of the target become markup', async () => {
    const options = mockRun()
    const report = await runContract({
      ...options,
      only: ['list-users'],
      fetch: async () => new Response('{"code":0,"msg":"</script><script>alert(1)</script>","list":5}'),
    }).report()
    const html = toHtml(report)
    expect(html).not.toContain('<script>alert')
    expect(html).not.toMatch(/(?:src|href)="(?!#)/)
    for (const { id, clause } of report.checks) {
      expect(html).toContain(`id="${id}"`)
      expect(html).toContain(clause.replaceAll("'", '&#39;'))
    }
  })
})

describe('the JUnit report', () => {
  it('counts what it holds', async () => {
    const report = await leakyReport()
    const xml = toJunit(report)
    const count = (pattern: RegExp) => [...xml.matchAll(pattern)].length
    expect(count(/<failure /g)).toBe(report.summary.violation)
    expect(count(/<skipped /g)).toBe(report.summary.skip)
    expect(count(/<testcase /g)).toBeGreaterThanOrEqual(report.summary.checks)
    expect(xml).toContain('repeat it with:')
  })
})

describe('the annotations', () => {
  it('are one line each, whatever the target writes', async () => {
    const code = '7\r\n::error title=forged::100%'
    const fetch = async () => new Response(JSON.stringify({ code, msg: '', list: [] }), { status: 500 })
    const text = toAnnotations(await runContract({ ...mockRun(), fetch, only: ['list-users'] }).report())
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^::(?:error|warning|notice) title=[\w.-]+::/)
    expect(text).toContain('7%0D%0A::error title=forged::100%25')
    expect(text).not.toContain('\r')
  })
})

describe('the terminal', () => {
  it('gets a summary that fits its screen, however many violations there are', async () => {
    expect(toPretty(await leakyReport()).split('\n').length).toBeLessThanOrEqual(25)
  })

  it('is not steered by what the target writes', async () => {
    const fetch = async () =>
      new Response(JSON.stringify({ code: '7\u001b[2J\r\n', msg: '', list: [] }), { status: 500 })
    const text = toPretty(await runContract({ ...mockRun(), fetch, only: ['list-users'] }).report())
    expect(text).toContain('code 7\\x1b[2J\\r\\n\n')
    expect(text).not.toMatch(/[^\P{Cc}\n]/u)
  })

  it('gets prose that is broken between words, its lines below each other, and commands in one line', async () => {
    const report = await runAgainstMock({ mutant: 'list-users.limit-ignored' }, { only: ['list-users.pages-join'] })
    expect(toPretty(report, undefined, 60).replace(/in [\d.]+ s/, 'in 0.0 s')).toBe(
      `http://127.0.0.1: all 1 checks ran, 1 violation
violation  list-users.pages-join  Listing Users
           (2024-07-30), Table 1, offset
    expected pages offset=0 and offset=7 of limit=7 to hold
             the first 14 records of offset=0&limit=100, in
             the same order
    got      200 records
    why      Otherwise a synchronisation that reads page by
             page misses users or counts them twice.
    ${report.checks[0]?.curl}

1 check: 1 violation
${report.summary.requests} requests in 0.0 s
readings: 0 seen, ${Object.keys(report.undetermined).length} not; --readings-out FILE teaches them to the mock
`,
    )
  })
})

describe('the JSON report', () => {
  it('holds readings that the mock loads', async () => {
    const { readings } = await runAgainstMock({ readings: { 'code-type': 'string' } })
    expect(toReadings(readings)['code-type']).toBe('string')
  })
})

describe('the difference of two reports', () => {
  it('is nothing for the same endpoint, whatever ids and times', async () => {
    const changes = diffReports(await runAgainstMock(), await runAgainstMock({ seed: 7 }, { random: () => 0.9 }))
    expect([changes, diffText(changes)]).toEqual([[], 'Nothing changed.\n'])
  })

  it('names the readings and the checks that changed', async () => {
    const only = ['list-users']
    const before = await runAgainstMock({}, { only })
    const after = await runAgainstMock(
      { readings: { 'user-list-key': 'data' }, mutant: 'list-users.limit-ignored' },
      { only },
    )
    const ids = diffReports(before, after).map(({ id }) => id)
    expect(ids).toContain('user-list-key')
    expect(ids).toContain('list-users.page-size')
  })
})
