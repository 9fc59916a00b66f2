import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultReadings } from '../../src/spec/readings.ts'
import { problemFinder } from '../../src/world/batch/rows.ts'

const digitsOnly = { ...defaultReadings, 'phone-form': 'digits' as const }
const sound = { firstname: 'A', phone: '0017012345678', email: 'a.b@example.com', password: 'Q!w2e3r4t5' }
const problemOf = (change: object, readings: typeof defaultReadings = digitsOnly) =>
  problemFinder(readings)({ ...sound, ...change })

describe('a row of a batch', () => {
  it('is sound without e-mail and password, and with empty ones', () => {
    expect(problemOf({})).toBeUndefined()
    expect(problemOf({ email: undefined, password: undefined })).toBeUndefined()
    expect(problemOf({ email: '', password: '' })).toBeUndefined()
  })

  it.each(['1234', '123456789012345678901', '+1234', '12345a', ' 12345', '١٢٣٤٥', ''])(
    'breaks the rule of phones with "%s", where only digits are phones',
    (phone) => {
      expect(problemOf({ phone })).toBe('phone')
      expect(problemOf({ phone }, { ...defaultReadings, 'phone-form': 'any' })).toBeUndefined()
    },
  )

  it.each(['12345', '+12345678901234567890', '008613800000000'])('has a sound phone with %s', (phone) =>
    expect(problemOf({ phone })).toBeUndefined(),
  )

  it.each([
    'a',
    'a@b',
    '@b.c',
    'a@b..c',
    'a@.b.c',
    'a@b.c.',
    'a b@c.d',
    'a@b@c.d',
    'a\u3000@b.c',
    `${'x'.repeat(65)}@b.c`,
  ])('breaks the rule of e-mail addresses with "%s"', (email) => expect(problemOf({ email })).toBe('email'))

  it.each(['short1!', 'onlyletters', '12345678', 'has blank1', 'aaa45678', 'tab\t12345', 'ideo\u3000graphic1'])(
    'breaks the rule of passwords with "%s"',
    (password) => expect(problemOf({ password })).toBe('password'),
  )

  it.each(['Q!w2e3r4t5', 'pässwörd1', '密码密码密码密码1', 'aabbccdd1'])('has a sound password with %s', (password) =>
    expect(problemOf({ password })).toBeUndefined(),
  )

  it('takes any e-mail address that the library calls one', () => {
    fc.assert(
      fc.property(fc.emailAddress(), (email) => {
        expect(problemOf({ email })).toBeUndefined()
      }),
    )
  })
})
