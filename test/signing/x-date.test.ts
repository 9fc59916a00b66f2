import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatXDate, parseXDate } from '../../src/signing/index.ts'

const FIRST = Date.UTC(2000, 0, 1) - 730_485 * 86_400_000
const LAST = 253_402_300_799_000

describe('formatXDate', () => {
  it.each([
    [0, '19700101T000000Z'],
    [1_725_114_509_000, '20240831T142829Z'],
    [1_725_114_509_999, '20240831T142829Z'],
    [951_782_400_000, '20000229T000000Z'],
    [-1, '19691231T235959Z'],
    [LAST, '99991231T235959Z'],
    [FIRST, '00000101T000000Z'],
  ])('writes %i as %s', (epochMs, text) => {
    expect(formatXDate(epochMs)).toBe(text)
  })

  it('agrees with the calendar of the language at every second', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST / 1000, max: LAST / 1000 }), (seconds) => {
        const iso = new Date(seconds * 1000).toISOString()
        expect(formatXDate(seconds * 1000)).toBe(iso.replace(/[-:]|\.000/g, ''))
      }),
      { numRuns: 1000 },
    )
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, LAST + 1000, FIRST - 1])(
    'refuses %d, which it cannot express',
    (epochMs) => {
      expect(() => formatXDate(epochMs)).toThrow(RangeError)
    },
  )
})

describe('parseXDate', () => {
  it('reads what formatXDate writes, at every second', () => {
    fc.assert(
      fc.property(fc.integer({ min: FIRST / 1000, max: LAST / 1000 }), (seconds) => {
        expect(parseXDate(formatXDate(seconds * 1000))).toBe(seconds * 1000)
      }),
      { numRuns: 1000 },
    )
  })

  it.each([
    ['', 'nothing'],
    ['20240230T000000Z', '30 February'],
    ['20230229T000000Z', '29 February of a common year'],
    ['21000229T000000Z', '29 February of a century'],
    ['20240431T000000Z', '31 April'],
    ['20241301T000000Z', 'month 13'],
    ['20240001T000000Z', 'month 0'],
    ['20240100T000000Z', 'day 0'],
    ['20240831T240000Z', '24:00'],
    ['20240831T236000Z', 'minute 60'],
    ['20161231T235960Z', 'a leap second'],
    ['2024-08-31T14:28:29Z', 'separators'],
    ['20240831T142829', 'no Z'],
    ['20240831T142829z', 'a small z'],
    ['20240831t142829Z', 'a small t'],
    ['20240831T142829+0000', 'an offset'],
    ['20240831T142829.0Z', 'a fraction'],
    [' 20240831T142829Z', 'a space before'],
    ['20240831T142829Z ', 'a trailing space'],
    ['2024083１T142829Z', 'a digit of another script'],
    ['+2240831T142829Z', 'a sign'],
    ['1725114509', 'epoch seconds'],
  ])('refuses %j: %s', (text) => {
    expect(parseXDate(text)).toBeUndefined()
  })

  it('accepts 29 February of a leap year, centuries by 400 included', () => {
    expect(parseXDate('20240229T235959Z')).toBe(Date.UTC(2024, 1, 29, 23, 59, 59))
    expect(parseXDate('20000229T000000Z')).toBe(Date.UTC(2000, 1, 29))
  })

  it('takes no text but the one formatXDate writes for the same instant', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{8}T[0-9]{6}Z$/), (text) => {
        const epochMs = parseXDate(text)
        if (epochMs !== undefined) expect(formatXDate(epochMs)).toBe(text)
      }),
      { numRuns: 1000 },
    )
  })
})
