import type { Scenario } from '../scenarios/scenario.ts'
import type { Source } from './batch/agenda.ts'
import type { Directory } from './directory/directory.ts'
import { roles, userStatuses } from './directory/user.ts'
import { hash32, seedFor } from './random.ts'

type Schedule = NonNullable<NonNullable<Scenario['directory']>['arrivals']>

/** What arrivals need of their organisation. The scenario may bring others, or another directory. */
interface Organisation {
  readonly config: { readonly seed: number }
  readonly directory: Directory
  readonly arrivals: Arrivals | undefined
}

/** Users that somebody else adds while a client works: one every so many virtual seconds or pages. */
export class Arrivals implements Source {
  /** After every row of every task that is due at the same time. */
  readonly sequence = Number.MAX_SAFE_INTEGER
  readonly #organisation: Organisation
  readonly #schedule: Schedule
  readonly #since: number
  #arrived = 0
  #ticks = 0
  #pages = 0

  constructor(organisation: Organisation, schedule: Schedule, since: number) {
    this.#organisation = organisation
    this.#schedule = schedule
    this.#since = since
  }

  get nextDue(): number | undefined {
    const { everySeconds } = this.#schedule
    if (this.#isOver || everySeconds === undefined) return undefined
    return this.#since + (this.#ticks + 1) * everySeconds * 1000
  }

  /** Whether pages that a client reads bring users. */
  get countsPages(): boolean {
    return !this.#isOver && this.#schedule.everyPages !== undefined
  }

  step(at: number): void {
    this.#ticks += 1
    this.#arrive(at)
  }

  /** Counts a page that a client has read at a time. */
  readPage(at: number): void {
    if (!this.countsPages) return
    this.#pages += 1
    if (this.#pages % (this.#schedule.everyPages ?? 1) === 0) this.#arrive(at)
  }

  /** Also over when a later scenario has replaced it. */
  get #isOver(): boolean {
    return this.#arrived >= this.#schedule.count || this.#organisation.arrivals !== this
  }

  #arrive(at: number): void {
    this.#arrived += 1
    const digits = hash32(seedFor(this.#organisation.config.seed, 'arrivals'), this.#arrived) % 100_000_000
    const phone = `0086170${String(digits).padStart(8, '0')}`
    const { directory } = this.#organisation
    if (directory.findByPhone(phone) !== undefined) return
    directory.joinAlone(
      { name: `Arrival ${this.#arrived}`, phone },
      {
        department: directory.root,
        role: roles.commonUser,
        status: userStatuses.notActivated,
        spaceGb: 0,
        spaceStatus: '0',
      },
      at,
      this.#schedule.position === 'first',
    )
  }
}
