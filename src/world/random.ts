/** A 32-bit hash of two integers, uniform enough to draw data from: the same inputs always give the same value. */
export function hash32(seed: number, index: number): number {
  let h = Math.imul(index ^ (index / 0x100000000), 0x9e3779b1) ^ seed
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** The seed of one purpose, derived from a seed of any size: `seedFor(1, 'names')`. */
export function seedFor(seed: number, purpose: string): number {
  let h = hash32(seed >>> 0, Math.floor(seed / 0x100000000))
  for (let i = 0; i < purpose.length; i += 1) h = hash32(h, purpose.charCodeAt(i))
  return h
}

/** A draw in [0, 1). */
export const draw = (seed: number, index: number): number => hash32(seed, index) / 0x100000000

/** `length` lower-case hex digits drawn from a seed. */
export function hex(seed: number, length: number): string {
  let text = ''
  for (let i = 0; text.length < length; i += 1) text += hash32(seed, i).toString(16).padStart(8, '0')
  return text.slice(0, length)
}

const HALF = 10_000
const ROUNDS = 4

/**
 * Scatters the integers below 10^8 over themselves, one to one: a Feistel network over two halves of four digits.
 * So the n-th phone looks random, no two are equal, and `unscatter` finds n again without a table.
 */
export function scatter(seed: number, value: number): number {
  let left = Math.floor(value / HALF)
  let right = value % HALF
  for (let round = 0; round < ROUNDS; round += 1) {
    const mixed = (left + (hash32(seed + round, right) % HALF)) % HALF
    left = right
    right = mixed
  }
  return left * HALF + right
}

/** The inverse of `scatter`. */
export function unscatter(seed: number, value: number): number {
  let left = Math.floor(value / HALF)
  let right = value % HALF
  for (let round = ROUNDS - 1; round >= 0; round -= 1) {
    const mixed = (right - (hash32(seed + round, left) % HALF) + HALF) % HALF
    right = left
    left = mixed
  }
  return left * HALF + right
}
