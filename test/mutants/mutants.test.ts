import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { managementAreas, mutantAreas } from '../../src/mutants/mutant.ts'
import { findMutant, mutants } from '../../src/mutants/mutants.ts'
import { pages } from '../../src/spec/evidence.ts'
import { management } from '../../src/spec/readings/management.ts'
import { readingEntry, readingIds } from '../../src/spec/readings.ts'
import { runs, sample } from '../support/judge.ts'
import { converse } from './conversation.ts'

describe('mutants', () => {
  it('are eighty at least, in every area, each with a name of its own', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(80)
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length)
    expect(new Set(mutants.map(({ area }) => area))).toEqual(new Set(mutantAreas))
    for (const { name, area } of mutants) expect(name).toMatch(new RegExp(`^${area}\\.[a-z0-9]+(-[a-z0-9]+)*$`))
  })

  it('say in one sentence what is wrong and name the rule they break', () => {
    expect(new Set(mutants.map(({ area, title }) => `${area}: ${title}`)).size).toBe(mutants.length)
    for (const { name, title, clause } of mutants) {
      expect(title, name).not.toMatch(/[.\n]$|^(?:An?|The|Every) /)
      expect(['documented', 'example', 'inferred'], name).toContain(clause.evidence)
      if (clause.evidence !== 'inferred') {
        expect(
          Object.values(pages).some((page) => clause.source.startsWith(page)),
          name,
        ).toBe(true)
      }
    }
  })

  it('are refused by an unknown name with the nearest ones', () => {
    expect(() => findMutant('signature.mismatch-acepted')).toThrow(/Nearest: signature\.mismatch-accepted, /)
    expect(() => createMock({ mutant: 'nothing' })).toThrow(/There is no mutant "nothing"/)
  })
})

const isManagement = (area: string): boolean => (managementAreas as readonly string[]).includes(area)

/** Every reading with each of its answers but the default. */
const otherReadings = readingIds.flatMap((id) => {
  const { answers, default: usual, seconds } = readingEntry(id)
  const values = [...Object.keys(answers).filter((value) => value !== usual), ...(seconds ? [String(seconds.max)] : [])]
  return values.map((value) => ({ [id]: value }))
})

describe.each(mutantAreas)('a mutant of %s', async (area) => {
  const right = new Map([['the mock', await converse(area)]])
  // A reading that makes the mock answer as a mutant does comes seldom: CI tries them all.
  const others = isManagement(area)
    ? otherReadings.filter((one) => Object.keys(one).some((id) => id in management))
    : otherReadings
  for (const readings of others.slice(0, runs(0, others.length))) {
    right.set(`the mock with ${JSON.stringify(readings)}`, await converse(area, { readings }))
  }

  it('is needed for another answer: two mocks without one answer alike', async () => {
    expect(await converse(area)).toEqual(right.get('the mock'))
  })

  const own = mutants.filter((mutant) => mutant.area === area)
  it.each(sample(own, 5).map(({ name }) => name))(
    '%s answers a client otherwise than the mock does with any answer to a reading',
    async (mutant) => {
      const alike = new Map(right)
      await converse(area, {
        mutant,
        isEnough(answer, at) {
          for (const [name, answers] of alike) if (answers[at] !== answer) alike.delete(name)
          return alike.size === 0
        },
      })
      expect([...alike.keys()]).toEqual([])
    },
  )
})
