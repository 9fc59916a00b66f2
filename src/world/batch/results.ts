import { type ErrorName, errorEntry } from '../../spec/errors.ts'

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
  /** User ids of rows that were not provisioned to the user whose ids are reserved for them. */
  readonly #userIds = new Map<number, string>()
  readonly #newUserId: (row: number) => string

  /** `newUserId` gives the id of the user that a row provisions. */
  constructor(rows: number, newUserId: (row: number) => string) {
    this.#codes = new Uint8Array(rows)
    this.#newUserId = newUserId
  }

  get length(): number {
    return this.#length
  }

  add(result: RowResult): void {
    const row = this.#length++
    if (result.outcome === 'failed') this.#codes[row] = FAILED + this.#numberOf(result)
    else {
      this.#codes[row] = result.outcome === 'success' ? SUCCESS : EXISTING
      this.#userIds.set(row, result.userId)
    }
  }

  /** The next row was provisioned to the user whose ids are reserved for it. */
  addProvisioned(): void {
    this.#codes[this.#length++] = SUCCESS
  }

  at(row: number): RowResult | undefined {
    if (row >= this.#length) return undefined
    const code = this.#codes[row] as number
    if (code >= FAILED) return { outcome: 'failed', ...(this.#failures[code - FAILED] as Failure) }
    const userId = this.#userIds.get(row) ?? this.#newUserId(row)
    return { outcome: code === EXISTING ? 'existing' : 'success', userId }
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
