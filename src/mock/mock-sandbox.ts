import type { JournalFilter } from '../journal/journal.ts'
import type { JournalDetail } from '../journal/journal-view.ts'
import type { Route } from '../routes/route.ts'
import type { Fault, Scenario } from '../scenarios/scenario.ts'
import type { LogFile } from '../server/sandboxes/log.ts'
import type { ClockView, FaultView, TaskDetail, TaskView } from '../server/sandboxes/views.ts'
import type { SnapshotFile } from '../server/snapshots/snapshot-format.ts'
import type { Readings } from '../spec/readings.ts'
import type { Credentials } from '../world/config.ts'
import type { TokenKind } from '../world/tokens.ts'

/** An access token that was issued. */
interface IssuedToken {
  readonly token: string
  readonly kind: TokenKind
  /** Virtual time, ISO 8601 in UTC; null when it never expires. */
  readonly expiresAt: string | null
}

/** An authorization code that was issued. */
interface IssuedAuthCode {
  readonly code: string
  /** Virtual time, ISO 8601 in UTC. */
  readonly expiresAt: string
}

/** A sandbox in the hands of a test: everything that the control plane can do, without a port. */
export interface MockSandbox {
  readonly id: string
  readonly credentials: Credentials
  /** The one clock of the sandbox. */
  readonly clock: {
    read(): ClockView
    /** `{now?, frozen?, rate?, xDate?}`; what is left out stays. `now` is ISO 8601, or `real`. */
    set(setting: Partial<ClockView>): ClockView
    /** Moves the clock forward by an ISO 8601 duration: `clock.advance('PT16M')`. */
    advance(by: string): ClockView
  }
  readonly tasks: {
    list(): TaskView[]
    /** @throws Problem 404 when there is no such task. */
    get(taskId: string): TaskDetail
    /** Settles every open row now. */
    complete(taskId: string): TaskView
    /** Fails the task now. */
    fail(taskId: string): TaskView
  }
  /** What clients really sent; secrets are redacted. */
  readonly journal: {
    /** Newest first. `since` is in virtual epoch milliseconds. */
    list(filter?: JournalFilter): JournalDetail[]
    clear(): void
  }
  readonly faults: {
    list(): FaultView[]
    /** Injects a fault: `faults.add({ kind: 'throttle', retryAfterSeconds: 2, times: 1 })`. */
    add(fault: Fault): FaultView
    /** Removes one fault. */
    remove(faultId: string): void
    clear(): void
  }
  readonly routes: {
    list(): readonly Route[]
    /** Replaces the own answers of the sandbox that are data; counts of calls begin anew. */
    set(routes: readonly Route[]): void
  }
  readonly tokens: {
    /** Issues an access token; it lives 20 minutes of virtual time unless told otherwise. */
    issue(kind: TokenKind, lifeSeconds?: number): IssuedToken
    revoke(token: string): void
  }
  readonly authCodes: {
    /** Issues an authorization code for `admin`, `deptAdmin`, `user` or the id of a user: once, within five minutes. */
    issue(login: string): IssuedAuthCode
  }
  readonly scenario: {
    read(): Scenario
    /** Plays another scenario from now on, by name or as it is. */
    set(scenario: string | Partial<Scenario>): void
  }
  readonly readings: {
    read(): Readings
    /** Chooses readings over those of the scenario, in place of those chosen before. */
    set(readings: Readonly<Record<string, string>>): void
  }
  readonly log: {
    /** Seed, configuration and commands as one JSON value. */
    export(): LogFile
    /** Replays an exported log in the place of this sandbox; its clock then stands still at the last command. */
    replay(log: unknown): void
  }
  /** This sandbox as a snapshot: a JSON value that can be kept and restored. */
  snapshot(): SnapshotFile
  /** Restores the one sandbox of a snapshot, as a value or as a string, in the place of this one. */
  restore(snapshot: unknown): void
  /** Starts the sandbox anew as it was made. */
  reset(): void
  delete(): void
}
