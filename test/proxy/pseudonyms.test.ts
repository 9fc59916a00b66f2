import { describe, expect, it } from 'vitest'
import { Prose } from '../../src/proxy/prose.ts'
import { Pseudonyms } from '../../src/proxy/pseudonyms.ts'

describe('a pseudonym', () => {
  it.each([
    ['phone', '13812345678', /^139\d{8}$/],
    ['phone', '008613812345678', /^0086139\d{8}$/],
    ['phone', '+4915112345678', /^\+49139\d{8}$/],
    ['phone', '0086138****5678', /^0086139\*{4}\d{4}$/],
    ['phone', 'none', /^phone-1$/],
    ['email', 'zhang.san@corp.cn', /^person-1@example\.com$/],
    ['name', '张三', /^Name 1$/],
    ['id', '2124065100410128503', /^1\d{18}$/],
    ['id', 'f'.repeat(64), /^a[0-9]{63}$/],
    ['id', 'a-b-c-d', /^id-1$/],
  ] as const)('of the %s %s keeps its form', (kind, value, form) => {
    expect(new Pseudonyms()[kind](value)).toMatch(form)
  })

  it.each(['phone', 'email', 'name', 'id'] as const)(
    'of a %s is the same each time, and another for another',
    (kind) => {
      const pseudonyms = new Pseudonyms()
      const values = ['13812345678', '13812345679', '13812345680']
      const given = values.map((value) => pseudonyms[kind](value))
      expect(new Set(given).size).toBe(3)
      expect(values.map((value) => pseudonyms[kind](value))).toEqual(given)
    },
  )

  it('of a phone and of its masked form belong together', () => {
    const pseudonyms = new Pseudonyms()
    const phone = pseudonyms.phone('13812345678')
    expect(pseudonyms.phone('0086138****5678')).toBe(pseudonyms.phone('0086138****5678'))
    expect(pseudonyms.phone('0086138****5678').slice(-4)).not.toBe('5678')
    expect(pseudonyms.phone('0086138****5678').slice(0, 7)).toBe(`0086${phone}`.slice(0, 7))
  })

  it('takes people out of prose: those it knows, and whatever looks like one', () => {
    const pseudonyms = new Pseudonyms()
    const prose = new Prose(pseudonyms)
    pseudonyms.name('Zhang San')
    pseudonyms.hide('s3cret-token')
    const text = 'Zhang San (13812345678, zs@corp.cn, 2124065100410128503) sent s3cret-token at 10:00.'
    expect(prose.message(text)).toBe(
      'Name 1 (13900000001, person-1@example.com, 1000000000000000001) sent redacted at 10:00.',
    )
    expect(prose.message(prose.message(text))).toBe(prose.message(text))
  })
})
