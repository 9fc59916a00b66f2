import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readingEntry, readingIds } from '../../src/spec/readings.ts'
import { runAgainstMock } from '../support/contract.ts'
import { runs } from '../support/judge.ts'

/** Any combination of answers to all readings. */
const anyReadings = fc.record(
  Object.fromEntries(
    readingIds.map((id) => {
      const { answers, seconds } = readingEntry(id)
      const listed = fc.constantFrom(...Object.keys(answers))
      return [id, seconds === undefined ? listed : fc.integer(seconds).map(String)]
    }),
  ),
)

/** Wrong signatures: the mock diagnoses each at length, and no reading changes what it answers to them in particular. */
const COSTLY = [
  'wrong-secret',
  'second-half',
  'tampered-query',
  'tampered-path',
  'exchanged-user-id',
  'tampered-body',
].map((name) => `authentication.signature.${name}`)

describe('under any combination of readings', () => {
  it('a correct mock violates nothing, and the report names the readings that were set', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyReadings, async (readings) => {
        const { checks, readings: seen, undetermined } = await runAgainstMock({ readings }, { skip: COSTLY })
        const bad = checks.filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
        expect(bad.map(({ id, expected, got, reason }) => ({ id, expected, got, reason }))).toEqual([])
        for (const [id, value] of Object.entries(seen)) expect(`${id}=${value}`).toBe(`${id}=${readings[id]}`)
        expect(Object.keys({ ...seen, ...undetermined }).sort()).toEqual([...readingIds].sort())
        expect(Object.keys(undetermined).filter((id) => !mayHide(id, readings))).toEqual([])
      }),
      { numRuns: runs(25, 400) },
    )
  })
})

/** Answers that cannot be seen from outside because another answer stands in front of them. */
function mayHide(id: string, readings: Readonly<Record<string, string>>): boolean {
  return readings === undefined && id === ''
}
