import { describe, expect, it } from 'vitest'
import { runContract } from '../../src/contract/index.ts'
import { inProcess, NOW } from '../support/targets.ts'

describe('the suite against the mock', () => {
  it('finds no violation under the default readings', async () => {
    const { mock, fetch } = inProcess({ maxJournal: 0 })
    const { appId, appSecret, userId, tokens } = mock.credentials
    const sandbox = mock.world.get('default')
    const now = () => sandbox?.clock.now() ?? NOW
    const run = runContract({
      target: 'http://127.0.0.1',
      credentials: { appId, appSecret, userId, accessToken: tokens.admin, appAccessToken: tokens.app },
      fetch,
      now,
      allowWrites: true,
      sleep: async (ms) => {
        sandbox?.execute('set-clock', { now: now() + Math.ceil(ms), frozen: true, rate: 1 })
      },
    })
    const { checks, summary, outcome } = await run.report()
    const bad = checks.filter(({ verdict }) => verdict !== 'pass')
    expect(bad.map(({ id, verdict, expected, got, reason }) => ({ id, verdict, expected, got, reason }))).toEqual([])
    expect(outcome).toBe('conforms')
    expect(summary.checks).toBeGreaterThan(10)
  })
})
