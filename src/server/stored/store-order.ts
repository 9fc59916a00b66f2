import { type Queries, StoreError } from '../../store/database.ts'
import type { Batch, SandboxRecord } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { SystemTime } from '../system-time.ts'
import { taken } from './deleted-sandboxes.ts'
import { type Join, Lane, type Turn } from './lane.ts'
import type { StoredSandbox } from './stored-sandbox.ts'
import type { StoredWorld } from './stored-world.ts'

/** How long calls wait for a store that has gone away, in real milliseconds; those that come later are refused at once. */
const PATIENCE_MS = 3000
/** Between two attempts, growing up to the longest. */
const FIRST_RETRY_MS = 20
const LONGEST_RETRY_MS = 400
/** An outage ends when nothing failed for so long. */
const FORGET_FAILURE_MS = 1500

/** Sandboxes that are brought up to date together: some connections stay free for calls. */
const AT_ONCE = 6
/** How often others are looked after while somebody watches, in real milliseconds. */
const WATCH_MS = 500
/** The oldest exchanges make room whenever this part of what may be kept was written. */
const TRIM_SHARE = 8

/** What a call may want of its turn. */
export interface TurnOptions {
  /** Whether it reads the journal. */
  readonly readsJournal?: boolean
}

/**
 * Serves the calls of each sandbox in one order over all processes: a batch of calls locks the sandbox in the store, reads
 * what others have written, is carried out, and is written; only then do its answers leave.
 */
export class StoreOrder {
  readonly #store: Store
  readonly #stored: StoredWorld
  readonly #time: SystemTime
  readonly #lanes = new Map<string, Lane>()
  /** When the store was found to be away, and when it was last found so. */
  #awaySince = 0
  #failedAt = Number.NEGATIVE_INFINITY
  #closed: Promise<void> | undefined
  #looking: Promise<void> | undefined
  /** Bytes of exchanges that were written since the oldest ones last made room. */
  #untrimmed = 0

  constructor(store: Store, stored: StoredWorld, time: SystemTime) {
    this.#store = store
    this.#stored = stored
    this.#time = time
  }

  /**
   * Lets a call take its turn in a sandbox; gives its result when everything that it did is stored.
   *
   * @throws StoreError when it is not stored; the call has had no effect then.
   */
  take<T>(id: string, work: (turn: Turn) => Promise<T>, { readsJournal = false }: TurnOptions = {}): Promise<T> {
    const known = this.#lanes.get(id)
    if (known !== undefined) return known.take(work, readsJournal)
    const lane: Lane = new Lane(
      (join) => this.#serve(id, join),
      () => this.#lanes.delete(id),
    )
    this.#lanes.set(id, lane)
    return lane.take(work, readsJournal)
  }

  /** @throws StoreError when a sandbox has no room for further calls. */
  refuseWhenFull(id: string): void {
    this.#stored.refuseWhenFull(id)
  }

  /** The sandbox that an AppId, token or code belongs to, wherever it was made. */
  sandboxOfKey(key: string): Promise<string | undefined> {
    return this.#withRetries(() => this.#store.sandboxOfKey(key))
  }

