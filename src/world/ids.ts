import { hash32, seedFor } from './random.ts'

const DIGITS = 9
const HALF = 1_000_000_000
const EPOCH_MS = 1_546_272_000_000
const WORKER_BITS = 7
const TIME_BITS = 23
const FIRST_WORKER = 40
const WORKER_SETS = 250
const KINDS = 8

/**
 * A decimal id of up to 19 digits in two halves that a double holds exactly: adding to it and comparing it needs no big
 * integers, and a thousand of them fit into two typed arrays.
 */
export interface LongId {
  readonly high: number
  /** The last nine digits. */
  readonly low: number
}

export const toLongId = (id: string): LongId => ({
  high: Number(id.slice(0, -DIGITS)),
  low: Number(id.slice(-DIGITS)),
})

export const fromLongId = ({ high, low }: LongId): string =>
  high === 0 ? String(low) : high + String(low).padStart(DIGITS, '0')

/** An id moved by some integers. */
function moved({ high, low }: LongId, by: number): LongId {
  const sum = low + by
  const carry = Math.floor(sum / HALF)
  return { high: high + carry, low: sum - carry * HALF }
}

/** How far an id is behind another; negative when it is before it. Exact up to 2^53. */
const distanceTo = (from: LongId, to: LongId): number => (to.high - from.high) * HALF + (to.low - from.low)

/**
 * The layout of the service's ids: milliseconds since 2019-01-01 00:00 UTC+8, then 16 bits of worker and 7 of sequence.
 * Inferred from ids that vendor pages print next to times, such as task 1486254586942472064 and its createTime.
 */
/** Ids that a worker makes in a millisecond. */
const SEQUENCES = 0x80
const TICK = 2 ** TIME_BITS

/** The parts of an id. */
interface IdParts {
  /** Epoch milliseconds. */
  readonly ms: number
  /** 0 to 65,535. */
  readonly worker: number
  /** 0 to 127. */
  readonly sequence: number
}

/**
 * The id with these parts.
 *
 * @example composeId({ ms: 1_725_699_999_946, worker: 1972, sequence: 0 })
 */
export const composeId = ({ ms, worker, sequence }: IdParts): string =>
  String((BigInt(ms - EPOCH_MS) << BigInt(TIME_BITS)) | BigInt((worker << WORKER_BITS) | sequence))

/**
 * The parts of an id.
 *
 * @example partsOf('1486254586942472064').ms // 1723447353401, which is 2024-08-12T07:22:33.401Z
 */
export function partsOf(id: string): IdParts {
  const bits = BigInt(id)
  const low = Number(bits & BigInt(TICK - 1))
  return {
    ms: Number(bits >> BigInt(TIME_BITS)) + EPOCH_MS,
    worker: low >> WORKER_BITS,
    sequence: low & (SEQUENCES - 1),
  }
}

/** Ids have 19 digits and 63 bits from October 2022 to November 2053; a clock set beyond makes ids as if it stood at the limit. */
const FIRST_MS = Math.ceil(1e18 / TICK) + EPOCH_MS
const LAST_MS = 2 ** 40 - 1 + EPOCH_MS

/** The workers of an organisation, one for each kind of id. Those seen on vendor pages are 34 to 2,047. */
export const idKinds = { task: 0, orgUser: 1, user: 2, space: 3, container: 4, department: 5 } as const
export type IdKind = keyof typeof idKinds

/** Makes ids that grow with virtual time and never repeat within a sandbox. */
export class IdGenerator {
  readonly #worker: number
  /** The last millisecond whose ids are taken. */
  #lastMs = 0

  constructor(seed: number) {
    this.#worker = FIRST_WORKER + KINDS * (hash32(seedFor(seed, 'ids'), 0) % WORKER_SETS)
  }

  /**
   * A fresh id at a time, of the kind `task`. The `span - 1` ids behind it ({@link idAfter}) and the same ids of every
   * other kind are reserved for the caller.
   */
  next(at: number, span = 1): string {
    const ms = Math.max(this.#lastMs + 1, Math.min(LAST_MS, Math.max(FIRST_MS, Math.floor(at))))
    this.#lastMs = ms + Math.ceil(span / SEQUENCES) - 1
    return composeId({ ms, worker: this.#worker, sequence: 0 })
  }

  /** A fresh id of a kind. */
  nextOf(kind: IdKind, at: number): string {
    return fromLongId(idAfter(toLongId(this.next(at)), 0, kind))
  }
}

/** The id `distance` ids behind one of {@link IdGenerator.next}, of some kind. */
export const idAfter = (first: LongId, distance: number, kind: IdKind): LongId =>
  moved(first, Math.floor(distance / SEQUENCES) * TICK + (distance % SEQUENCES) + idKinds[kind] * SEQUENCES)

/** How many ids an id is behind one of {@link IdGenerator.next}, and its kind; undefined when it is none of its ids. */
export function distanceAfter(first: LongId, id: string): { distance: number; kind: IdKind } | undefined {
  const bits = distanceTo(first, toLongId(id))
  const rest = bits % TICK
  const kind = kindOf(Math.floor(rest / SEQUENCES))
  if (bits < 0 || kind === undefined) return undefined
  return { distance: ((bits - rest) / TICK) * SEQUENCES + (rest % SEQUENCES), kind }
}

const kindOf = (worker: number): IdKind | undefined =>
  (Object.keys(idKinds) as IdKind[]).find((kind) => idKinds[kind] === worker)

/** The id of a row of a task: one of those reserved behind the id of the task. */
export const subtaskId = (taskId: string, row: number): string => fromLongId(idAfter(toLongId(taskId), row + 1, 'task'))
