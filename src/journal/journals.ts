import { bounds } from '../shared/bounds.ts'
import type { Sandbox } from '../world/sandbox.ts'
import { Journal } from './journal.ts'
import type { JournalEntry } from './journal-entry.ts'

/** Called with every exchange of every sandbox; the sandbox is undefined for those that belong to none. */
type SandboxObserver = (sandbox: Sandbox | undefined, entry: JournalEntry) => void

/**
 * Stands where the id of a sandbox stands, for requests whose AppId or token belongs to none: their journal is read like
 * that of a sandbox. No sandbox may have this id.
 */
export const UNATTRIBUTED = 'unattributed'

export interface JournalsOptions {
  /** Exchanges that the journal of one sandbox keeps. */
  readonly size: number
  /**
   * Bytes that all journals together keep; the oldest exchanges go first, whosever they are. One sandbox keeps at most
   * half of them: a client that never stops pushes out its own exchanges rather than those of everybody else.
   */
  readonly maxBytes?: number | undefined
  readonly observe?: SandboxObserver
  /** Called when somebody has emptied the journal of a sandbox, or of requests that belong to none. */
  readonly onClear?: (sandbox: Sandbox | undefined) => void
}

/** An exchange with the sandbox that it belongs to, if it does to one. */
export interface OwnedEntry {
  readonly entry: JournalEntry
  readonly owner: Sandbox | undefined
}

/** The journal of each sandbox; it goes with its sandbox. */
export class Journals {
  readonly #journals = new WeakMap<Sandbox, Journal>()
  readonly #owners = new WeakMap<Journal, Sandbox>()
  /** Exchanges that the journal of one sandbox keeps. */
  readonly size: number
  /** Bytes that all journals together may keep. */
  readonly maxBytes: number
  readonly #observe: SandboxObserver
  readonly #onClear: (sandbox: Sandbox | undefined) => void
  /** Every exchange that is kept, oldest first, with the journal that it is in. */
  readonly #kept = new Map<JournalEntry, Journal>()
  /** Exchanges whose AppId or token belongs to no sandbox. */
  readonly unattributed: Journal
  #bytes = 0

  constructor({ size, maxBytes = bounds.journalBytes.value, ...tell }: JournalsOptions) {
    this.size = size
    this.maxBytes = maxBytes
    this.#observe = tell.observe ?? (() => undefined)
    this.#onClear = tell.onClear ?? (() => undefined)
    this.unattributed = this.#create(undefined)
  }

  /** Whether any exchange is kept. */
  get keepsAny(): boolean {
    return this.size > 0
  }

  of(sandbox: Sandbox): Journal {
    const known = this.#journals.get(sandbox)
    if (known !== undefined) return known
    const made = this.#create(sandbox)
    this.#journals.set(sandbox, made)
    return made
  }

  /** The journal of a sandbox, or that of requests that belong to none. */
  ofOwner(owner: Sandbox | undefined): Journal {
    return owner === undefined ? this.unattributed : this.of(owner)
  }

  /** Every exchange that is kept, newest first, with the sandbox that it belongs to. */
  newest(): OwnedEntry[] {
    return Array.from(this.#kept, ([entry, journal]) => ({ entry, owner: this.#owners.get(journal) })).reverse()
  }

  #create(owner: Sandbox | undefined): Journal {
    const journal = new Journal(
      { entries: this.size, bytes: this.maxBytes / 2 },
      {
        observe: (entry) => this.#observe(owner, entry),
        kept: (entry, bytes, journal) => this.#keep(entry, bytes, journal),
        dropped: (entry, bytes) => this.#drop(entry, bytes),
        cleared: () => this.#onClear(owner),
      },
    )
    if (owner !== undefined) this.#owners.set(journal, owner)
    return journal
  }

  /** Exchanges that the journal of a sandbox keeps. */
  sizeOf(sandbox: Sandbox): number {
    return this.#journals.get(sandbox)?.length ?? 0
  }

  /** Bytes that all journals keep now, as they are counted. */
  get bytes(): number {
    return this.#bytes
  }

  /** Empties the journal of a sandbox that is no more. */
  forget(sandbox: Sandbox): void {
    this.#journals.get(sandbox)?.clear()
    this.#journals.delete(sandbox)
  }

  #keep(entry: JournalEntry, bytes: number, journal: Journal): void {
    this.#kept.set(entry, journal)
    this.#bytes += bytes
    while (this.#bytes > this.maxBytes) {
      const [oldest] = this.#kept
      if (oldest === undefined) return
      oldest[1].dropOldest()
    }
  }

  #drop(entry: JournalEntry, bytes: number): void {
    if (this.#kept.delete(entry)) this.#bytes -= bytes
  }
}
