import { isAscii } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { holdMagic, magicPhone } from '../../src/world/batch/magic-phones.ts'
import { Characters } from '../../src/world/characters.ts'
import { PhoneKeys, phoneKey } from '../../src/world/directory/phone-keys.ts'
import { TextColumn } from '../../src/world/text-column.ts'
import { TextRanges } from '../../src/world/text-ranges.ts'

const reserved = fc
  .tuple(fc.constantFrom('', '+86', '0086', '86', '0', '+'), fc.nat(1200))
  .map(([country, number]) => `${country}${19_990_000_000 + number}`)
const phone = fc.oneof(
  fc.stringMatching(/^\+?\d{1,20}$/),
  reserved,
  fc.constantFrom('', '٣٤٥٦٧', '1990000000王', ' 19990000001'),
)
const phones = fc.array(phone, { minLength: 1, maxLength: 8 })

/** The same column as it comes from texts, from parts of one text, and from parts of bytes that are all ASCII. */
function columnsOf(texts: readonly string[]): TextColumn[] {
  const columns = [TextColumn.of(texts), TextColumn.ofRanges(TextRanges.of(texts))]
  const bytes = Buffer.from(texts.join(''))
  if (!isAscii(bytes)) return columns
  const bounds = texts.flatMap((text, at) => {
    const start = texts.slice(0, at).join('').length
    return [start, start + text.length]
  })
  const ranges = new TextRanges(Characters.ofAscii(bytes), texts.length, Uint32Array.from(bounds))
  return [...columns, TextColumn.ofRanges(ranges)]
}

describe('the phones of a batch', () => {
  it('are the same texts, however they came', () => {
    fc.assert(
      fc.property(phones, (texts) => {
        for (const column of columnsOf(texts)) expect(column.slice(0)).toEqual(texts)
      }),
    )
  })

  it('have the keys that each has alone, however they came', () => {
    fc.assert(
      fc.property(phones, fc.boolean(), (texts, plusIsZeros) => {
        for (const column of columnsOf(texts)) {
          const keys = new PhoneKeys(column)
          expect(texts.map((_, row) => keys.at(row, plusIsZeros))).toEqual(
            texts.map((text) => phoneKey(text, 0, text.length, plusIsZeros)),
          )
        }
      }),
    )
  })

  it('hold a reserved phone when one of them is', () => {
    fc.assert(
      fc.property(phones, (texts) => {
        const isHeld = texts.some((text) => magicPhone(text) !== undefined)
        for (const column of columnsOf(texts)) expect(holdMagic(new PhoneKeys(column))).toBe(isHeld)
      }),
    )
  })
})
