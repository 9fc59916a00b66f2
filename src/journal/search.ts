import { bounds } from '../shared/bounds.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { ShownExchange } from './journal-view.ts'
import { othersTurn } from './others-turn.ts'
import { toText } from './viewer.ts'

/** What exchanges are wanted. Everything that is given must fit. */
export interface Search {
  /**
   * Words that must turn up somewhere in the exchange, in any case: method, path, query, headers, bodies, trace id, task id,
   * request id, rule, faults. Words in double quotes belong together.
   */
  readonly text?: string | undefined
  readonly operation?: string | undefined
  readonly status?: number | undefined
  /** First digit of the status; 0 for calls that got no answer. */
  readonly statusClass?: number | undefined
  /** Only calls that were refused, or only those that were not. */
  readonly refused?: boolean | undefined
  /** Only calls with an injected fault, or only those without one. */
  readonly fault?: boolean | undefined
  /** Only calls with one of these ids. */
  readonly ids?: ReadonlySet<string> | undefined
}

/** What a search gives. */
export interface Found<Entry> {
  /** In the order in which they came in. */
  readonly entries: readonly Entry[]
  /** Exchanges that were looked at before the search ran out of bytes or time; undefined when it looked at all of them. */
  readonly searched: number | undefined
}

/** Words of a search. A word that cannot be closed stands for itself. */
const WORD = /"([^"]+)"|(\S+)/g
const MAX_WORDS = 16

/** Words that are looked for, in lower case. */
export const wordsOf = (text = ''): string[] =>
  [...text.matchAll(WORD)].slice(0, MAX_WORDS).map(([, quoted, word]) => (quoted ?? word ?? '').toLowerCase())

/**
 * Looks for exchanges, within {@link bounds.journalSearchBytes} and {@link bounds.journalSearchMs}; others are served in between.
 * Nothing is found by a secret: what is not shown is not searched.
 *
 * @param entryOf the exchange of an item
 * @param shownOf its two sides without secrets
 * @param elapsed a clock in milliseconds
 */
export async function searchJournal<Item>(
  items: readonly Item[],
  wanted: Search,
  entryOf: (item: Item) => JournalEntry,
  shownOf: (item: Item) => ShownExchange,
  elapsed: () => number,
): Promise<Found<Item>> {
  const words = wordsOf(wanted.text)
  const end = elapsed() + bounds.journalSearchMs.value
  const entries: Item[] = []
  let bytes = 0
  let pause = elapsed() + bounds.journalSliceMs.value
  for (const [at, item] of items.entries()) {
    const entry = entryOf(item)
    if (!fits(entry, wanted)) continue
    if (words.length > 0) {
      const now = elapsed()
      if (bytes > bounds.journalSearchBytes.value || now > end) return { entries, searched: at }
      if (now > pause) {
        await othersTurn()
        pause = elapsed() + bounds.journalSliceMs.value
      }
      const text = textOf(entry, sidesOf(entry))
      bytes += text.length
      // Taking secrets out is dear: it is done for what would be found with them.
      if (!hasAll(text, words) || !hasAll(textOf(entry, shownOf(item)), words)) continue
    }
    entries.push(item)
  }
  return { entries, searched: undefined }
}

function fits(entry: JournalEntry, { operation, status, statusClass, refused, fault, ids }: Search): boolean {
  return (
    (operation === undefined || entry.operation === operation) &&
    (status === undefined || entry.status === status) &&
    (statusClass === undefined || Math.floor(entry.status / 100) === statusClass) &&
    (refused === undefined || (entry.error !== undefined || entry.status >= 400) === refused) &&
    (fault === undefined || entry.faults.length > 0 === fault) &&
    (ids === undefined || ids.has(entry.requestId))
  )
}

const hasAll = (text: string, words: readonly string[]): boolean => {
  const lower = text.toLowerCase()
  return words.every((word) => lower.includes(word))
}

/** Both sides with their secrets. */
const sidesOf = ({ method, target, status, ...entry }: JournalEntry): ShownExchange => ({
  request: { method, target, headers: entry.requestHeaders, body: toText(entry.requestBody) },
  response: { status, headers: Object.entries(entry.responseHeaders), body: entry.responseBody },
})

/** Everything of an exchange that can be searched, line by line; a diagnosis repeats a header of the answer. */
function textOf(entry: JournalEntry, { request, response }: ShownExchange): string {
  const { requestId, operation = '', rule, error = '', faults } = entry
  return [
    `${requestId} ${operation} ${rule} ${error} ${faults.join(' ')}`,
    `${request.method} ${request.target}`,
    decoded(request.target),
    ...[...request.headers, ...response.headers].map(([name, value]) => `${name}: ${value}`),
    request.body,
    response.body,
  ].join('\n')
}

function decoded(target: string): string {
  if (!/[%+]/.test(target)) return ''
  try {
    return decodeURIComponent(target.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
