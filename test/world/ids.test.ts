import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  composeId,
  distanceAfter,
  fromLongId,
  IdGenerator,
  idAfter,
  idKinds,
  partsOf,
  toLongId,
} from '../../src/world/ids.ts'

/** Ids that vendor pages print next to a time, and how many milliseconds the id may be off: the time is rounded, or of another moment. */
const pairs = [
  ['task 5.2', '1486254586942472064', '2024-08-12T07:22:33.401Z', '2024-08-12T07:22:33.000Z', 1000],
  ['task 5.2', '1486368980720435072', '2024-08-12T11:09:50.202Z', '2024-08-12T11:09:50.000Z', 1000],
  ['job of /v1/jobs', '1309243162258308352', '2023-12-12T01:52:27.222Z', '2023-12-12T01:52:27.000Z', 1000],
  ['user of the carrier', '1893595880502717057', '2026-02-25T07:56:59.611Z', '2026-02-25T07:56:59.896Z', 1000],
  ['department 6.7', '1289173668999530369', '2023-11-14T09:17:57.189Z', '2023-11-14T09:17:57.584Z', 1000],
  ['X-User-Id', '1505084218764547200', '2024-09-07T06:53:40.433Z', '2024-09-09T03:33:25.000Z', 3 * 86_400_000],
] as const

const kinds = Object.keys(idKinds) as (keyof typeof idKinds)[]

describe('the layout of ids', () => {
  it.each(pairs)('puts the %s %s at the time that the page prints', (_, id, decoded, printed, toleranceMs) => {
    const { ms, worker, sequence } = partsOf(id)
    expect(new Date(ms).toISOString()).toBe(decoded)
    expect(Math.abs(ms - Date.parse(printed))).toBeLessThanOrEqual(toleranceMs)
    expect(sequence).toBeLessThanOrEqual(1)
    expect(composeId({ ms, worker, sequence })).toBe(id)
  })
})

describe('ids that are made', () => {
  const START = Date.UTC(2026, 0, 1)

  it('carry the time at which they were asked for, and 19 digits whatever the clock shows', () => {
    const ids = new IdGenerator(1)
    expect(partsOf(ids.next(START)).ms).toBe(START)
    for (const at of [0, START, Date.UTC(2053, 10, 3), 253_402_300_799_999]) {
      const id = new IdGenerator(1).next(at)
      expect(id).toMatch(/^[1-9]\d{18}$/)
      expect(BigInt(id)).toBeLessThan(2n ** 63n)
    }
  })

  it('never repeat, grow, and lead back to their kind and distance', () => {
    const asked = fc.array(fc.record({ at: fc.nat(2000), span: fc.integer({ min: 1, max: 300 }) }), { maxLength: 6 })
    fc.assert(
      fc.property(fc.nat(), asked, (seed, plan) => {
        const ids = new IdGenerator(seed)
        const seen = new Set<string>()
        let before = ''
        for (const { at, span } of plan) {
          const first = ids.next(START + at, span)
          expect(first > before).toBe(true)
          before = first
          for (const kind of kinds) {
            for (let distance = 0; distance < span; distance += 1) {
              const id = fromLongId(idAfter(toLongId(first), distance, kind))
              seen.add(id)
              expect(distanceAfter(toLongId(first), id)).toEqual({ distance, kind })
            }
          }
        }
        expect(seen.size).toBe(kinds.length * plan.reduce((sum, { span }) => sum + span, 0))
      }),
      { numRuns: 15 },
    )
  })
})
