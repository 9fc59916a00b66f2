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

/** The key of bytes that are digits, and not too many; 0 otherwise. */
function digitsKey(bytes: Uint8Array, from: number, to: number): number {
  if (to - from > DIGITS_MAX) return 0
  let key = 1
  for (let at = from; at < to; at += 1) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return 0
    key = key * 10 + digit
  }
  return key
}

/** The keys of the phones of a batch, read off together. */
export class PhoneKeys {
  readonly phones: TextColumn
  /** Keys that are numbers however a + is read; 0 for those that are not. */
  readonly numbers: Float64Array

  constructor(phones: TextColumn) {
    this.phones = phones
    this.numbers = new Float64Array(phones.length)
    const bytes = phones.ascii
    for (let row = 0; row < phones.length; row += 1) {
      if (bytes !== undefined) this.numbers[row] = digitsKey(bytes, phones.startOf(row), phones.endOf(row))
      else this.numbers[row] = numberOr0(phoneKeyAt(phones, row, false))
    }
  }

  at(row: number, plusIsZeros: boolean): PhoneKey {
    return this.numbers[row] || phoneKeyAt(this.phones, row, plusIsZeros)
  }
}

const numberOr0 = (key: PhoneKey): number => (typeof key === 'number' ? key : 0)
