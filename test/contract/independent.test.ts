import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContractReport, runContract } from '../../src/contract/index.ts'
import { account } from './independent-organisation.ts'
import { startIndependentServer } from './independent-server.ts'

describe('a server that keeps to the pages in its own way', () => {
  let server: Awaited<ReturnType<typeof startIndependentServer>>
  let report: ContractReport
  beforeAll(async () => {
    server = await startIndependentServer()
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
