import type { ClockState } from '../world/clock.ts'
import type { Command } from '../world/commands.ts'
import type { SandboxConfig } from '../world/config.ts'

/** A sandbox as the store has it, but for its commands and exchanges. */
export interface SandboxRecord {
  readonly id: string
  /** Changes when the sandbox is reset or replaced: commands, exchanges and keys belong to one incarnation. */
  readonly incarnation: string
  readonly config: SandboxConfig
  /** Real time in epoch milliseconds at which it was made. */
  readonly madeMs: number
  /** Commands so far. */
  readonly sequence: number
  /** Requests numbered so far. */
  readonly requests: number
  /** Exchanges written so far, those that are gone included. */
  readonly exchanges: number
  /** Exchanges up to this one were cleared from the journal. */
  readonly cleared: number
  /** Real time in epoch milliseconds of its last batch: the time of a sandbox never goes back. */
  readonly realMs: number
  readonly clock: ClockState
  /** Requests that belong to no sandbox, numbered so far. They take their turn with those of the sandbox `default`. */
  readonly unattributed: number
  /** The batch that wrote it last. */
  readonly batch: string
}

/** An exchange as the store has it: what it is made of is the journal's matter. */
interface ExchangeContent {
  readonly text: string
  /** A long answer, as it was sent; undefined when it is in the text. */
  readonly answer?: Uint8Array | undefined
}

/** An exchange that is in the store. */
export interface StoredExchange extends ExchangeContent {
  /** Place in the journal, from 1 on. */
  readonly position: number
}

/** An exchange that is to be written. */
export interface NewExchange extends ExchangeContent {
  /** As the bounds of a journal count them. */
  readonly bytes: number
}

/** What a batch of calls did to a sandbox: written together, or not at all. */
export interface Batch {
  readonly id: string
  /** The batch that wrote before; undefined when there is no such sandbox in the store. */
  readonly previous: SandboxRecord | undefined
  /** What the sandbox is like afterwards; undefined when it was deleted. */
  readonly next: SandboxRecord | undefined
  readonly commands: readonly Command[]
  readonly exchanges: readonly NewExchange[]
  /** Exchanges up to this position make room, if any do. */
  readonly dropUpTo: number | undefined
  /** Exchanges that belong to no sandbox, by their number. */
  readonly unattributed: readonly (NewExchange & { readonly position: number })[]
  /** Exchanges of no sandbox up to this number make room, if any do. */
  readonly unattributedUpTo: number | undefined
  /** AppId, tokens and codes by which calls find the sandbox from now on. */
  readonly keys: readonly string[]
}
