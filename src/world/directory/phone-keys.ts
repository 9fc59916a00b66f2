import type { TextColumn } from '../text-column.ts'

const ZERO = 0x30
const PLUS = 0x2b
/** Digits of a phone that fit behind a leading 1 into an exact double. */
const DIGITS_MAX = 15

/** What a phone is found by: its digits behind a 1, so that leading zeros count, or the text when it is more than digits. */
export type PhoneKey = number | string

/** The key of a text; with `plusIsZeros` a leading + is the same as 00. */
export function phoneKey(text: string, from: number, to: number, plusIsZeros: boolean): PhoneKey {
  const hasPlus = plusIsZeros && text.charCodeAt(from) === PLUS
  const first = hasPlus ? from + 1 : from
  const spare = hasPlus ? DIGITS_MAX - 2 : DIGITS_MAX
  if (to - first <= spare) {
    let key = hasPlus ? 100 : 1
    let at = first
    for (; at < to; at += 1) {
      const digit = text.charCodeAt(at) - ZERO
      if (digit < 0 || digit > 9) break
      key = key * 10 + digit
    }
    if (at === to) return key
  }
  return (hasPlus ? '00' : '') + text.slice(first, to)
}

/** The key of one text of a column. */
export const phoneKeyAt = (phones: TextColumn, row: number, plusIsZeros: boolean): PhoneKey =>
  phoneKey(phones.text, phones.startOf(row), phones.endOf(row), plusIsZeros)

/** The keys of the phones of a batch, read off together. */
export class PhoneKeys {
  readonly phones: TextColumn
  /** Keys that are numbers however a + is read; 0 for those that are not. */
  readonly numbers: Float64Array

  constructor(phones: TextColumn) {
    this.phones = phones
    this.numbers = new Float64Array(phones.length)
    for (let row = 0; row < phones.length; row += 1) {
      const key = phoneKeyAt(phones, row, false)
      if (typeof key === 'number') this.numbers[row] = key
    }
  }

  at(row: number, plusIsZeros: boolean): PhoneKey {
    return this.numbers[row] || phoneKeyAt(this.phones, row, plusIsZeros)
  }
}
