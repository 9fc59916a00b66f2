import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PhoneIndex } from '../../src/world/directory/phone-index.ts'
import { phoneKey } from '../../src/world/directory/phone-keys.ts'

const keyOf = (phone: string, plusIsZeros = false) => phoneKey(phone, 0, phone.length, plusIsZeros)
const digits = fc.stringMatching(/^\d{0,20}$/)
const phone = fc.oneof(
  digits,
  digits.map((text) => `+${text}`),
  fc.string({ maxLength: 16 }),
)

describe('the index of phones', () => {
  it('finds what a Map of texts finds, for any phones, however many', () => {
    const near = fc.nat(3000).map((number) => `1380000${number}`)
    fc.assert(
      fc.property(fc.array(fc.oneof({ weight: 3, arbitrary: near }, phone), { maxLength: 2000 }), (phones) => {
        const index = new PhoneIndex()
        const map = new Map<string, number>()
        for (const [owner, text] of phones.entries()) {
          expect(index.get(keyOf(text))).toBe(map.get(text))
          index.set(keyOf(text), owner - 1000)
          map.set(text, owner - 1000)
        }
        for (const [text, owner] of map) expect(index.get(keyOf(text))).toBe(owner)
      }),
      { numRuns: 30 },
    )
  })

  it('tells any two phones apart', () => {
    fc.assert(
      fc.property(phone, phone, (a, b) => {
        expect(keyOf(a) === keyOf(b)).toBe(a === b)
      }),
    )
    for (const [a, b] of [
      ['0', '00'],
      ['', '0'],
      ['1', '01'],
      ['10', '010'],
    ] as const)
      expect(keyOf(a)).not.toBe(keyOf(b))
  })

  it('takes a leading + for 00 when it is told to', () => {
    fc.assert(
      fc.property(digits, (text) => {
        expect(keyOf(`+${text}`, true)).toBe(keyOf(`00${text}`, true))
        expect(keyOf(`+${text}`, false)).toBe(`+${text}`)
      }),
    )
  })

  it('finds a phone inside of a longer text', () => {
    fc.assert(
      fc.property(fc.string(), phone, fc.string(), (before, text, behind) => {
        const whole = before + text + behind
        expect(phoneKey(whole, before.length, before.length + text.length, true)).toBe(keyOf(text, true))
      }),
    )
  })
})
