import type { XDateTime } from '../../world/clock.ts'
import type { RestorableSandbox } from '../../world/world-options.ts'

export const SNAPSHOT_FORMAT = 'koodrive-mock-snapshot'
/** Changes whenever an older snapshot would no longer give the same bytes: with LOG_VERSION at least. */
export const SNAPSHOT_VERSION = 1

interface SnapshotOf<Sandbox> {
  readonly format: typeof SNAPSHOT_FORMAT
  readonly version: typeof SNAPSHOT_VERSION
  /** Version of the mock that wrote it. */
  readonly mock: string
  /** Oldest first. */
  readonly sandboxes: readonly Sandbox[]
}

interface RestoredSandbox extends RestorableSandbox {
  readonly requests: number
}

/** A snapshot once it is read: times in epoch milliseconds. */
export type Snapshot = SnapshotOf<RestoredSandbox>

/** Sandboxes as one JSON value, to be kept and restored. */
export type SnapshotFile = SnapshotOf<
  Omit<RestoredSandbox, 'clock'> & {
    /** `now` in ISO 8601; `aheadMs` of a clock that runs with the real time. */
    readonly clock: { readonly frozen: boolean; readonly xDate: XDateTime } & (
      | { readonly now: string; readonly rate: number }
      | { readonly aheadMs: number }
    )
  }
>
