import { StoreError } from '../../store/database.ts'

/** Ids of sandboxes that are no more here and in the store yet. */
export class DeletedSandboxes {
  readonly #ids = new Set<string>()
  #isQuiet = false

  /** A sandbox is no more: the store must learn it, unless it was the store that said so. */
  note(id: string): void {
    if (!this.#isQuiet) this.#ids.add(id)
  }

  has(id: string): boolean {
    return this.#ids.has(id)
  }

  /** The store has learnt it. */
  settle(id: string): void {
    this.#ids.delete(id)
  }

  ids(): Iterable<string> {
    return this.#ids
  }

  /** Does what the store says. */
  quietly(work: () => void): void {
    this.#isQuiet = true
    try {
      work()
    } finally {
      this.#isQuiet = false
    }
  }
}

/** Another process has made a sandbox with this id or its credentials. */
export const taken = (id: string): StoreError =>
  new StoreError('taken', `Sandbox ${id} exists already: another process has made it.`)
