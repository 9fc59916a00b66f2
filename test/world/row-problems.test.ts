import { isAscii } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultReadings } from '../../src/spec/readings.ts'
import { findProblems } from '../../src/world/batch/row-problems.ts'
import { Characters } from '../../src/world/characters.ts'
import { TextRanges } from '../../src/world/text-ranges.ts'

/** The rules as patterns, for texts that are given. */
const rules = {
  phone: (text: string) => /^\+?\d{5,20}$/.test(text),
  email: (text: string) => text === '' || /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text),
  password: (text: string) =>
    text === '' || (/^(?=.*\p{L})(?=.*\d)[^\s\p{Cc}]{8,}$/u.test(text) && !/(.)\1\1/.test(text)),
}
const expected = (row: Readonly<Record<string, string>>) =>
  Object.entries(rules).find(([field, isValid]) => !isValid(row[field] ?? ''))?.[0]

const mixed = (unit: readonly string[]) =>
  fc.array(fc.constantFrom(...unit), { maxLength: 12 }).map((parts) => parts.join(''))
const row = fc.record({
  phone: fc.oneof(fc.stringMatching(/^\+?\d{3,22}$/), mixed(['+', '1', '12345', 'a', ' '])),
  email: fc.oneof(
    fc.emailAddress(),
    mixed(['a', '@', '.', 'b.c', ' ', '\u3000', '王', '\u0001']),
    fc.nat(70).map((length) => `${'x'.repeat(length)}@a.b`),
  ),
  password: fc.oneof(
    mixed(['a', 'B', '1', '2', 'é', '王', '!', ' ', '\u00a0', '\u0007', 'abc1']),
    fc.constant('Q!w2e3r4t5'),
  ),
})

const fields = ['firstname', 'surname', 'phone', 'email', 'password'] as const

/** The rows as parts of one text of ASCII, as those of a plain body are. */
function asciiFields(rows: readonly Readonly<Record<string, string>>[]) {
  const texts = rows.flatMap((row) => fields.map((field) => row[field] ?? ''))
  const bounds = Uint32Array.from(
    texts.flatMap((text, at) => {
      const start = texts.slice(0, at).join('').length
      return [start, start + text.length]
    }),
  )
  const whole = Characters.ofAscii(Buffer.from(texts.join('')))
  return (first: number) => new TextRanges(whole, rows.length, bounds, 2 * first, 2 * fields.length)
}

function problemsOf(field: (name: (typeof fields)[number]) => TextRanges) {
  const [firstname, surname, phone] = [field('firstname'), field('surname'), field('phone')]
  const users = { firstname, surname, phone, email: field('email'), password: field('password') }
  return findProblems(users, { ...defaultReadings, 'phone-form': 'digits' })
}

describe('the rows of a batch that break a rule', () => {
  it('are those that the patterns of the rules say, whatever the characters', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), (rows) => {
        const wanted = Object.fromEntries(
          rows.map((row, index) => [index, expected(row)]).filter(([, problem]) => problem !== undefined),
        )
        expect(problemsOf((name) => TextRanges.of(rows.map((row) => (row as Record<string, string>)[name])))).toEqual(
          wanted,
        )
        if (!isAscii(Buffer.from(JSON.stringify(rows)))) return
        const column = asciiFields(rows)
        expect(problemsOf((name) => column(fields.indexOf(name)))).toEqual(wanted)
      }),
      { numRuns: 1000 },
    )
  })
})
