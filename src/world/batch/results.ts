import type { ErrorName } from '../../spec/errors.ts'
import { fromLongId, type LongId } from '../long-id.ts'

/** Why a row failed. */
export interface Failure {
  readonly error: ErrorName
  readonly detail?: string
}

/** What became of a row. */
export type RowResult =
  | { readonly outcome: 'success'; readonly userId: string }
  | { readonly outcome: 'existing'; readonly userId: string }
  | ({ readonly outcome: 'failed' } & Failure)

/** Codes of the outcomes; those from FAILED on number the failures. */
const SUCCESS = 0
const EXISTING = 1
const FAILED = 2

/** The results of the settled rows of a task, in order and in columns: a row costs a byte, and its owner if it has one. */
export class Results {
  #length = 0
  readonly #codes: Uint8Array
  readonly #failures: Failure[] = []
  /** User ids of rows that name somebody who was there before, in halves; made when the first such row comes. */
  #owners: { readonly high: Float64Array; readonly low: Uint32Array } | undefined
  readonly #newUserId: (row: number) => string

  /** `newUserId` gives the id of the user that a row provisions. */
  constructor(rows: number, newUserId: (row: number) => string) {
    this.#codes = new Uint8Array(rows)
    this.#newUserId = newUserId
  }

  get length(): number {
    return this.#length
  }

  /** Without `userId` the row was provisioned to the user that its ids are reserved for. */
  addSuccess(userId?: LongId): void {
    if (userId !== undefined) this.#own(userId)
    this.#codes[this.#length++] = SUCCESS
  }

  addExisting(userId: LongId): void {
    this.#own(userId)
    this.#codes[this.#length++] = EXISTING
  }

  addFailure(failure: Failure): void {
    this.#codes[this.#length++] = FAILED + this.#numberOf(failure)
  }

  at(row: number): RowResult | undefined {
    if (row >= this.#length) return undefined
    const code = this.#codes[row] as number
    if (code >= FAILED) return { outcome: 'failed', ...(this.#failures[code - FAILED] as Failure) }
    const owner = this.#ownerAt(row)
    if (code === EXISTING) return { outcome: 'existing', userId: owner ?? '' }
    return { outcome: 'success', userId: owner ?? this.#newUserId(row) }
  }

  #numberOf({ error, detail }: Failure): number {
    for (let number = 0; number < this.#failures.length; number += 1) {
      const known = this.#failures[number] as Failure
      if (known.error === error && known.detail === detail) return number
    }
    return this.#failures.push(detail === undefined ? { error } : { error, detail }) - 1
  }

  #own({ high, low }: LongId): void {
    const rows = this.#codes.length
    this.#owners ??= { high: new Float64Array(rows), low: new Uint32Array(rows) }
    this.#owners.high[this.#length] = high
    this.#owners.low[this.#length] = low
  }

  #ownerAt(row: number): string | undefined {
    const [high = 0, low = 0] = [this.#owners?.high[row], this.#owners?.low[row]]
    return high === 0 && low === 0 ? undefined : fromLongId({ high, low })
  }
}
