import type { TextColumn } from '../text-column.ts'

const ZERO = 0x30
const PLUS = 0x2b
/** Digits of a phone that fit behind a leading 1 into an exact double. */
const DIGITS_MAX = 15
const FIRST_CAPACITY = 256

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

/**
 * Who has a phone, as a number. A hash table over two typed arrays: an entry costs about 20 bytes, where a Map of texts
 * takes five times as much and is walked by every garbage collection.
 */
export class PhoneIndex {
  #keys = new Float64Array(FIRST_CAPACITY)
  #owners = new Int32Array(FIRST_CAPACITY)
  #size = 0
  readonly #others = new Map<string, number>()

  get(key: PhoneKey): number | undefined {
    if (typeof key === 'string') return this.#others.get(key)
    const place = placeOf(this.#keys, key)
    return this.#keys[place] === 0 ? undefined : this.#owners[place]
  }

  set(key: PhoneKey, owner: number): void {
    if (typeof key === 'string') {
      this.#others.set(key, owner)
      return
    }
    const place = placeOf(this.#keys, key)
    if (this.#keys[place] === 0) this.#size += 1
    this.#keys[place] = key
    this.#owners[place] = owner
    if (this.#size * 3 > this.#keys.length * 2) this.#grow()
  }

  #grow(): void {
    const [keys, owners] = [this.#keys, this.#owners]
    this.#keys = new Float64Array(2 * keys.length)
    this.#owners = new Int32Array(2 * keys.length)
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] as number
      if (key === 0) continue
      const place = placeOf(this.#keys, key)
      this.#keys[place] = key
      this.#owners[place] = owners[at] as number
    }
  }
}

/** The place of a key, or the free place where it belongs. The number of places is a power of two. */
function placeOf(keys: Float64Array, key: number): number {
  const last = keys.length - 1
  let hash = Math.imul((key ^ (key / 0x100000000)) | 0, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  let place = (hash ^ (hash >>> 13)) & last
  while (keys[place] !== 0 && keys[place] !== key) place = (place + 1) & last
  return place
}
