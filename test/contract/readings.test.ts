import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checks } from '../../src/contract/index.ts'
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

describe('under any combination of readings', () => {
  it('a correct mock violates nothing, and the report names the readings that were set', {
    timeout: 900_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyReadings, async (readings) => {
        const { checks: results, readings: seen, undetermined } = await runAgainstMock({ readings }, { keep: true })
        const bad = results.filter(({ verdict }) => verdict === 'violation' || verdict === 'broken')
        expect(bad.map(({ id, expected, got, reason }) => ({ id, expected, got, reason }))).toEqual([])
        for (const [id, value] of Object.entries(seen)) expect(`${id}=${value}`).toBe(`${id}=${readings[id]}`)
        expect(Object.keys({ ...seen, ...undetermined }).sort()).toEqual([...readingIds].sort())
        const isHidden = (id: string): boolean => readings['unsafe-ids'] === 'rounded' && needsExactIds.includes(id)
        expect(Object.keys(undetermined).filter((id) => told.has(id) && !isHidden(id))).toEqual([])
      }),
      { numRuns: runs(6, 400) },
    )
  })
})

/** Told by a user of whom the exact id is known: a list with rounded ids shows none. */
const needsExactIds = ['created-user-id', 'count-scope', 'mobile-mask', 'department-space-fields']

/** The readings that some check tells; the others are about operations that the suite does not call. */
const told = new Set<string>(checks.flatMap(({ readings }) => readings))
