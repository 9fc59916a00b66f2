import type { ErrorName } from '../../spec/errors.ts'
import type { Directory, Owner } from '../directory/directory.ts'
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
  /** Rows often fail for the same reason as those before them. */
  #lastFailure: Failure | undefined
  #lastNumber = 0
  /** Whose phone an existing row has; made when the first such row comes. */
  #owners: Int32Array | undefined
  /** The directory that knows the owners of the rows from one on. A scenario may bring another. */
  readonly #directories: { readonly from: number; readonly directory: Directory }[] = []
  #directory: Directory | undefined
  /** User ids that are given, by row. */
  readonly #given = new Map<number, LongId>()
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
    if (userId !== undefined) this.#given.set(this.#length, userId)
    this.#codes[this.#length++] = SUCCESS
  }

  /** The owner is known by number to a directory: whose id that is, is found out when somebody looks. */
  addExisting(owner: Owner, directory: Directory): void {
    if (directory !== this.#directory) {
      this.#directory = directory
      this.#directories.push({ from: this.#length, directory })
    }
    this.#owners ??= new Int32Array(this.#codes.length)
    this.#owners[this.#length] = owner
    this.#codes[this.#length++] = EXISTING
  }

  addGiven(userId: LongId): void {
    this.#given.set(this.#length, userId)
    this.#codes[this.#length++] = EXISTING
  }

  addFailure(failure: Failure): void {
    if (failure !== this.#lastFailure) {
      this.#lastFailure = failure
      this.#lastNumber = this.#numberOf(failure)
    }
    this.#codes[this.#length++] = FAILED + this.#lastNumber
  }

  at(row: number): RowResult | undefined {
    if (row >= this.#length) return undefined
    const code = this.#codes[row] as number
    if (code >= FAILED) return { outcome: 'failed', ...(this.#failures[code - FAILED] as Failure) }
    const given = this.#given.get(row)
    const outcome = code === EXISTING ? 'existing' : 'success'
    if (given !== undefined) return { outcome, userId: fromLongId(given) }
    return { outcome, userId: code === EXISTING ? this.#ownerAt(row) : this.#newUserId(row) }
  }

  #numberOf({ error, detail }: Failure): number {
    for (let number = 0; number < this.#failures.length; number += 1) {
      const known = this.#failures[number] as Failure
      if (known.error === error && known.detail === detail) return number
    }
    return this.#failures.push(detail === undefined ? { error } : { error, detail }) - 1
  }

  #ownerAt(row: number): string {
    const known = this.#directories.findLast(({ from }) => from <= row)
    const owner = this.#owners?.[row]
    return known === undefined || owner === undefined ? '' : fromLongId(known.directory.userIdOf(owner))
  }
}
