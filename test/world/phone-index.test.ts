import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PhoneIndex, phoneKey } from '../../src/world/directory/phone-index.ts'

const digits = fc.stringMatching(/^\d{0,20}$/)
const phone = fc.oneof(
  digits,
  digits.map((text) => `+${text}`),
  fc.string({ maxLength: 16 }),
)

describe('the index of phones', () => {
  it('finds what a Map of strings finds, for any phones that come and go, however many', () => {
    const near = fc.nat(3000).map((number) => `1380000${number}`)
    const step = fc.tuple(fc.oneof({ weight: 3, arbitrary: near }, phone), fc.nat(2))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 2000 }), (steps) => {
        const index = new PhoneIndex()
        const map = new Map<string, number>()
        for (const [owner, [text, what]] of steps.entries()) {
          expect(index.get(phoneKey(text))).toBe(map.get(text))
          if (what === 0) {
            index.delete(phoneKey(text))
            map.delete(text)
          } else {
            index.set(phoneKey(text), owner - 1000)
            map.set(text, owner - 1000)
          }
        }
        for (const [text] of steps) expect(index.get(phoneKey(text))).toBe(map.get(text))
      }),
      { numRuns: 30 },
    )
  })

  it('tells any two phones apart', () => {
    fc.assert(
      fc.property(phone, phone, (a, b) => {
        expect(phoneKey(a) === phoneKey(b)).toBe(a === b)
      }),
    )
    for (const [a, b] of [
      ['0', '00'],
      ['', '0'],
      ['1', '01'],
      ['10', '010'],
    ] as const)
      expect(phoneKey(a)).not.toBe(phoneKey(b))
  })

  it('takes a leading + for 00 when it is told to', () => {
    fc.assert(
      fc.property(digits, (text) => {
        expect(phoneKey(`+${text}`, true)).toBe(phoneKey(`00${text}`, true))
        expect(phoneKey(`+${text}`, false)).toBe(`+${text}`)
      }),
    )
  })
})