  /** Brings every sandbox to where the store is. */
  async refresh(options?: TurnOptions): Promise<void> {
    const standings = await this.#withRetries(() => this.#store.standings())
    const found = new Set(standings.map(({ id }) => id))
    const behind = standings.filter((standing) => this.#stored.isBehind(standing, options?.readsJournal === true))
    const deleted = [...this.#stored.stored()].filter((id) => !found.has(id))
    await this.#syncAll([...behind.map(({ id }) => id), ...deleted], options)
  }

  /** Looks what others have done, for whoever watches; not more than once at a time. */
  watch(): void {
    this.#looking ??= this.refresh({ readsJournal: true })
      .catch(() => undefined)
      .finally(() => void this.#time.after(WATCH_MS, () => (this.#looking = undefined)))
  }

  /** Stores what programs did outside of any call. */
  async flush(): Promise<void> {
    // One after the other: what one gives up, such as an AppId, another may take.
    for (const id of [...this.#stored.unstored()]) await this.#sync(id)
  }

  /** Brings sandboxes and the store together, some at a time. */
  async #syncAll(ids: readonly string[], options?: TurnOptions): Promise<void> {
    const left = ids.values()
    const worker = async () => {
      for (const id of left) await this.#sync(id, options)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  }

  /** Brings a sandbox and the store together. Whoever made one that is taken sees it by the sandbox. */
  #sync(id: string, options?: TurnOptions): Promise<void> {
    return this.take(id, async () => undefined, options).catch((error: StoreError) => {
      if (error.kind !== 'taken') throw error
    })
  }

  /** Sandboxes that were made here and are not in the store yet. */
  notYetStored(): ReadonlySet<StoredSandbox> {
    return new Set(this.#stored.notYetStored())
  }

  /** @throws StoreError when the store does not answer. */
  ping(): Promise<void> {
    return this.#store.ping()
  }

  /** Stores what is left and closes the store. */
  close(): Promise<void> {
    this.#closed ??= this.flush().finally(() => this.#store.close())
    return this.#closed
  }

  async #serve(id: string, join: Join): Promise<void> {
    let batch: Batch | undefined
    let isEntered = false
    const enter = async (queries: Queries) => {
      // Those that came while the sandbox was waited for take part.
      const members = join()
      if (members.some(({ readsJournal }) => readsJournal)) await this.#stored.readJournal(queries, id)
      isEntered = true
      this.#stored.setInTurn(id, true)
      try {
        for (const member of members) await member.enter()
      } finally {
        this.#stored.setInTurn(id, false)
      }
    }
    const prepare = async (queries: Queries): Promise<SandboxRecord | undefined> => {
      const known = this.#stored.known(id)
      const { record, nowMs } =
        known !== undefined && this.#store.isExclusive
          ? { record: known, nowMs: this.#time.now() }
          : await this.#store.lock(queries, id, known)
      await this.#stored.catchUp(queries, id, record, nowMs)
      return record
    }
    const attempt = async () => {
      if (this.#store.isExclusive) {
        const record = await prepare(this.#store.queries)
        await enter(this.#store.queries)
        batch = this.#stored.collect(id, record)
        if (batch !== undefined) await this.#store.writeAlone(batch)
        return
      }
      await this.#store.transaction(async (queries) => {
        const record = await prepare(queries)
        await enter(queries)
        batch = this.#stored.collect(id, record)
        if (batch !== undefined) await this.#store.write(queries, batch)
      })
    }
    try {
      await this.#withRetries(attempt, () => !isEntered)
    } catch (error) {
      if (!isEntered) throw error
      const outcome = batch === undefined ? 'lost' : await this.#outcomeOf(id, batch, error)
      if (outcome === 'taken') {
        this.#stored.giveWay(id)
        throw taken(id)
      }
      if (outcome === 'lost') {
        this.#stored.giveUp(id)
        throw error
      }
    }
    if (batch === undefined) return
    this.#stored.confirm(id, batch)
    this.#untrimmed += batch.exchanges.reduce((sum, { bytes }) => sum + bytes, 0)
    if (this.#untrimmed <= this.#stored.maxJournalBytes / TRIM_SHARE) return
    this.#untrimmed = 0
    // Whoever comes next tries again when this fails.
    await this.#store.trim(this.#stored.maxJournalBytes).catch(() => undefined)
  }

  /**
   * Decides what became of a batch whose writing failed: it is in the store, or it is written anew as long as nobody else
   * has written since. What was answered is decided already, so calls are not carried out twice.
   */
  async #outcomeOf(id: string, batch: Batch, error: unknown): Promise<'stored' | 'lost' | 'taken'> {
    if (!isPassing(error)) return 'lost'
    const isNew = this.#stored.isNew(id)
    try {
      return await this.#withRetries(() =>
        this.#store.transaction(async (queries) => {
          const { record } = await this.#store.lock(queries, id)
          const outcome = await this.#store.outcomeOf(queries, batch, record)
          if (outcome === 'lost') return isNew ? 'taken' : 'lost'
          if (outcome === 'free') {
            await this.#store.write(queries, batch).catch((again: StoreError) => {
              throw isNew && again.kind === 'conflict' ? taken(id) : again
            })
          }
          return 'stored'
        }),
      )
    } catch (error) {
      return (error as StoreError).kind === 'taken' ? 'taken' : 'lost'
    }
  }

  /** Tries again what failed for a reason that passes, until the store has been away for too long. */
  async #withRetries<T>(work: () => Promise<T>, mayRepeat: () => boolean = () => true): Promise<T> {
    for (let waitMs = FIRST_RETRY_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_RETRY_MS)) {
      try {
        return await work()
      } catch (error) {
        if (!isPassing(error)) throw error
        const now = this.#time.elapsed()
        // A failure long ago says nothing: connections that broke then may still be found broken now.
        if (now - this.#failedAt > FORGET_FAILURE_MS) this.#awaySince = now
        this.#failedAt = now
        if (!mayRepeat() || now - this.#awaySince > PATIENCE_MS) throw error
      }
      await new Promise<void>((done) => void this.#time.after(waitMs, done))
    }
  }
}

/** Whether trying again may help. */
const isPassing = (error: unknown): error is StoreError =>
  error instanceof StoreError && ['unavailable', 'conflict', 'unknown-outcome'].includes(error.kind)
