/**
 * A decimal id of up to 19 digits in two halves that a double holds exactly: adding to it and comparing it needs no big
 * integers, and a thousand of them fit into two typed arrays.
 */
export interface LongId {
  readonly high: number
  /** The last nine digits. */
  readonly low: number
}

const DIGITS = 9
const HALF = 1_000_000_000

export const toLongId = (id: string): LongId => ({
  high: Number(id.slice(0, -DIGITS)),
  low: Number(id.slice(-DIGITS)),
})

export const fromLongId = ({ high, low }: LongId): string =>
  high === 0 ? String(low) : high + String(low).padStart(DIGITS, '0')

/** An id moved by some integers. */
export function moved({ high, low }: LongId, by: number): LongId {
  const sum = low + by
  const carry = Math.floor(sum / HALF)
  return { high: high + carry, low: sum - carry * HALF }
}

/** How far an id is behind another; negative when it is before it. Exact up to 2^53. */
export const distanceTo = (from: LongId, to: LongId): number => (to.high - from.high) * HALF + (to.low - from.low)
