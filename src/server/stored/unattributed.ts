import type { Journal } from '../../journal/journal.ts'
import type { JournalEntry } from '../../journal/journal-entry.ts'
import { type Journals, UNATTRIBUTED } from '../../journal/journals.ts'
import { fromStored, toStored } from '../../journal/stored-exchange.ts'
import type { Queries } from '../../store/database.ts'
import type { Batch } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import type { StoredSandbox } from './stored-sandbox.ts'

const ID = new RegExp(`^${UNATTRIBUTED}-(\\d+)$`)

/** Exchanges that belong to no sandbox: every process writes some, and shows those of the others too. */
export class Unattributed {
  readonly #pending: JournalEntry[] = []
  /** Those up to this number are cleared, here and not in the store yet. */
  #clearedUpTo: number | undefined
  /** What of the store is shown here. */
  #seen = '0-0'
  /** Up to this number, those of other processes are counted here. */
  #countedUpTo = 0

  note(entry: JournalEntry): void {
    // Whoever got no number was not served: the store was away.
    if (ID.test(entry.requestId)) this.#pending.push(entry)
  }

  /** Somebody has emptied the journal, which has numbered so many. */
  clear(numbered: number): void {
    this.#pending.length = 0
    this.#clearedUpTo = numbered
  }

  get isBehind(): boolean {
    return this.#pending.length > 0 || this.#clearedUpTo !== undefined
  }

  /** What is to be written, where so many were numbered before, so many are now, and so many are kept. */
  collect(process: string, before: number, numbered: number, size: number) {
    return {
      unattributed: this.#pending.map((entry) => ({ position: numberOf(entry), ...toStored(entry, process) })),
      unattributedUpTo: this.#clearedUpTo ?? roomUpTo(before, numbered, size),
      isNews: this.isBehind || numbered !== before,
    }
  }

  /** It is written. */
  confirm({ unattributed, unattributedUpTo }: Batch): void {
    this.#pending.splice(0, unattributed.length)
    if (this.#clearedUpTo === unattributedUpTo) this.#clearedUpTo = undefined
  }

  /** It could not be written, and was not answered. */
  giveUp(): void {
    this.#pending.length = 0
  }

  /** Brings the journal to where the store is; gives what other processes have written since the last time. */
  async read(store: Store, queries: Queries, journal: Journal, process: string): Promise<JournalEntry[]> {
    const { count, last } = await store.unattributedStanding(queries)
    const standing = `${count}-${last}`
    if (standing === this.#seen || this.#clearedUpTo !== undefined) return []
    const stored = await store.exchanges(queries)
    const entries = stored.map((exchange) => ({ position: exchange.position, ...fromStored(exchange) }))
    const pending = this.#pending.filter((entry) => !entries.some(({ position }) => position === numberOf(entry)))
    const all = [...entries.map(({ entry }) => entry), ...pending]
    journal.restore(all, all.length)
    const foreign = entries.filter(({ position, by }) => position > this.#countedUpTo && by !== process)
    this.#seen = standing
    this.#countedUpTo = Math.max(this.#countedUpTo, last)
    return foreign.map(({ entry }) => entry)
  }
}

const numberOf = ({ requestId }: JournalEntry): number => Number(ID.exec(requestId)?.[1])

/** Exchanges that are added before old ones are looked for that make room. */
const DROP_EVERY = 64

/**
 * The position up to which exchanges make room, now that there are so many; undefined when none do.
 *
 * @param size Exchanges that are kept.
 */
export function roomUpTo(before: number, now: number, size: number): number | undefined {
  const isTime = Math.floor(now / DROP_EVERY) > Math.floor(before / DROP_EVERY)
  return isTime && now > size ? now - size : undefined
}

/**
 * Brings the journal of a sandbox to where the store is.
 *
 * @param process What exchanges of this process are known by.
 * @returns those of other processes that are new here.
 */
export async function readJournal(
  store: Store,
  queries: Queries,
  journals: Journals,
  sandbox: StoredSandbox,
  process: string,
): Promise<JournalEntry[]> {
  const { record } = sandbox
  if (record === undefined || sandbox.hasSeen(record)) return []
  const journal = journals.of(sandbox)
  // What was there then is there still, unless somebody has emptied it; behind it, others may stand between one's own.
  const behind = sandbox.journalCleared === record.cleared ? sandbox.journalSeen : 0
  const stored = await store.exchanges(queries, record, behind)
  const entries = stored.map((exchange) => ({ position: exchange.position, ...fromStored(exchange) }))
  const read = entries.map(({ entry }) => entry)
  const own = new Set(read.map(({ requestId }) => requestId))
  const kept = behind === 0 ? [] : journal.list().filter(({ requestId }) => !own.has(requestId))
  journal.restore([...kept.reverse(), ...read], record.exchanges - record.cleared)
  const foreign = entries.filter(({ position, by }) => position > sandbox.noted && by !== process)
  sandbox.noted = record.exchanges
  sandbox.journalSeen = record.exchanges
  sandbox.journalCleared = record.cleared
  return foreign.map(({ entry }) => entry)
}
