import { distanceAfter, fromLongId, type IdKind, idAfter, type LongId, partsOf, toLongId } from '../ids.ts'
import type { Department } from './departments.ts'
import { lastNotAbove } from './number-set.ts'
import type { Space } from './spaces.ts'
import type { Origin } from './user.ts'

/** Somebody who may join. */
export interface Person {
  readonly phone: string
  readonly name: string
}

/** People who join one by one, out of one list: the rows of a batch. */
export interface Intake {
  readonly people: { readonly length: number; at(row: number): Person | undefined }
  /** The ids of the people are those behind this one, of every kind: one for each row. */
  readonly reservedId: LongId
  /** The `userId` of the only person, when OrgID has given it already. */
  readonly orgUserId?: string | undefined
}

/** What somebody joins with. */
export interface Terms {
  readonly department: Department
  readonly role: number
  readonly status: number
  /** Individual space in GB; 0 for none. */
  readonly spaceGb: number
  readonly spaceStatus: Space['status']
}

export const CONTAINER_PREFIX = 'IAAE49hOR8LulgAAB'
const FIRST_CAPACITY = 64

/** In place of a user: nobody. */
const NOBODY = -1

/** A list of people of whom some have joined and are still there. */
class OpenIntake {
  readonly intake: Intake
  /** When its ids begin, in epoch milliseconds. */
  readonly firstMs: number
  /** By row, who joined: the index of a user, or NOBODY. */
  readonly users: Int32Array
  present = 0

  constructor(intake: Intake) {
    this.intake = intake
    this.firstMs = partsOf(fromLongId(intake.reservedId)).ms
    this.users = new Int32Array(intake.people.length).fill(NOBODY)
  }
}

/**
 * The users that joined, in the order in which they did, as they were then. In columns: there may be very many. Who has
 * gone keeps the place; a list is let go with the last of its people.
 */
export class JoinedUsers {
  #length = 0
  /** By number. The number of a list that was let go is taken by the next one. */
  readonly #intakes: (OpenIntake | undefined)[] = []
  readonly #freeNumbers: number[] = []
  readonly #numberOf = new Map<Intake, number>()
  /** The lists in the order of their ids, and when those begin. */
  readonly #byMs: { readonly ms: number[]; readonly intakes: OpenIntake[] } = { ms: [], intakes: [] }
  readonly #byOrgUserId = new Map<string, number>()
  readonly #terms: Terms[] = []
  readonly #termsByKey = new Map<string, number>()
  #intakeOf = new Uint32Array(FIRST_CAPACITY)
  #rowOf = new Uint32Array(FIRST_CAPACITY)
  #termsOf = new Uint32Array(FIRST_CAPACITY)

