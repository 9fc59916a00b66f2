import type { Sandbox } from '../../world/sandbox.ts'
import { Journal } from './journal.ts'

/** The journal of each sandbox; it goes with its sandbox. */
export class Journals {
  readonly #journals = new WeakMap<Sandbox, Journal>()
  readonly #size: number

  constructor(size: number) {
    this.#size = size
  }

  of(sandbox: Sandbox): Journal {
    const known = this.#journals.get(sandbox)
    if (known !== undefined) return known
    const made = new Journal(this.#size)
    this.#journals.set(sandbox, made)
    return made
  }
}
