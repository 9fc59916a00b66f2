import type { Sandbox } from '../world/sandbox.ts'
import { Journal, type JournalEntry } from './journal.ts'

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
