import type { Directory, Owner } from './directory.ts'
import { NOBODY } from './phone-index.ts'
import type { PhoneKeys } from './phone-keys.ts'

/**
 * Who had the phones of a batch when it came in. Nobody ever leaves, so they still have them, and what nobody had is
 * looked up again only when somebody has joined since: a thousand phones are found faster together than in turns with
 * those of other batches.
 */
export class EarlyOwners {
  readonly #directory: Directory
  readonly #size: number
  readonly #keys: PhoneKeys
  readonly #owners: Int32Array

  constructor(directory: Directory, keys: PhoneKeys) {
    this.#directory = directory
    this.#size = directory.size
    this.#keys = keys
    this.#owners = directory.findOwners(keys)
  }

  /** Who has the phone of a row now. */
  find(directory: Directory, row: number): Owner | undefined {
    if (directory !== this.#directory) return directory.findOwner(this.#keys, row)
    const owner = this.#owners[row] as number
    if (owner !== NOBODY) return owner
    const isStill = directory.size === this.#size && this.#keys.numbers[row] !== 0
    return isStill ? undefined : directory.findOwner(this.#keys, row)
  }
}
