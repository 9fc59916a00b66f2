import { type LongId, toLongId } from '../ids.ts'
import type { Departments } from './departments.ts'
import { type Intake, JoinedUsers, type Terms } from './joined-users.ts'
import { PhoneIndex, phoneKey } from './phone-index.ts'
import { type Cast, SeededUsers } from './seeded-users.ts'
import { ChangedUser, type Origin, type User, type UserChange } from './user.ts'

export interface PeopleOptions {
  readonly seed: number
  readonly users: number
  readonly cast: ReadonlyMap<number, Cast>
  /** Whether a leading + of a phone is the same as 00. */
  readonly plusIsZeros: () => boolean
}

/**
 * Everybody who is or was in an organisation, by number: seeded users from 0 on, after them those that joined, and below
 * 0 those that joined in front. Who has left is not known here, but for those that joined.
 */
export class People {
  readonly seeded: SeededUsers
  readonly #joined = new JoinedUsers()
  /** Made when somebody joins in front, which few scenarios let happen. */
  #inFront: JoinedUsers | undefined
  readonly #changes = new Map<number, UserChange>()
  readonly #byPhone = new PhoneIndex()
  readonly #plusIsZeros: () => boolean

  constructor({ seed, users, cast, plusIsZeros }: PeopleOptions, departments: Departments) {
    this.#plusIsZeros = plusIsZeros
    this.seeded = new SeededUsers(seed, users, departments, cast)
    for (const [user, { mobile }] of cast) {
      if (user < users && mobile !== undefined) this.#byPhone.set(phoneKey(mobile, plusIsZeros()), user)
    }
  }

  at(number: number): User {
    return new ChangedUser(this.#originOf(number), this.#changes.get(number))
  }

  /** The `userId` of a user. */
  userIdAt(number: number): LongId {
    if (number < 0 && this.#inFront !== undefined) return this.#inFront.userIdAt(-1 - number)
    const { seeded } = this
    return number < seeded.count ? toLongId(seeded.userIdAt(number)) : this.#joined.userIdAt(number - seeded.count)
  }

  findByPhone(phone: string): number | undefined {
    const key = phoneKey(phone, this.#plusIsZeros())
    const known = this.#byPhone.get(key)
    if (known !== undefined || typeof key === 'string') return known
    return this.seeded.findByPhoneKey(key)
  }

  /** The user with this `userId` or KooDrive `id`. A member of OrgID may come again after a seeded user has left. */
  findById(id: string): number | undefined {
    const joined = this.#joined.findById(id)
    if (joined !== undefined) return this.seeded.count + joined
    const inFront = this.#inFront?.findById(id)
    return inFront === undefined ? this.seeded.findById(id) : -1 - inFront
  }

  /** Takes in the person of a row; gives the number. */
  join(intake: Intake, row: number, terms: Terms, phone: string, isFirst: boolean): number {
    if (isFirst) this.#inFront ??= new JoinedUsers()
    const number =
      isFirst && this.#inFront !== undefined
        ? -1 - this.#inFront.add(intake, row, terms)
        : this.seeded.count + this.#joined.add(intake, row, terms)
    this.#byPhone.set(phoneKey(phone, this.#plusIsZeros()), number)
    return number
  }

  change(number: number, change: UserChange): void {
    this.#changes.set(number, { ...this.#changes.get(number), ...change })
  }

  /** Lets a user go: the phone is free again, and somebody that joined is forgotten. */
  remove(number: number): void {
    const { mobile } = this.#originOf(number)
    // The reading of + may have changed since the phone came.
    for (const plusIsZeros of [true, false]) {
      const key = phoneKey(mobile, plusIsZeros)
      if (this.#byPhone.get(key) === number) this.#byPhone.delete(key)
    }
    this.#changes.delete(number)
    if (number < 0) this.#inFront?.remove(-1 - number)
    else if (number >= this.seeded.count) this.#joined.remove(number - this.seeded.count)
  }

  /** The change of a user so far. */
  changeOf(number: number): UserChange | undefined {
    return this.#changes.get(number)
  }

  #originOf(number: number): Origin {
    if (number < 0 && this.#inFront !== undefined) return this.#inFront.at(-1 - number, number)
    return number < this.seeded.count ? this.seeded.at(number) : this.#joined.at(number - this.seeded.count, number)
  }
}
