import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { SandboxRecord } from '../../store/records.ts'
import type { Command, CommandType, ResultOf } from '../../world/commands.ts'
import type { SandboxConfig } from '../../world/config.ts'
import { MemoryLog } from '../../world/log.ts'
import { Sandbox } from '../../world/sandbox.ts'
import type { StoreTime } from './store-time.ts'

/** A command that is not in the store yet. */
export interface Pending {
  readonly command: Command
  /** Whether a program gave it by a method of the mock, outside of any call. */
  readonly isLoose: boolean
}

/** A sandbox that notes what is done to it until the store has it. */
export class StoredSandbox extends Sandbox {
  readonly time: StoreTime
  readonly incarnation: string
  /** What the store says of it, as far as known here; undefined before it was stored for the first time. */
  record: SandboxRecord | undefined
  /** Whether it gives way to what the store has under its id. */
  isProvisional = false
  /** Whether its state holds what the store has not taken: it must be built anew. */
  isStale = false
  /** Whether a batch of calls is being served. */
  isInTurn = false
  readonly pending: Pending[] = []
  /** Exchanges that are not in the store yet. */
  readonly exchanges: JournalEntry[] = []
  /** Exchanges up to this position are cleared. */
  cleared = 0
  /** The journal here holds all exchanges of the store up to this position, but for those up to the next. */
  journalSeen = 0
  journalCleared = 0
  /** Exchanges of other processes up to this position are counted and told here. */
  noted = 0
  #isFollowing = false

  constructor(config: SandboxConfig, incarnation: string, time: StoreTime, createdAt: number) {
    super(config, new MemoryLog(), () => time.now(), createdAt)
    this.incarnation = incarnation
    this.time = time
  }

  override replay<T extends CommandType>(command: Command<T>): ResultOf<T> {
    const result = super.replay(command)
    if (!this.#isFollowing) this.pending.push({ command: command as Command, isLoose: !this.isInTurn })
    return result
  }

  /** Repeats a command that the store has. */
  follow(command: Command): void {
    this.#isFollowing = true
    try {
      super.replay(command)
    } finally {
      this.#isFollowing = false
    }
  }

  /** Empties the journal, here and in the store. */
  clearJournal(): void {
    this.exchanges.length = 0
    this.cleared = this.record?.exchanges ?? 0
    this.journalSeen = this.cleared
    this.journalCleared = this.cleared
  }
}
