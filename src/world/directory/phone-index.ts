import type { PhoneKey } from './phone-keys.ts'

const FIRST_CAPACITY = 256

/**
 * Who has a phone, as a number. A hash table in one typed array: an entry costs about 45 bytes, where a Map of texts
 * takes several times as much and is walked by every garbage collection.
 */
export class PhoneIndex {
  /** Each place is a key, 0 when it is free, and behind it the owner. */
  #places = new Float64Array(2 * FIRST_CAPACITY)
  #size = 0
  readonly #others = new Map<string, number>()

  get(key: PhoneKey): number | undefined {
    if (typeof key === 'string') return this.#others.get(key)
    const place = placeOf(this.#places, key)
    return this.#places[place] === 0 ? undefined : this.#places[place + 1]
  }

  set(key: PhoneKey, owner: number): void {
    if (typeof key === 'string') {
      this.#others.set(key, owner)
      return
    }
    const place = placeOf(this.#places, key)
    if (this.#places[place] === 0) this.#size += 1
    this.#places[place] = key
    this.#places[place + 1] = owner
    if (4 * this.#size > this.#places.length) this.#grow()
  }

  #grow(): void {
    const old = this.#places
    this.#places = new Float64Array(2 * old.length)
    for (let at = 0; at < old.length; at += 2) {
      const key = old[at] as number
      if (key === 0) continue
      const place = placeOf(this.#places, key)
      this.#places[place] = key
      this.#places[place + 1] = old[at + 1] as number
    }
  }
}

/** Phones that follow each other share a block of places, since those of a batch often do: memory is read in blocks. */
const BLOCK = 8

/** The place of a key, or the free place where it belongs. The number of places is a power of two. */
function placeOf(places: Float64Array, key: number): number {
  const last = places.length - 1
  const block = Math.floor(key / BLOCK)
  let hash = Math.imul((block ^ (block / 0x100000000)) | 0, 0x9e3779b1)
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b)
  let place = (2 * ((hash ^ (hash >>> 13)) * BLOCK + (key % BLOCK))) & last
  for (let found = places[place]; found !== 0 && found !== key; found = places[place]) place = (place + 2) & last
  return place
}
