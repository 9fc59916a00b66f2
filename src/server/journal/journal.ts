import type { Diagnosis, HeaderPairs } from '../../signing/index.ts'

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
  /** Why the request was refused, in one sentence. */
  readonly diagnosis: string | undefined
  readonly signature: Diagnosis | undefined
  /** Faults that struck. */
  readonly faults: readonly string[]
}

/** What a listing of the journal may ask for. */
export interface JournalFilter {
  readonly operation?: string | undefined
  readonly status?: number | undefined
  /** Virtual epoch milliseconds. */
  readonly since?: number | undefined
  readonly limit?: number | undefined
}

/** Bytes of a body that the journal keeps. */
const BODY_KEPT = 64 * 1024

/** The last exchanges of a sandbox: a ring, so that it never grows beyond its size. */
export class Journal {
  readonly #size: number
  readonly #ring: JournalEntry[] = []
  #next = 0
  #requests = 0

  constructor(size: number) {
    this.#size = size
  }

  /** Numbers a request. */
  nextRequest(): number {
    this.#requests += 1
    return this.#requests
  }

  get length(): number {
    return this.#ring.length
  }

  add(entry: JournalEntry): void {
    if (this.#size === 0) return
    const kept = {
      ...entry,
      requestBody: entry.requestBody.subarray(0, BODY_KEPT),
      responseBody: entry.responseBody.slice(0, BODY_KEPT),
    }
    this.#ring[this.#next] = kept
    this.#next = (this.#next + 1) % this.#size
  }

  /** Entries that pass a filter, newest first. */
  list({ operation, status, since, limit = Number.POSITIVE_INFINITY }: JournalFilter = {}): JournalEntry[] {
    const found: JournalEntry[] = []
    for (let back = 1; back <= this.#ring.length && found.length < limit; back += 1) {
      const entry = this.#ring[(this.#next - back + this.#ring.length) % this.#ring.length]
      if (entry === undefined) continue
      if (operation !== undefined && entry.operation !== operation) continue
      if (status !== undefined && entry.status !== status) continue
      if (since !== undefined && entry.at < since) continue
      found.push(entry)
    }
    return found
  }

  find(requestId: string): JournalEntry | undefined {
    return this.#ring.find((entry) => entry.requestId === requestId)
  }

  clear(): void {
    this.#ring.length = 0
    this.#next = 0
  }
}
