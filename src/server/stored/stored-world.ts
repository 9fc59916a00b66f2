import { randomBytes } from 'node:crypto'
import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Journals } from '../../journal/journals.ts'
import { toStored } from '../../journal/stored-exchange.ts'
import type { Queries } from '../../store/database.ts'
import type { Batch, SandboxRecord } from '../../store/records.ts'
import type { Standing, Store } from '../../store/store.ts'
import type { CommandLog } from '../../world/log.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { DEFAULT_SANDBOX, type World } from '../../world/world.ts'
import type { SystemTime } from '../system-time.ts'
import { type DeletedSandboxes, taken } from './deleted-sandboxes.ts'
import { type CommandSource, keysOf, ownKeys, repeatCommands, repeatPending } from './repeat-commands.ts'
import { StoreTime } from './store-time.ts'
import { type Pending, StoredSandbox } from './stored-sandbox.ts'
import { readJournal, roomUpTo, type Unattributed } from './unattributed.ts'

/** What keeps sandboxes and the store the same. */
export interface StoredWorldDeps {
  readonly world: World
  readonly journals: Journals
  readonly time: SystemTime
  readonly deleted: DeletedSandboxes
  readonly unattributed: Unattributed
  /** Commands of all sandboxes that are here. */
  readonly logs: CommandLog
  /** Called with every exchange that another process has written. */
  readonly onForeign: (sandbox: Sandbox | undefined, entry: JournalEntry) => void
  readonly onError: (error: unknown) => void
}

/** Brings sandboxes to where the store is, and says what was done to them since. */
export class StoredWorld {
  readonly #store: Store
  readonly #deps: StoredWorldDeps
  readonly #deleted: DeletedSandboxes
  /** Names this process in batches. */
  readonly #process = randomBytes(6).toString('base64url')
  #batches = 0

  constructor(store: Store, deps: StoredWorldDeps) {
    this.#store = store
    this.#deps = deps
    this.#deleted = deps.deleted
  }

  get maxJournalBytes(): number {
    return this.#deps.journals.maxBytes
  }

