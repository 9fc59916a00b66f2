import type { JournalEntry } from './journal-entry.ts'
import { bytesOf, pack } from './kept-entry.ts'

/** What a listing of the journal may ask for. */
export interface JournalFilter {
  readonly operation?: string | undefined
  /** Id of an own route. */
  readonly route?: string | undefined
  readonly status?: number | undefined
  /** Virtual epoch milliseconds. */
  readonly since?: number | undefined
  readonly limit?: number | undefined
}

/** Who is told what becomes of exchanges. */
export interface JournalObserver {
  /** Called with every exchange, also with those that are not kept. */
  readonly observe?: (entry: JournalEntry) => void
  readonly kept?: (entry: JournalEntry, bytes: number, journal: Journal) => void
  readonly dropped?: (entry: JournalEntry, bytes: number) => void
  /** Somebody has emptied the journal. */
  readonly cleared?: () => void
}

/** An exchange with its bytes, as a bound counts them. */
interface Kept {
  readonly entry: JournalEntry
  readonly bytes: number
}

/** What a journal keeps. */
export interface JournalBounds {
  readonly entries: number
  /** As {@link bytesOf} counts them. Default: without a bound. */
  readonly bytes?: number
}

/** The last exchanges of a sandbox, bounded by number and bytes; by bytes together with those of all others too. */
export class Journal {
  readonly #size: number
  readonly #maxBytes: number
  readonly #observer: JournalObserver
  #bytes = 0
  #entries: (Kept | undefined)[] = []
  /** Index of the oldest entry; the places before it are empty. */
  #first = 0
  #requests = 0
  #dropped = 0

  constructor({ entries, bytes = Number.POSITIVE_INFINITY }: JournalBounds, observer: JournalObserver = {}) {
    this.#size = entries
    this.#maxBytes = bytes
    this.#observer = observer
  }

  /** Numbers a request. */
  nextRequest(): number {
    this.#requests += 1
    return this.#requests
  }

  /** Requests numbered so far. */
  get requests(): number {
    return this.#requests
  }

  /** Goes on numbering behind the requests of a replayed log. */
  continueAfter(requests: number): void {
    this.#requests = requests
  }

  get length(): number {
    return this.#entries.length - this.#first
  }

  /** Exchanges that made room for newer ones since the journal was last emptied. */
  get dropped(): number {
    return this.#dropped
  }

  add(entry: JournalEntry): void {
    this.#observer.observe?.(entry)
    if (this.#size === 0) {
      this.#dropped += 1
      return
    }
    this.#keep(entry)
  }

  #keep(entry: JournalEntry): void {
    const kept = pack(entry)
    const bytes = bytesOf(kept)
    this.#entries.push({ entry: kept, bytes })
    this.#bytes += bytes
    this.#observer.kept?.(kept, bytes, this)
    while (this.length > this.#size || (this.#bytes > this.#maxBytes && this.length > 0)) this.dropOldest()
  }

  /** Entries that pass a filter, newest first. */
  list({ operation, route, status, since, limit = Number.POSITIVE_INFINITY }: JournalFilter = {}): JournalEntry[] {
    const found: JournalEntry[] = []
    for (let at = this.#entries.length - 1; at >= this.#first && found.length < limit; at -= 1) {
      const entry = this.#entries[at]?.entry
      if (entry === undefined) continue
      if (operation !== undefined && entry.operation !== operation) continue
      if (route !== undefined && entry.route !== route) continue
      if (status !== undefined && entry.status !== status) continue
      if (since !== undefined && entry.at < since) continue
      found.push(entry)
    }
    return found
  }

  find(requestId: string): JournalEntry | undefined {
    return this.list().find((entry) => entry.requestId === requestId)
  }

  clear(): void {
    this.#empty()
    this.#observer.cleared?.()
  }

  /** Holds what a store has, oldest first, out of so many since it was last emptied; nobody is told of new exchanges. */
  restore(entries: readonly JournalEntry[], written: number): void {
    this.#empty()
    for (const entry of entries) this.#keep(entry)
    this.#dropped = written - this.length
  }

  #empty(): void {
    for (const kept of this.#entries) if (kept !== undefined) this.#observer.dropped?.(kept.entry, kept.bytes)
    this.#entries = []
    this.#bytes = 0
    this.#first = 0
    this.#dropped = 0
  }

  /** Makes room. Empty places are cut off together now and then, so that dropping an entry moves no others. */
  dropOldest(): void {
    const oldest = this.#entries[this.#first]
    if (oldest === undefined) return
    this.#observer.dropped?.(oldest.entry, oldest.bytes)
    this.#bytes -= oldest.bytes
    this.#entries[this.#first] = undefined
    this.#first += 1
    this.#dropped += 1
    if (this.#first <= this.#size && this.length > 0) return
    this.#entries = this.#entries.slice(this.#first)
    this.#first = 0
  }
}
