import { type ErrorName, errorEntry } from '../../spec/errors.ts'
import { fromLongId, type LongId, toLongId } from '../ids.ts'

/** Why a row failed. */
export interface Failure {
  readonly error: ErrorName
  readonly detail?: string
  /** What is told in place of the row of the error table. */
  readonly own?: { readonly code: number | string; readonly msg: string } | undefined
}

/** Code and reason of a row that failed, as its task tells them. */
export function failureText({ error, detail, own }: Failure): { code: string; reason: string } {
  if (own !== undefined) return { code: String(own.code), reason: own.msg }
  const { code, message } = errorEntry(error)
  // A row that names a space names one that nobody has.
  const text = message['en-US'].replace(/\{\d\}/g, '0')
  return { code: String(code), reason: detail === undefined ? text : `${text.replace(/\.$/, '')}: ${detail}.` }
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

/** The results of the settled rows of a task, in order: a row that succeeds costs a byte, for its id is reserved. */
export class Results {
  #length = 0
  readonly #codes: Uint8Array
  readonly #failures: Failure[] = []
  /** High and low half of the user id by row, of rows that were not provisioned to the user whose ids are reserved for them. */
  #userIds: Float64Array | undefined
  readonly #newUserId: (row: number) => LongId

  /** `newUserId` gives the id of the user that a row provisions. */
  constructor(rows: number, newUserId: (row: number) => LongId) {
    this.#codes = new Uint8Array(rows)
    this.#newUserId = newUserId
  }

  get length(): number {
    return this.#length
  }

  add(result: RowResult): void {
    if (result.outcome === 'failed') this.#codes[this.#length++] = FAILED + this.#numberOf(result)
    else this.#addUser(result.outcome === 'success' ? SUCCESS : EXISTING, toLongId(result.userId))
  }

  /** The phone of the next row has a user already. */
  addExisting(userId: LongId): void {
    this.#addUser(EXISTING, userId)
  }

  /** The next row was provisioned to the user whose ids are reserved for it. */
  addProvisioned(): void {
    this.#codes[this.#length++] = SUCCESS
  }

  at(row: number): RowResult | undefined {
    if (row >= this.#length) return undefined
    const code = this.#codes[row] as number
    if (code >= FAILED) return { outcome: 'failed', ...(this.#failures[code - FAILED] as Failure) }
    return { outcome: code === EXISTING ? 'existing' : 'success', userId: fromLongId(this.#userIdAt(row)) }
  }

  #addUser(code: number, { high, low }: LongId): void {
    this.#userIds ??= new Float64Array(2 * this.#codes.length)
    this.#userIds[2 * this.#length] = high
    this.#userIds[2 * this.#length + 1] = low
    this.#codes[this.#length++] = code
  }

  #userIdAt(row: number): LongId {
    const high = this.#userIds?.[2 * row] ?? 0
    const low = this.#userIds?.[2 * row + 1] ?? 0
    // Nobody has the id 0.
    return high === 0 && low === 0 ? this.#newUserId(row) : { high, low }
  }

  #numberOf({ error, detail, own }: Failure): number {
    const known = this.#failures.findIndex(
      (failure) => failure.error === error && failure.detail === detail && failure.own === own,
    )
    if (known >= 0) return known
    const failure = { error, ...(detail !== undefined && { detail }), ...(own !== undefined && { own }) }
    return this.#failures.push(failure) - 1
  }
}
