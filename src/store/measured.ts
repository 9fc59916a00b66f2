import type { Database, Queries, Row } from './database.ts'
import { StoreError } from './database.ts'

/** Told how long the store took, in milliseconds, and the kind of the error when it could not do it. */
export type NoteStore = (operation: 'query' | 'transaction', durationMs: number, errorKind?: string) => void

/** The same database; whoever measures is told of each query outside of a transaction, and of each transaction. */
export function measured(database: Database, elapsedMs: () => number, note: NoteStore): Database {
  const timed = async <T>(operation: 'query' | 'transaction', work: () => Promise<T>): Promise<T> => {
    const started = elapsedMs()
    try {
      const result = await work()
      note(operation, elapsedMs() - started)
      return result
    } catch (error) {
      note(operation, elapsedMs() - started, error instanceof StoreError ? error.kind : undefined)
      throw error
    }
  }
  return {
    isExclusive: database.isExclusive,
    name: database.name,
    query: (text: string, values?: readonly unknown[]): Promise<readonly Row[]> =>
      timed('query', () => database.query(text, values)),
    transaction: <T>(work: (queries: Queries) => Promise<T>): Promise<T> =>
      timed('transaction', () => database.transaction(work)),
    close: () => database.close(),
  }
}
