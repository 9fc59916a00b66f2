import type { FinishedExchange } from '../../journal/journal-view.ts'
import type { Journals } from '../../journal/journals.ts'
import type { World } from '../../world/world.ts'
import type { EventHub } from '../events/hub.ts'

/** What else is measured at each scrape. */
export interface MetricsSource {
  readonly world: World
  readonly journals: Journals
  readonly events: EventHub
}

/** Upper bounds of the duration buckets in seconds. */
export const BUCKETS_SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** How long the calls of an operation took. */
export interface Durations {
  /** Calls in each bucket, and not in a smaller one; the last is for those beyond every bound. */
  readonly buckets: number[]
  sumSeconds: number
}

const UNKNOWN = 'unknown'

/**
 * Counts finished exchanges. Plain numbers, so that counting costs next to nothing and the Prometheus client is loaded
 * only when somebody scrapes. Labels are bounded: operations, statuses and kinds of fault.
 */
export class Tally {
  /** Calls by operation and status. */
  readonly requests = new Map<string, Map<number, number>>()
  readonly durations = new Map<string, Durations>()
  /** Faults injected into calls, by kind. */
  readonly faults = new Map<string, number>()
  /** Errors that nobody expected. */
  errors = 0

  countError(): void {
    this.errors += 1
  }

  count({ operation = UNKNOWN, status, durationMs, faults }: FinishedExchange): void {
    const byStatus = this.requests.get(operation) ?? new Map<number, number>()
    byStatus.set(status, (byStatus.get(status) ?? 0) + 1)
    this.requests.set(operation, byStatus)
    const durations = this.durations.get(operation) ?? newDurations()
    noteDuration(durations, durationMs / 1000)
    this.durations.set(operation, durations)
    for (const stamp of faults) {
      const kind = stamp.slice(stamp.indexOf(';') + 1)
      this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1)
    }
  }
}

/** Counts a duration in its bucket. */
function noteDuration(durations: Durations, seconds: number): void {
  const bucket = BUCKETS_SECONDS.findIndex((bound) => seconds <= bound)
  const place = bucket < 0 ? BUCKETS_SECONDS.length : bucket
  durations.buckets[place] = (durations.buckets[place] ?? 0) + 1
  durations.sumSeconds += seconds
}

const newDurations = (): Durations => ({ buckets: new Array(BUCKETS_SECONDS.length + 1).fill(0), sumSeconds: 0 })

/** What a store is asked to do. */
type StoreOperation = 'query' | 'transaction'

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
