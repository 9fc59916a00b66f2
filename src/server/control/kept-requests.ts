import type { Journal } from '../../journal/journal.ts'
import type { JournalEntry } from '../../journal/journal-entry.ts'
import { UNATTRIBUTED } from '../../journal/journals.ts'
import { Viewer } from '../../journal/viewer.ts'
import type { Mark } from '../../shared/redact.ts'
import type { Deps } from '../deps.ts'
import { notFound, sandboxNamed } from '../problem.ts'

/** Parameters of a path: id of a sandbox, and of a request. */
export type Params = Readonly<Record<string, string>>

/** The sandbox whose journal a path names; undefined for requests that belong to none. */
export const ownerNamed = (deps: Deps, id: string | undefined) =>
  id === UNATTRIBUTED ? undefined : sandboxNamed(deps.world, id)

/** The journal that a path names, and what shows its exchanges. */
export function journalOf(deps: Deps, { id }: Params, mark?: Mark): { journal: Journal; viewer: Viewer } {
  const owner = ownerNamed(deps, id)
  return { journal: deps.journals.ofOwner(owner), viewer: new Viewer(deps, owner, mark) }
}

/**
 * The exchange that a path names.
 *
 * @throws Problem 404.
 */
export function entryOf(deps: Deps, { id, requestId = '' }: Params): JournalEntry {
  const { journals } = deps
  // Whoever has the id of a request from its answer need not know that it belongs to nobody.
  const entry = journals.ofOwner(ownerNamed(deps, id)).find(requestId) ?? journals.unattributed.find(requestId)
  if (entry === undefined) throw notFound(`The journal of ${id} has no request "${requestId}" (any more).`)
  return entry
}
