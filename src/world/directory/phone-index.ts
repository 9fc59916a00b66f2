/** What a phone is found by: its digits behind a 1, so that leading zeros count, or the string when it is more than digits. */
export type PhoneKey = number | string

const ZERO = 0x30
/** Digits of a phone that fit behind a leading 1 into an exact double. */
const DIGITS_MAX = 15
const FIRST_PLACES = 256

/** The key of a phone; with `plusIsZeros` a leading + is the same as 00. */
export function phoneKey(phone: string, plusIsZeros = false): PhoneKey {
  const stored = plusIsZeros && phone.startsWith('+') ? `00${phone.slice(1)}` : phone
  if (stored.length > DIGITS_MAX) return stored
  let key = 1
  for (let at = 0; at < stored.length; at += 1) {
    const digit = stored.charCodeAt(at) - ZERO
    if (digit < 0 || digit > 9) return stored
    key = key * 10 + digit
  }
  return key
}

/**
 * Who has a phone, as a number. A hash table in typed arrays: an entry costs about 35 bytes, where a Map of strings takes
 * several times as much and is walked by every garbage collection.
 */
export class PhoneIndex {
  /** 0 where a place is free. */
  #keys = new Float64Array(FIRST_PLACES)
  #owners = new Int32Array(FIRST_PLACES)
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
    if (2 * this.#size > this.#keys.length) this.#grow()
  }

  /** Forgets a phone. The entries behind it move up as far as they belong, so that no search stops too early. */
  delete(key: PhoneKey): void {
    if (typeof key === 'string') {
      this.#others.delete(key)
      return
    }
    const last = this.#keys.length - 1
    let free = placeOf(this.#keys, key)
    if (this.#keys[free] === 0) return
    this.#size -= 1
    for (let place = (free + 1) & last; this.#keys[place] !== 0; place = (place + 1) & last) {
      const home = homeOf(this.#keys[place] as number, last)
      if (((place - home) & last) < ((place - free) & last)) continue
      this.#keys[free] = this.#keys[place] as number
      this.#owners[free] = this.#owners[place] as number
      free = place
    }
    this.#keys[free] = 0
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

/** Bits of a key that number the places of a block: phones that follow each other, as those of a batch often do, share one. */
const BLOCK_BITS = 3

/** The place at which the search for a key begins; `last` is one less than a power of two. */
function homeOf(key: number, last: number): number {
  const low = key | 0
  let hash = Math.imul((low >>> BLOCK_BITS) ^ (key / 0x100000000), 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  return (((hash ^ (hash >>> 13)) << BLOCK_BITS) | (low & ((1 << BLOCK_BITS) - 1))) & last
}

/** The place of a key, or the free place where it belongs. */
function placeOf(keys: Float64Array, key: number): number {
  const last = keys.length - 1
  let place = homeOf(key, last)
  for (let found = keys[place]; found !== 0 && found !== key; found = keys[place]) place = (place + 1) & last
  return place
}