  /** Adds the person of a row; gives the index of the user. */
  add(intake: Intake, row: number, terms: Terms): number {
    const index = this.#length
    if (index === this.#rowOf.length) this.#grow()
    const number = this.#numberOf.get(intake) ?? this.#open(intake)
    const open = this.#intakes[number] as OpenIntake
    open.users[row] = index
    open.present += 1
    if (intake.orgUserId !== undefined) this.#byOrgUserId.set(intake.orgUserId, index)
    this.#intakeOf[index] = number
    this.#rowOf[index] = row
    this.#termsOf[index] = this.#numberOfTerms(terms)
    this.#length += 1
    return index
  }

  /** A user by index as it joined, under the number that it has in the list of everybody. */
  at(index: number, number: number): Origin {
    const { intake } = this.#intakes[this.#intakeOf[index] as number] as OpenIntake
    return new JoinedUser(
      number,
      intake,
      this.#rowOf[index] as number,
      this.#terms[this.#termsOf[index] as number] as Terms,
    )
  }

  /** The `userId` of a user by index. */
  userIdAt(index: number): LongId {
    const { intake } = this.#intakes[this.#intakeOf[index] as number] as OpenIntake
    return intake.orgUserId === undefined
      ? idAfter(intake.reservedId, (this.#rowOf[index] as number) + 1, 'orgUser')
      : toLongId(intake.orgUserId)
  }

  /** The user with this `userId` or `id`, by index. */
  findById(id: string): number | undefined {
    if (!/^[1-9]\d{0,18}$/.test(id)) return undefined
    const given = this.#byOrgUserId.get(id)
    if (given !== undefined) return given
    const open = this.#byMs.intakes[lastNotAbove(this.#byMs.ms, partsOf(id).ms)]
    const found = open && distanceAfter(open.intake.reservedId, id)
    if (open === undefined || found === undefined || found.distance < 1) return undefined
    if (found.kind !== 'user' && (found.kind !== 'orgUser' || open.intake.orgUserId !== undefined)) return undefined
    const index = open.users[found.distance - 1] ?? NOBODY
    return index === NOBODY ? undefined : index
  }

  /** Lets a user go. */
  remove(index: number): void {
    const number = this.#intakeOf[index] as number
    const open = this.#intakes[number] as OpenIntake
    open.users[this.#rowOf[index] as number] = NOBODY
    open.present -= 1
    if (open.intake.orgUserId !== undefined) this.#byOrgUserId.delete(open.intake.orgUserId)
    if (open.present > 0) return
    this.#intakes[number] = undefined
    this.#freeNumbers.push(number)
    this.#numberOf.delete(open.intake)
    const place = lastNotAbove(this.#byMs.ms, open.firstMs)
    this.#byMs.ms.splice(place, 1)
    this.#byMs.intakes.splice(place, 1)
  }

  #open(intake: Intake): number {
    const open = new OpenIntake(intake)
    const number = this.#freeNumbers.pop() ?? this.#intakes.length
    this.#intakes[number] = open
    this.#numberOf.set(intake, number)
    const place = 1 + lastNotAbove(this.#byMs.ms, open.firstMs)
    this.#byMs.ms.splice(place, 0, open.firstMs)
    this.#byMs.intakes.splice(place, 0, open)
    return number
  }

  /** Most users join with the same terms: each kind of terms is kept once. */
  #numberOfTerms(terms: Terms): number {
    const last = this.#terms.length - 1
    if (last >= 0 && isSame(this.#terms[last] as Terms, terms)) return last
    const { department, role, status, spaceGb, spaceStatus } = terms
    const key = `${department.id} ${role} ${status} ${spaceGb} ${spaceStatus}`
    const known = this.#termsByKey.get(key)
    if (known !== undefined) return known
    this.#termsByKey.set(key, this.#terms.length)
    return this.#terms.push(terms) - 1
  }

  #grow(): void {
    const capacity = 2 * this.#rowOf.length
    this.#intakeOf = grown(this.#intakeOf, capacity)
    this.#rowOf = grown(this.#rowOf, capacity)
    this.#termsOf = grown(this.#termsOf, capacity)
  }
}

function grown(old: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(capacity)
  larger.set(old)
  return larger
}

const isSame = (a: Terms, b: Terms): boolean =>
  a.department === b.department &&
  a.role === b.role &&
  a.status === b.status &&
  a.spaceGb === b.spaceGb &&
  a.spaceStatus === b.spaceStatus

/** A user as it joined. */
class JoinedUser implements Origin {
  readonly number: number
  readonly department: Department
  readonly role: number
  readonly status: number
  readonly #intake: Intake
  readonly #row: number
  readonly #terms: Terms

  constructor(number: number, intake: Intake, row: number, terms: Terms) {
    this.number = number
    this.department = terms.department
    this.role = terms.role
    this.status = terms.status
    this.#intake = intake
    this.#row = row
    this.#terms = terms
  }

  get name(): string {
    return this.#intake.people.at(this.#row)?.name ?? ''
  }

  get mobile(): string {
    return this.#intake.people.at(this.#row)?.phone ?? ''
  }

  get userId(): string {
    return this.#intake.orgUserId ?? this.#id('orgUser')
  }

  get id(): string {
    return this.#id('user')
  }

  spaces(): readonly Space[] {
    const { spaceGb, spaceStatus } = this.#terms
    if (spaceGb === 0) return []
    const id = this.#id('space')
    const createdAt = partsOf(id).ms
    return [
      {
        id,
        containerId: CONTAINER_PREFIX + this.#id('container'),
        capacityGb: spaceGb,
        usedKb: 0,
        status: spaceStatus,
        createdAt,
        modifiedAt: createdAt,
      },
    ]
  }

  #id(kind: IdKind): string {
    return fromLongId(idAfter(this.#intake.reservedId, this.#row + 1, kind))
  }
}
