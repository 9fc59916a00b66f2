/** A row of a result, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>

/** Whatever answers SQL. */
export interface Queries {
  /** @throws StoreError */
  query(text: string, values?: readonly unknown[]): Promise<readonly Row[]>
  /**
   * The same for the last statement of a transaction: it is committed with it, which saves waiting for the database once.
   *
   * @throws StoreError; its kind is `unknown-outcome` when nobody can say whether it was committed.
   */
  last?(text: string, values: readonly unknown[]): Promise<readonly Row[]>
}

/** A database with the SQL of PostgreSQL: within this process, or a server. */
export interface Database extends Queries {
  /** Whether nobody else can use it meanwhile. */
  readonly isExclusive: boolean
  /** For messages: what it is and where, without secrets. */
  readonly name: string
  /**
   * Runs some work in one transaction; it is rolled back when the work throws.
   *
   * @throws StoreError; its kind is `unknown-outcome` when nobody can say whether it was committed.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/**
 * Why a store cannot be used. `unavailable`: it may come back by itself, nothing was stored. `conflict`: somebody else was
 * quicker, try again. `unknown-outcome`: the connection was lost while a transaction was being committed. `refused`: somebody
 * has to do something first. `usage`: the option that names it is wrong. `damaged`: what it holds is not what was written.
 * `taken`: another process was quicker to make a sandbox with this id or these credentials.
 */
export type StoreErrorKind = 'unavailable' | 'conflict' | 'unknown-outcome' | 'refused' | 'usage' | 'damaged' | 'taken'

/** Says in one line what is wrong with a store, and what to do. Holds no secret. */
export class StoreError extends Error {
  override name = 'StoreError' as const
  readonly kind: StoreErrorKind

  constructor(kind: StoreErrorKind, message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

export const damaged = (name: string, what: string): StoreError =>
  new StoreError(
    'damaged',
    `The store ${name} is damaged: ${what}. Somebody has changed its tables: restore a backup, or choose a new store.`,
  )

/** Whether an SQLSTATE says that a table or a column is not there. */
export const isMissing = (code: string): boolean => code === '42P01' || code === '42703'
