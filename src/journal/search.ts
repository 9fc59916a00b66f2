import { bounds } from '../shared/bounds.ts'
import { yieldToOthers } from './in-turns.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { ShownExchange } from './journal-view.ts'
import { type Piece, type PlainPart, toText } from './viewer.ts'

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
 * @param shownOf its two sides without secrets; read only as far as needed, see {@link Viewer.lazyExchange}
 * @param elapsed a clock in milliseconds
 * @param showsPiece whether a piece of a part is shown as it is, for certain: then it need not be written out without secrets
 */
export async function searchJournal<Item>(
  items: readonly Item[],
  wanted: Search,
  entryOf: (item: Item) => JournalEntry,
  shownOf: (item: Item) => ShownExchange,
  elapsed: () => number,
  showsPiece: (item: Item, piece: Piece) => boolean = () => false,
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
        await yieldToOthers()
        pause = elapsed() + bounds.journalSliceMs.value
      }
      const { missing, read } = searchEntry(entry, words, {
        shown: () => shownOf(item),
        showsPiece: (piece) => showsPiece(item, piece),
      })
      bytes += read
      if (missing.length > 0) continue
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

/** How an exchange is shown. */
interface Shown {
  readonly shown: () => ShownExchange
  readonly showsPiece: (piece: Piece) => boolean
}

/** The words that an exchange lacks, and the characters that were read for it: the parts that have all of them are enough. */
function searchEntry(
  entry: JournalEntry,
  words: readonly string[],
  { shown, showsPiece }: Shown,
): { missing: readonly string[]; read: number } {
  const sides = sidesOf(entry)
  let missing = words
  let read = 0
  for (const { of, part } of parts) {
    const text = of(entry, sides)
    read += text.length
    // Another copy of a long text is made only for a word that it does not have as it was typed.
    let lowered: string | undefined
    const lower = (): string => {
      lowered ??= text.toLowerCase()
      return lowered
    }
    const has = (word: string): boolean => text.includes(word) || lower().includes(word)
    const here = missing.filter(has)
    if (here.length === 0) continue
    // Taking secrets out is dear: it is done for a part in which something would be found with them.
    const isShown = (word: string): boolean => {
      if (part === undefined) return false
      const start = text.includes(word) ? text.indexOf(word) : lower().indexOf(word)
      const end = start + word.length
      return text.slice(start, end).toLowerCase() === word && showsPiece({ part, text, start, end })
    }
    const hidden = here.filter((word) => !isShown(word))
    const clean = hidden.length === 0 ? '' : of(entry, shown()).toLowerCase()
    missing = missing.filter((word) => !here.includes(word) || (hidden.includes(word) && !clean.includes(word)))
    if (missing.length === 0) break
  }
  return { missing, read }
}

/** Both sides with their secrets. */
const sidesOf = (entry: JournalEntry): ShownExchange => ({
  request: {
    method: entry.method,
    target: entry.target,
    headers: entry.requestHeaders,
    get body() {
      return toText(entry.requestBody)
    },
  },
  response: {
    status: entry.status,
    get headers() {
      return Object.entries(entry.responseHeaders)
    },
    get body() {
      return entry.responseBody
    },
  },
})

const headerLines = (headers: ShownExchange['request']['headers']): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join('\n')

interface Part {
  readonly of: (entry: JournalEntry, sides: ShownExchange) => string
  /** For what may be shown as it is. */
  readonly part?: PlainPart
}

/** Everything of an exchange that can be searched, what is read soonest first; a diagnosis repeats a header of the answer. */
const parts: readonly Part[] = [
  {
    of: ({ requestId, operation = '', rule, error = '', faults }) =>
      `${requestId} ${operation} ${rule} ${error} ${faults.join(' ')}`,
  },
  { of: (_, { request: { method, target } }) => `${method} ${target}\n${decoded(target)}`, part: 'target' },
  { of: (_, { request }) => headerLines(request.headers) },
  { of: (_, { response }) => headerLines(response.headers) },
  { of: (_, { request }) => request.body, part: 'requestBody' },
  { of: (_, { response }) => response.body, part: 'responseBody' },
]

function decoded(target: string): string {
  if (!/[%+]/.test(target)) return ''
  try {
    return decodeURIComponent(target.replaceAll('+', ' '))
  } catch {
    return ''
  }
}
