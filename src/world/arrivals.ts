import type { Scenario } from '../scenarios/scenario.ts'
import type { Source } from './batch/agenda.ts'
import { hash32, seedFor } from './random.ts'
import type { State } from './state.ts'

type Schedule = NonNullable<NonNullable<Scenario['directory']>['arrivals']>

/** Users that somebody else adds while a client works: one every so many virtual seconds or pages. */
export class Arrivals implements Source {
  /** After every row of every task that is due at the same time. */
  readonly sequence = Number.MAX_SAFE_INTEGER
  readonly #state: State
  readonly #schedule: Schedule
  readonly #since: number
  #arrived = 0
  #ticks = 0
  #pages = 0

  constructor(state: State, schedule: Schedule, since: number) {
    this.#state = state
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

  step(): void {
    this.#ticks += 1
    this.#arrive()
  }

  /** Counts a page that a client has read. */
  readPage(): void {
    if (!this.countsPages) return
    this.#pages += 1
    if (this.#pages % (this.#schedule.everyPages ?? 1) === 0) this.#arrive()
  }

  /** Also over when a later scenario has replaced it. */
  get #isOver(): boolean {
    return this.#arrived >= this.#schedule.count || this.#state.arrivals !== this
  }

  #arrive(): void {
    this.#arrived += 1
    const digits = hash32(seedFor(this.#state.config.seed, 'arrivals'), this.#arrived) % 100_000_000
    const phone = `0086170${String(digits).padStart(8, '0')}`
    if (this.#state.directory.findByPhone(phone) !== undefined) return
    this.#state.directory.join({
      name: `Arrival ${this.#arrived}`,
      phone,
      spaceGb: 0,
      first: this.#schedule.position === 'first',
    })
  }
}
