import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Journals } from '../../journal/journals.ts'
import { fromStored } from '../../journal/stored-exchange.ts'
import type { Queries } from '../../store/database.ts'
import type { Store } from '../../store/store.ts'
import type { StoredSandbox } from './stored-sandbox.ts'

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
