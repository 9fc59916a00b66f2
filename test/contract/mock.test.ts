import { describe, expect, it } from 'vitest'
import { runAgainstMock } from '../support/contract.ts'

describe('the suite against the mock', () => {
  it('finds no violation under the default readings', async () => {
    const { checks, summary, outcome } = await runAgainstMock()
    const bad = checks.filter(({ verdict }) => verdict !== 'pass')
    expect(bad.map(({ id, verdict, expected, got, reason }) => ({ id, verdict, expected, got, reason }))).toEqual([])
    expect(outcome).toBe('conforms')
    expect(summary.checks).toBeGreaterThan(10)
  })
})
