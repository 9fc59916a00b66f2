import type { PhoneKey } from './phone-keys.ts'

const FIRST_PLACES = 256
/** In place of an owner: nobody has the phone. */
export const NOBODY = -0x8000_0000

/**
 * Who has a phone, as a number. A hash table in typed arrays: an entry costs about 35 bytes, where a Map of texts takes
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

  /** Who has each of many phones, or {@link NOBODY}. */
  getAll(keys: Float64Array): Int32Array {
    const owners = new Int32Array(keys.length)
    for (let at = 0; at < keys.length; at += 1) {
      const key = keys[at] as number
      const place = placeOf(this.#keys, key)
      owners[at] = key === 0 || this.#keys[place] === 0 ? NOBODY : (this.#owners[place] as number)
    }
    return owners
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

/** The place of a key, or the free place where it belongs. The number of places is a power of two. */
function placeOf(keys: Float64Array, key: number): number {
  const last = keys.length - 1
  const low = key | 0
  let hash = Math.imul((low >>> BLOCK_BITS) ^ (key / 0x100000000), 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  let place = (((hash ^ (hash >>> 13)) << BLOCK_BITS) | (low & ((1 << BLOCK_BITS) - 1))) & last
  for (let found = keys[place]; found !== 0 && found !== key; found = keys[place]) place = (place + 1) & last
  return place
}
