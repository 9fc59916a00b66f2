import { type CleanUp, cleaningOf, type Leftovers, lookingFor } from './clean-up.ts'
import { lacks } from './credentials.ts'
import { type LedgerEntry, ledgerEntries } from './ledger.ts'
import { type ContractOptions, toTarget } from './options.ts'
import { ContractUsageError } from './outcome.ts'
import { guardWrites, sessionFor } from './start.ts'

/** What cleaning up takes: where, by what right, and by which ledger. */
export interface CleanUpOptions
  extends Pick<
    ContractOptions,
    | 'target'
    | 'credentials'
    | 'fetch'
    | 'confirmHost'
    | 'maxRequests'
    | 'rps'
    | 'timeoutMs'
    | 'now'
    | 'random'
    | 'sleep'
    | 'signal'
  > {
  /** The ledger of the runs: it names what they created, and takes down what is deleted. */
  readonly ledger: string
}

/** Runs of a ledger that may have left something, the oldest first. */
function runsOf(file: string, target: string): ReadonlyMap<string, readonly LedgerEntry[]> {
  const runs = new Map<string, LedgerEntry[]>()
  for (const entry of ledgerEntries(file, target)) runs.set(entry.run, [...(runs.get(entry.run) ?? []), entry])
  for (const [run, entries] of runs) if (entries.some(({ cleaned }) => cleaned === true)) runs.delete(run)
  return runs
}

function toSession(options: CleanUpOptions, allowWrites: boolean) {
  const target = toTarget(options.target)
  const lacking = lacks('access-token', options.credentials, allowWrites)
  if (lacking !== undefined) throw new ContractUsageError(`${lacking}: users and departments are deleted by its right`)
  const chosen = { ...options, allowWrites }
  if (allowWrites) guardWrites(chosen, target)
  const runs = runsOf(options.ledger, target.baseUrl)
  return { ...sessionFor(chosen, target), runs }
}

/**
 * Looks for what earlier runs have left at a target, and deletes nothing.
 *
 * @throws ContractUsageError when the options are wrong or the ledger cannot be read.
 */
export async function findLeftovers(
  options: CleanUpOptions,
): Promise<readonly (Leftovers & { readonly run: string })[]> {
  const { session, runs } = toSession(options, false)
  const found: (Leftovers & { readonly run: string })[] = []
  for (const [run, entries] of runs) found.push({ run, ...(await session.get(lookingFor(run, entries))) })
  return found
}

/**
 * Deletes what earlier runs have left at a target: users and departments that carry the mark of a run, or that its ledger
 * names. A run of which nothing is left is marked so in the ledger.
 *
 * @throws ContractUsageError when the options are wrong or the ledger cannot be read, SafetyStop when the host is not
 *   loopback and was not said once more; both before the first request.
 */
export async function cleanUpRuns(options: CleanUpOptions): Promise<readonly CleanUp[]> {
  const { session, ledger, runs } = toSession(options, true)
  try {
    const done: CleanUp[] = []
    for (const [run, entries] of runs) done.push(await session.get(cleaningOf(run, entries)))
    return done
  } finally {
    ledger?.close()
  }
}
