import { type Durations, newDurations, noteDuration } from './tally.ts'

/** What a store is asked to do. */
export type StoreOperation = 'query' | 'transaction'

/**
 * Counts what a store does. Plain numbers: whoever asks the store calls `note` when an answer or an error came.
 * Labels are bounded: two operations, the kinds of StoreError.
 */
export class StoreTally {
  readonly durations = new Map<StoreOperation, Durations>()
  /** Errors by kind. `conflict` is one: somebody else was quicker, and it was tried again. */
  readonly errors = new Map<string, number>()

  /** Notes how long the store took, and the kind of the error when it could not do it. */
  note(operation: StoreOperation, durationMs: number, errorKind?: string): void {
    const durations = this.durations.get(operation) ?? newDurations()
    this.durations.set(operation, durations)
    noteDuration(durations, durationMs / 1000)
    if (errorKind !== undefined) this.errors.set(errorKind, (this.errors.get(errorKind) ?? 0) + 1)
  }
}
