import type { JournalEntry } from '../../journal/journal-entry.ts'
import { type OwnedEntry, UNATTRIBUTED } from '../../journal/journals.ts'
import { type Search, searchJournal } from '../../journal/search.ts'
import type { Viewer } from '../../journal/viewer.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { pageOf, pagesFor, type ViewProps } from './view.ts'

/** Lines of a page: ten thousand entries stay fluid because the browser never holds more than these. */
const PAGE = 100
/** Unattributed requests that stand on top of the feed over all sandboxes. */
const ON_TOP = 10
const MAX_IDS = 100

/** Whose requests are listed: those of the sandbox on the page, of all, or of none. */
type Scope = '' | 'all' | typeof UNATTRIBUTED

/** A page of the journal, as the address asks for it. */
export interface JournalPage {
  readonly scope: Scope
  readonly rows: readonly OwnedEntry[]
  /** Requests that fit the filters. */
  readonly total: number
  /** Requests that are kept in all. */
  readonly kept: number
  readonly dropped: number
  /** Requests that came in behind the reader's back, above the first row. */
  readonly newer: number
  readonly searched: number | undefined
  readonly number: number
  readonly pages: number
}

type Query = ViewProps['query']

/** Parameters that every link within the journal keeps. */
export const rowParams = ({ scope, q, operation, status, kind, ids, finding }: Query, sandbox: string) => ({
  sandbox,
  ...{ scope, q, operation, status, kind, ids, finding },
})

/** Parameters of the list as it is shown, without the exchange beside it. */
export const chosenOf = ({ sandbox, query }: Pick<ViewProps, 'sandbox' | 'query'>) => ({
  ...rowParams(query, sandbox.id),
  page: query['page'],
})

/** The page that the address asks for. `top` is the first row that the reader sees: newer ones are counted, not shown. */
export async function pageOfJournal(
  { deps, sandbox, query }: ViewProps,
  viewerOf: (owner: Sandbox | undefined) => Viewer,
): Promise<JournalPage> {
  const { journals, time } = deps
  const scope = scopeOf(query['scope'])
  const owner = scope === UNATTRIBUTED ? undefined : sandbox
  const journal = journals.ofOwner(owner)
  const all = scope === 'all' ? unattributedFirst(journals.newest()) : journal.list().map((entry) => ({ entry, owner }))
  const { entries, searched } = await searchJournal(
    all,
    searchOf(query),
    ({ entry }) => entry,
    (item) => viewerOf(item.owner).lazyExchange(item.entry),
    time.elapsed,
    ({ owner, entry }, piece) => viewerOf(owner).showsPiece(entry, piece),
  )
  const pages = pagesFor(entries.length, PAGE)
  const number = pageOf(query['page'], pages)
  const newer = number > 1 ? 0 : Math.max(0, indexOf(entries, query['top']))
  const from = (number - 1) * PAGE + newer
  return {
    scope,
    rows: entries.slice(from, from + PAGE),
    ...{ total: entries.length, kept: all.length, dropped: scope === 'all' ? 0 : journal.dropped },
    ...{ newer, searched, number, pages },
  }
}

const indexOf = (entries: readonly OwnedEntry[], id: string | undefined): number =>
  id === undefined ? 0 : entries.findIndex(({ entry }) => entry.requestId === id)

/** What nobody owns is what somebody misses: the newest of it comes first. */
function unattributedFirst(all: readonly OwnedEntry[]): OwnedEntry[] {
  const onTop = all.filter(({ owner }) => owner === undefined).slice(0, ON_TOP)
  const isOnTop = new Set<OwnedEntry>(onTop)
  return [...onTop, ...all.filter((one) => !isOnTop.has(one))]
}

const scopeOf = (text: string | undefined): Scope => (text === 'all' || text === UNATTRIBUTED ? text : '')

const kinds: Readonly<Record<string, Search>> = {
  refused: { refused: true },
  accepted: { refused: false },
  fault: { fault: true },
}

/** `404` is a status, `4xx` or `4` a class of them. */
function searchOf({ q, operation, status = '', kind = '', ids }: Query): Search {
  const [, digit, rest] = /^([0-5])(\d\d|xx)?$/i.exec(status.trim()) ?? []
  const isExact = rest !== undefined && /\d/.test(rest)
  return {
    text: q,
    operation: operation || undefined,
    status: isExact ? Number(status) : undefined,
    statusClass: digit === undefined || isExact ? undefined : Number(digit),
    ...(Object.hasOwn(kinds, kind) ? kinds[kind] : {}),
    ids: ids === undefined ? undefined : new Set(ids.split(',', MAX_IDS)),
  }
}

/** The part of a target that tells one call of an operation from another: its query, or what its path ends with. */
export function distinctPart({ target, operation }: Pick<JournalEntry, 'target' | 'operation'>, shown: string): string {
  if (operation === undefined) return ''
  const at = shown.indexOf('?')
  if (at >= 0) return shown.slice(at)
  return target.replace(/^.*\/(?=[^/]*\/?$)/, '/')
}
