import { hash32, seedFor } from './random.ts'

/** Epoch of the service's snowflake ids in milliseconds; it decodes the documented ids to plausible dates. */
const EPOCH = 1_288_834_974_657n
const SEQUENCE_BITS = 22n
/** Ids have 19 digits from June 2018 to 2085; a clock set beyond makes ids as if it stood at the limit. */
const FIRST_MS = 1_527_811_200_000
const LAST_MS = 3_629_145_600_000

/** Makes ids of 19 digits that grow with virtual time and never repeat within a sandbox. */
export class IdGenerator {
  #last = 0n
  /** The millisecond that the last id was made at, or one before its own. */
  #lastMs = 0
  #made = 0
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seedFor(seed, 'ids')
  }

  /** A fresh id at a time; the `span - 1` integers behind it are reserved for the caller. */
  next(at: number, span = 1): string {
    this.#made += 1
    const ms = Math.min(LAST_MS, Math.max(FIRST_MS, Math.floor(at)))
    // An id of an earlier millisecond is smaller than the last one whatever is drawn: users that join in batches.
    const id = ms < this.#lastMs ? this.#last + 1n : this.#freshAt(ms)
    this.#last = id + BigInt(span - 1)
    return id.toString()
  }

  #freshAt(ms: number): bigint {
    this.#lastMs = ms
    const fresh = ((BigInt(ms) - EPOCH) << SEQUENCE_BITS) + BigInt(hash32(this.#seed, this.#made) % 4096)
    return fresh > this.#last ? fresh : this.#last + 1n
  }
}

/** The id of a row of a task: one of the integers reserved behind the id of the task. */
export const subtaskId = (taskId: string, row: number): string => (BigInt(taskId) + BigInt(row + 1)).toString()
