import type { Diagnosis, HeaderPairs } from '../signing/index.ts'
import type { ErrorName } from '../spec/errors.ts'
import type { Sandbox } from '../world/sandbox.ts'

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
  readonly signature: Diagnosis | undefined
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
export const BODY_KEPT = 256 * 1024
/** Bytes of bodies that a journal keeps in all; the oldest exchanges go first. */
const BODIES_KEPT = 64 * 1024 * 1024

/** Called with every exchange, also with those that are not kept. */
export type JournalObserver = (entry: JournalEntry) => void

/** The last exchanges of a sandbox, bounded by their number and by their size. */
export class Journal {
  readonly #size: number
  readonly #observe: JournalObserver
  #entries: (JournalEntry | undefined)[] = []
  /** Index of the oldest entry; the places before it are empty. */
  #first = 0
  #bytes = 0
  #requests = 0
  #dropped = 0

  constructor(size: number, observe: JournalObserver = () => undefined) {
    this.#size = size
    this.#observe = observe
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
    this.#observe(entry)
    const kept = cut(entry)
    this.#entries.push(kept)
    this.#bytes += bytesOf(kept)
    while (this.length > this.#size || this.#bytes > BODIES_KEPT) this.#dropOldest()
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
    this.#entries = []
    this.#first = 0
    this.#bytes = 0
    this.#dropped = 0
  }

  /** Empty places are cut off together now and then, so that dropping an entry moves no others. */
  #dropOldest(): void {
    const oldest = this.#entries[this.#first]
    if (oldest === undefined) return
    this.#bytes -= bytesOf(oldest)
    this.#entries[this.#first] = undefined
    this.#first += 1
    this.#dropped += 1
    if (this.#first <= this.#size && this.length > 0) return
    this.#entries = this.#entries.slice(this.#first)
    this.#first = 0
  }
}

const bytesOf = ({ requestBody, responseBody }: JournalEntry): number => requestBody.length + responseBody.length

/** What is kept of an entry. */
function cut(entry: JournalEntry): JournalEntry {
  const { requestBody, responseBody } = entry
  const isCut = requestBody.length > BODY_KEPT || responseBody.length > BODY_KEPT
  if (!isCut && keepsOnlyItself(requestBody)) return entry
  return {
    ...entry,
    requestBody: new Uint8Array(requestBody.subarray(0, BODY_KEPT)),
    responseBody: responseBody.length > BODY_KEPT ? structuredClone(responseBody.slice(0, BODY_KEPT)) : responseBody,
    ...(isCut && { isCut }),
  }
}

/** Whether bytes are all of what they keep in memory, and not a part of more, such as the chunk that they came in. */
const keepsOnlyItself = (bytes: Uint8Array): boolean => bytes.length === 0 || bytes.length === bytes.buffer.byteLength

/** Called with every exchange of every sandbox. */
type SandboxObserver = (sandbox: Sandbox, entry: JournalEntry) => void

/** The journal of each sandbox; it goes with its sandbox. */
export class Journals {
  readonly #journals = new WeakMap<Sandbox, Journal>()
  readonly #size: number
  readonly #observe: SandboxObserver

  /** `observe` is called with every exchange of every sandbox. */
  constructor(size: number, observe: SandboxObserver = () => undefined) {
    this.#size = size
    this.#observe = observe
  }

  of(sandbox: Sandbox): Journal {
    const known = this.#journals.get(sandbox)
    if (known !== undefined) return known
    const made = new Journal(this.#size, (entry) => this.#observe(sandbox, entry))
    this.#journals.set(sandbox, made)
    return made
  }

  /** Exchanges that the journal of a sandbox keeps. */
  sizeOf(sandbox: Sandbox): number {
    return this.#journals.get(sandbox)?.length ?? 0
  }
}