  /** Ids of sandboxes that hold what the store has not. */
  *unstored(): Iterable<string> {
    yield* this.#deleted.ids()
    if (this.#deps.unattributed.isBehind) yield DEFAULT_SANDBOX
    for (const sandbox of this.#deps.world.all()) {
      const { id, record, incarnation, pending, exchanges, cleared } = sandbox as StoredSandbox
      const isBehind = pending.length > 0 || exchanges.length > 0 || cleared !== record?.cleared
      if (isBehind || record?.incarnation !== incarnation) yield id
    }
  }

  /** Whether the store is further than what is known here. */
  isBehind(standing: Standing, withJournal: boolean): boolean {
    const { id, incarnation, sequence, exchanges, cleared, realMs, unattributed } = standing
    const sandbox = this.#sandbox(id)
    sandbox?.noteUse(realMs)
    if (this.#isIdle(standing, this.#deps.time.now())) return true
    const { record } = sandbox ?? {}
    if (sandbox === undefined || record === undefined || sandbox.isStale || record.incarnation !== incarnation) {
      return true
    }
    if (record.sequence !== sequence) return true
    return withJournal && (record.unattributed !== unattributed || !sandbox.hasSeen({ exchanges, cleared }))
  }

  /** Ids of the sandboxes that the store is known to have. */
  *stored(): Iterable<string> {
    for (const sandbox of this.#deps.world.all()) if ((sandbox as StoredSandbox).record !== undefined) yield sandbox.id
  }

  /** What the store last said of a sandbox; undefined when it has to be read anew. */
  known(id: string): SandboxRecord | undefined {
    const sandbox = this.#sandbox(id)
    return sandbox?.isStale ? undefined : sandbox?.record
  }

  /**
   * Brings a sandbox to where the store is; what a program did here outside of any call is done again on top.
   *
   * @throws StoreError
   */
  async catchUp(queries: Queries, id: string, record: SandboxRecord | undefined, nowMs: number): Promise<void> {
    const sandbox = this.#sandbox(id)
    if (record === undefined) {
      // Somebody else has deleted it. The sandbox default begins anew: it always exists.
      const { world } = this.#deps
      if (sandbox?.record !== undefined) {
        this.#deleted.quietly(() => void (id === DEFAULT_SANDBOX ? world.reset(id) : world.delete(id)))
      }
      this.#deleted.settle(id)
      sandbox?.time.sync(nowMs)
      return
    }
    const storeMs = Math.max(nowMs, record.realMs)
    if (this.#isIdle(record, storeMs)) {
      if (sandbox === undefined) this.#deleted.note(id)
      else this.#deps.world.delete(id)
      return
    }
    sandbox?.noteUse(record.realMs)
    if (sandbox === undefined) {
      if (!this.#deleted.has(id)) await this.#load(queries, record, storeMs, [])
      return
    }
    if (sandbox.record === undefined && !sandbox.isProvisional) {
      // It was made here in the place of what the store has: reset or replaced.
      if (this.#deleted.has(id)) return sandbox.time.sync(storeMs)
      sandbox.isTaken = true
      await this.#load(queries, record, storeMs, [])
      throw taken(id)
    }
    const seen = sandbox.record
    const isSame = seen?.incarnation === record.incarnation && !sandbox.isStale && record.sequence >= seen.sequence
    if (!isSame || (record.sequence > seen.sequence && sandbox.pending.length > 0)) {
      const keeps = seen === undefined || seen.incarnation === record.incarnation
      await this.#load(queries, record, storeMs, keeps ? sandbox.pending.filter(({ isLoose }) => isLoose) : [])
      return
    }
    await repeatCommands(this.#source(queries), sandbox, record, seen.sequence)
    sandbox.cleared = Math.max(sandbox.cleared, record.cleared)
    sandbox.time.sync(storeMs)
    this.#goOnNumbering(sandbox, record)
  }

  /** Brings the journal of a sandbox to where the store is, and that of none, with the exchanges of other processes. */
  async readJournal(queries: Queries, id: string): Promise<void> {
    const { journals, unattributed, onForeign } = this.#deps
    const unowned = await unattributed.read(this.#store, queries, journals.unattributed, this.#process)
    for (const entry of unowned) onForeign(undefined, entry)
    const sandbox = this.#sandbox(id)
    if (sandbox === undefined) return
    for (const entry of await readJournal(this.#store, queries, journals, sandbox, this.#process))
      onForeign(sandbox, entry)
  }

  /** What is to be written of a sandbox; undefined when nothing is. */
  collect(id: string, previous: SandboxRecord | undefined): Batch | undefined {
    const sandbox = this.#sandbox(id)
    const batch = { id: this.#nextBatch(), previous }
    const unowned = this.#collectUnattributed(id, previous?.unattributed)
    if (sandbox === undefined) {
      if (previous === undefined) return undefined
      return { ...batch, next: undefined, commands: [], exchanges: [], keys: [], dropUpTo: undefined, ...unowned }
    }
    const { config, incarnation, createdAt, pending, cleared, time } = sandbox
    const isNew = previous?.incarnation !== incarnation
    const { journals } = this.#deps
    const requests = journals.of(sandbox).requests
    const entries = journals.keepsAny ? sandbox.exchanges : []
    const before = isNew ? { sequence: 0, exchanges: 0, requests: -1, cleared: 0 } : previous
    const isIdle = pending.length === 0 && entries.length === 0 && !unowned.isNews
    if (isIdle && requests === before.requests && cleared === before.cleared) return undefined
    const exchanges = before.exchanges + entries.length
    const room = roomUpTo(before.exchanges, exchanges, journals.size)
    return {
      ...batch,
      next: {
        ...{ id, incarnation, config, madeMs: createdAt, requests, exchanges, batch: batch.id },
        cleared: isNew ? 0 : cleared,
        unattributed: id === DEFAULT_SANDBOX ? journals.unattributed.requests : 0,
        sequence: before.sequence + pending.length,
        realMs: time.now(),
        clock: sandbox.clock.state,
      },
      commands: pending.map(({ command }) => command),
      exchanges: entries.map((entry) => toStored(entry, this.#process)),
      keys: [
        ...(isNew ? ownKeys(config) : []),
        ...pending.flatMap(({ command }, index) => keysOf(config, before.sequence + index, command)),
      ],
      dropUpTo: cleared > before.cleared ? Math.max(exchanges - journals.size, cleared) : room,
      ...unowned,
    }
  }

  /** Notes that a batch is stored. */
  confirm(id: string, batch: Batch): void {
    const { next, previous, commands, exchanges } = batch
    this.#deleted.settle(id)
    if (id === DEFAULT_SANDBOX) this.#deps.unattributed.confirm(batch)
    const sandbox = this.#sandbox(id)
    if (sandbox === undefined || next === undefined || sandbox.incarnation !== next.incarnation) return
    const before = previous?.incarnation === next.incarnation ? previous.exchanges : 0
    if (sandbox.journalSeen === before) sandbox.journalSeen = next.exchanges
    if (sandbox.noted === before) sandbox.noted = next.exchanges
    sandbox.record = next
    sandbox.isProvisional = false
    sandbox.pending.splice(0, commands.length)
    sandbox.exchanges.splice(0, exchanges.length)
  }

  /** Sandboxes that were made here and are not in the store yet. */
  *notYetStored(): Iterable<StoredSandbox> {
    for (const sandbox of this.#deps.world.all()) {
      const { record, isProvisional } = sandbox as StoredSandbox
      if (record === undefined && !isProvisional) yield sandbox as StoredSandbox
    }
  }

  /** Another process has made a sandbox with this id or its credentials: the one that was made here is no more. */
  giveWay(id: string): void {
    const sandbox = this.#sandbox(id)
    if (sandbox !== undefined) sandbox.isTaken = true
    this.#deleted.quietly(() => void this.#deps.world.delete(id))
  }

  /** Whether a sandbox was made here, in the place of none. */
  isNew(id: string): boolean {
    const sandbox = this.#sandbox(id)
    return sandbox !== undefined && sandbox.record === undefined && !sandbox.isProvisional && !this.#deleted.has(id)
  }

  /** Gives up what a sandbox holds and the store has not taken, but for what a program did outside of any call. */
  giveUp(id: string): void {
    if (id === DEFAULT_SANDBOX) this.#deps.unattributed.giveUp()
    const sandbox = this.#sandbox(id)
    if (sandbox === undefined) return
    const loose = sandbox.pending.filter(({ isLoose }) => isLoose)
    sandbox.isStale = sandbox.record !== undefined || loose.length < sandbox.pending.length
    sandbox.pending.splice(0, sandbox.pending.length, ...loose)
    sandbox.exchanges.length = 0
  }

  /** @throws StoreError when a sandbox has no room for further calls. */
  refuseWhenFull(id: string): void {
    this.#sandbox(id)?.refuseWhenFull()
  }

  /** Tells a sandbox that a batch of calls begins or ends. */
  setInTurn(id: string, isInTurn: boolean): void {
    const sandbox = this.#sandbox(id)
    if (sandbox === undefined) return
    sandbox.isInTurn = isInTurn
    if (isInTurn) sandbox.time.hold()
    else sandbox.time.release()
  }

  /** Nobody has called it for too long: whoever finds it so ends it. */
  #isIdle({ id, realMs }: Pick<SandboxRecord, 'id' | 'realMs'>, nowMs: number): boolean {
    const { ttlMs } = this.#deps.world
    return ttlMs !== undefined && id !== DEFAULT_SANDBOX && nowMs - realMs > ttlMs
  }

  #sandbox(id: string): StoredSandbox | undefined {
    return this.#deps.world.get(id) as StoredSandbox | undefined
  }

  #goOnNumbering(sandbox: Sandbox, { id, requests, unattributed }: SandboxRecord): void {
    const { journals } = this.#deps
    journals.of(sandbox).continueAfter(requests)
    if (id === DEFAULT_SANDBOX) journals.unattributed.continueAfter(unattributed)
  }

  #source(queries: Queries): CommandSource {
    return { store: this.#store, queries, world: this.#deps.world }
  }

  async #load(queries: Queries, record: SandboxRecord, storeMs: number, loose: readonly Pending[]): Promise<void> {
    const { world, time, logs, onError } = this.#deps
    const own = new StoreTime(time)
    const sandbox = new StoredSandbox(record.config, record.incarnation, own, record.madeMs, logs)
    await repeatCommands(this.#source(queries), sandbox, record, 0).catch((error: unknown) => {
      sandbox.retire()
      throw error
    })
    sandbox.resumeClock(record.clock)
    sandbox.cleared = record.cleared
    own.sync(storeMs)
    this.#deleted.quietly(() => world.adopt(sandbox))
    this.#goOnNumbering(sandbox, record)
    repeatPending(sandbox, loose, onError)
  }

  /** What belongs to no sandbox goes with the sandbox `default`, whose turn it took. */
  #collectUnattributed(id: string, before = 0) {
    if (id !== DEFAULT_SANDBOX) return { unattributed: [], unattributedUpTo: undefined, isNews: false }
    const { journals, unattributed } = this.#deps
    return unattributed.collect(this.#process, before, journals.unattributed.requests, journals.size)
  }

  #nextBatch(): string {
    this.#batches += 1
    return `${this.#process}-${this.#batches.toString(36)}`
  }
}
