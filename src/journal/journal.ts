import { bounds } from '../shared/bounds.ts'
import type { Diagnosis, HeaderPairs } from '../signing/index.ts'
import type { ErrorName } from '../spec/errors.ts'

/** The diagnosis of a signature, searched for when somebody wants to know. It is made once, however many ask for it. */
export interface DiagnosisSearch {
  /** What is known by now, after a brief search at least. */
  readonly latest: Diagnosis
  /** Searches in full, while others are served. */
  full(): Promise<Diagnosis>
  /** What is known by now, and no more: it keeps nothing of the request. */
  ended(): DiagnosisSearch
}

/** One exchange as it happened; secrets are taken out when it is shown, not when it is kept. */
export interface JournalEntry {
  readonly requestId: string
  /** Virtual time of arrival in epoch milliseconds. */
  readonly at: number
  /** Real milliseconds from arrival to answer. */
  readonly durationMs: number
  readonly operation: string | undefined
  readonly method: string
  readonly target: string
  readonly requestHeaders: HeaderPairs
  readonly requestBody: Uint8Array
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string>>
  readonly responseBody: string
  /** Rule that decided, with its evidence level. */
  readonly rule: string
  /** Error of the envelope; undefined after a success. */
  readonly error: ErrorName | undefined
  /** Why the request was refused, in one sentence. */
  readonly diagnosis: string | undefined
  /** Finds out what is wrong with the signature. */
  readonly search?: DiagnosisSearch | undefined
  /** Faults that struck. */
  readonly faults: readonly string[]
  /** Whether a body was longer than what is kept of it. */
  readonly isCut?: boolean
}

/** What a listing of the journal may ask for. */
export interface JournalFilter {
  readonly operation?: string | undefined
  readonly status?: number | undefined
  /** Virtual epoch milliseconds. */
  readonly since?: number | undefined
  readonly limit?: number | undefined
}

/** Bytes of a body that the journal keeps: a full batch fits. */
export const BODY_KEPT = bounds.journalBodyBytes.value

/** Who is told what becomes of exchanges. */
export interface JournalObserver {
  /** Called with every exchange, also with those that are not kept. */
  readonly observe?: (entry: JournalEntry) => void
  readonly kept?: (entry: JournalEntry, journal: Journal) => void
  readonly dropped?: (entry: JournalEntry) => void
}

/** The last exchanges of a sandbox, bounded by their number; by their bytes together with those of all others. */
export class Journal {
  readonly #size: number
  readonly #observer: JournalObserver
  #entries: (JournalEntry | undefined)[] = []
  /** Index of the oldest entry; the places before it are empty. */
  #first = 0
  #requests = 0
  #dropped = 0

  constructor(size: number, observer: JournalObserver = {}) {
    this.#size = size
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
    const kept = cut(entry)
    this.#entries.push(kept)
    this.#observer.kept?.(kept, this)
    while (this.length > this.#size) this.dropOldest()
  }

  /** Entries that pass a filter, newest first. */
  list({ operation, status, since, limit = Number.POSITIVE_INFINITY }: JournalFilter = {}): JournalEntry[] {
    const found: JournalEntry[] = []
    for (let at = this.#entries.length - 1; at >= this.#first && found.length < limit; at -= 1) {
      const entry = this.#entries[at]
      if (entry === undefined) continue
      if (operation !== undefined && entry.operation !== operation) continue
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
    for (const entry of this.#entries) if (entry !== undefined) this.#observer.dropped?.(entry)
    this.#entries = []
    this.#first = 0
    this.#dropped = 0
  }

  /** Makes room. Empty places are cut off together now and then, so that dropping an entry moves no others. */
  dropOldest(): void {
    const oldest = this.#entries[this.#first]
    if (oldest === undefined) return
    this.#observer.dropped?.(oldest)
    this.#entries[this.#first] = undefined
    this.#first += 1
    this.#dropped += 1
    if (this.#first <= this.#size && this.length > 0) return
    this.#entries = this.#entries.slice(this.#first)
    this.#first = 0
  }
}

/** What an entry costs besides its texts. */
const ENTRY_BYTES = 1024
/** A diagnosis keeps what was signed and what should have been, several times over. */
const DIAGNOSIS_FACTOR = 8

/** Bytes of an entry, as a bound counts them: texts at two bytes a character, as V8 keeps those beyond Latin. */
export function bytesOf(entry: JournalEntry): number {
  const { target, requestHeaders, requestBody, responseHeaders, responseBody, rule, diagnosis = '', search } = entry
  let head = target.length + rule.length + diagnosis.length
  for (const [name, value] of requestHeaders) head += name.length + value.length
  for (const name in responseHeaders) head += name.length + (responseHeaders[name]?.length ?? 0)
  const texts = search === undefined ? head : head * DIAGNOSIS_FACTOR
  // A search keeps the request that it looks at.
  const bodies = search === undefined ? requestBody.length : 2 * requestBody.length
  return ENTRY_BYTES + 2 * (texts + responseBody.length) + bodies
}

/** What is kept of an entry. */
function cut(entry: JournalEntry): JournalEntry {
  const { requestBody, responseBody } = entry
  const isCut = requestBody.length > BODY_KEPT || responseBody.length > BODY_KEPT
  if (!isCut && keepsOnlyItself(requestBody)) return entry
  return {
    ...entry,
    requestBody: new Uint8Array(requestBody.subarray(0, BODY_KEPT)),
    // The search would keep the whole body: of one that is cut, only what was found already is kept.
    search: isCut ? entry.search?.ended() : entry.search,
    responseBody: responseBody.length > BODY_KEPT ? structuredClone(responseBody.slice(0, BODY_KEPT)) : responseBody,
    ...(isCut && { isCut }),
  }
}

/** Whether bytes are all of what they keep in memory, and not a part of more, such as the chunk that they came in. */
const keepsOnlyItself = (bytes: Uint8Array): boolean => bytes.length === 0 || bytes.length === bytes.buffer.byteLength
