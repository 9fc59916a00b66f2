import type { JournalEntry } from '../../journal/journal-entry.ts'
import { bounds } from '../../shared/bounds.ts'
import { StoreError } from '../../store/database.ts'
import type { SandboxRecord } from '../../store/records.ts'
import type { Command, CommandType, ResultOf } from '../../world/commands.ts'
import type { SandboxConfig } from '../../world/config.ts'
import type { CommandLog } from '../../world/log.ts'
import { Sandbox } from '../../world/sandbox.ts'
import type { StoreTime } from './store-time.ts'

/** A command that is not in the store yet. */
export interface Pending {
  readonly command: Command
  /** Whether a program gave it by a method of the mock, outside of any call. */
  readonly isLoose: boolean
}

/** Sandboxes that were made so far. */
let made = 0

/** A sandbox that notes what is done to it until the store has it. */
export class StoredSandbox extends Sandbox {
  readonly time: StoreTime
  readonly incarnation: string
  /** What the store says of it, as far as known here; undefined before it was stored for the first time. */
  record: SandboxRecord | undefined
  /** Whether it gives way to what the store has under its id. */
  isProvisional = false
  /** Whether another process has made a sandbox with its id or its credentials meanwhile: it was never stored. */
  isTaken = false
  /** Whether its state holds what the store has not taken: it must be built again. */
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
  /** Exchanges of other processes up to this position are counted here. */
  noted = 0
  #isFollowing = false

  readonly #endLog: () => void

  /** @param logs The commands of all sandboxes of the process, which together have a bound. */
  constructor(config: SandboxConfig, incarnation: string, time: StoreTime, createdAt: number, logs: CommandLog) {
    made += 1
    // While a sandbox is read again, there are two with its id.
    const key = `${incarnation}-${made}`
    const log: CommandLog = {
      append: (_, sequence, command) => logs.append(key, sequence, command),
      read: (_, from) => logs.read(key, from),
      drop: () => logs.drop(key),
    }
    super(config, log, () => time.now(), createdAt)
    this.#endLog = () => logs.drop(key)
    this.incarnation = incarnation
    this.time = time
  }

  /**
   * Refuses calls when its commands have become too many to be read in good time.
   *
   * @throws StoreError
   */
  refuseWhenFull(): void {
    const { sequence } = this.peek()
    if (sequence < bounds.storedCommands.value) return
    throw new StoreError(
      'refused',
      `Sandbox ${this.id} has ${sequence} commands, as many as a store keeps of one. POST /__admin/sandboxes/${this.id}/reset empties it; or take a new sandbox for each run.`,
    )
  }

  override retire(): void {
    super.retire()
    this.#endLog()
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

  /** Whether the journal here is that of the store. */
  hasSeen({ exchanges, cleared }: Pick<SandboxRecord, 'exchanges' | 'cleared'>): boolean {
    return this.journalSeen === exchanges && this.journalCleared === cleared
  }

  /** Empties the journal, here and in the store. */
  clearJournal(): void {
    this.exchanges.length = 0
    this.cleared = this.record?.exchanges ?? 0
    this.journalSeen = this.cleared
    this.journalCleared = this.cleared
  }
}
