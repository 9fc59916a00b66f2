import type { ProvisionedUser } from './types.ts'

/** What became of every submitted user, in the order of submission. Iterating gives one outcome a user. */
export class ProvisionReport implements Iterable<ProvisionedUser> {
  /** One outcome for each submitted user, in order. */
  readonly outcomes: readonly ProvisionedUser[]
  /** What ended the run before its end: an error of the client or the reason of the signal; undefined when nothing did. */
  readonly stopped: unknown

  constructor(outcomes: readonly ProvisionedUser[], stopped: unknown) {
    this.outcomes = outcomes
    this.stopped = stopped
  }

  [Symbol.iterator](): Iterator<ProvisionedUser> {
    return this.outcomes[Symbol.iterator]()
  }

  /** Users that this run created. */
  get created(): readonly ProvisionedUser[] {
    return this.#of('created')
  }

  /** Users whose phone has a user already, with the id of that user. */
  get existing(): readonly ProvisionedUser[] {
    return this.#of('existing')
  }

  /** Users that were not created, for sure; `code` and `reason` say why. */
  get failed(): readonly ProvisionedUser[] {
    return this.#of('failed')
  }

  /** Users of whom nobody knows; provisioning them again is safe. */
  get unknown(): readonly ProvisionedUser[] {
    return this.#of('unknown')
  }

  #of(wanted: ProvisionedUser['outcome']): readonly ProvisionedUser[] {
    return this.outcomes.filter(({ outcome }) => outcome === wanted)
  }
}
