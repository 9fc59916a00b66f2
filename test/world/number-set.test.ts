import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberSet } from '../../src/world/directory/number-set.ts'

const run = fc.tuple(fc.integer({ min: -50, max: 900 }), fc.integer({ min: 0, max: 60 }))
const step = fc.oneof(
  fc.record({ what: fc.constant('add' as const), run }),
  fc.record({ what: fc.constant('remove' as const), run }),
)

/** Every other number: as many runs as numbers, so that they lie in several chunks. */
const sparse = (count: number): number[] => Array.from({ length: count }, (_, index) => 2 * index)

describe('an ordered set of numbers', () => {
  it('holds, counts and pages what a sorted list does, after any additions and removals', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 1, 300, 1200),
        fc.array(step, { maxLength: 30 }),
        fc.nat(1500),
        fc.nat(50),
        (count, steps, place, limit) => {
          const set = new NumberSet()
          const model = new Set<number>()
          for (const number of sparse(count)) {
            set.add(number)
            model.add(number)
          }
          for (const {
            what,
            run: [from, length],
          } of steps) {
            if (what === 'remove') set.removeRun(from, from + length)
            for (let number = from; number < from + length; number += 1) {
              if (what === 'remove') model.delete(number)
              else {
                set.add(number)
                model.add(number)
              }
            }
          }
          const sorted = [...model].sort((a, b) => a - b)
          expect(set.size).toBe(sorted.length)
          expect(set.slice(place, limit)).toEqual(sorted.slice(place, place + limit))
          expect(set.slice(0, 10_000)).toEqual(sorted)
          expect(set.at(place)).toBe(sorted[place])
          for (let number = -60; number < 1000; number += 7) expect(set.has(number)).toBe(model.has(number))
          const runs = [...set.runs()]
          expect(runs.reduce((sum, [from, to]) => sum + to - from, 0)).toBe(set.size)
        },
      ),
    )
  })

  it('keeps a million numbers as one run, and one more run for each that leaves', () => {
    const set = new NumberSet(0, 1_000_000)
    expect([...set.runs()]).toHaveLength(1)
    for (let number = 100; number < 1_000_000; number += 100) set.remove(number)
    expect([...set.runs()]).toHaveLength(10_000)
    expect(set.size).toBe(1_000_000 - 9_999)
    expect(set.at(99)).toBe(99)
    expect(set.at(100)).toBe(101)
    for (let number = 100; number < 1_000_000; number += 100) set.add(number)
    expect(set.slice(999_998, 5)).toEqual([999_998, 999_999])
  })
})
