import type { UserSpaceInfo } from '../../spec/wire-types.ts'
import { distanceBehind, type IdKind, idBehind } from '../ids.ts'
import { fromLongId, type LongId } from '../long-id.ts'
import type { TextColumn } from '../text-column.ts'
import type { Department } from './departments.ts'
import type { Space, User } from './user.ts'

/** People who join one by one, out of one list: the rows of a batch. */
export interface Entrants {
  readonly phones: TextColumn
  readonly names: TextColumn
  /** The ids of the people are those behind this one, of every kind: one for each row. */
  readonly reservedId: LongId
}

/** What somebody joins with. */
export interface Terms {
  readonly department: Department
  readonly role: number
  readonly status: number
  /** Individual space in GB; 0 for none. */
  readonly spaceGb: number
  readonly spaceStatus: UserSpaceInfo['spaceStatus']
}

const CONTAINER_PREFIX = 'IAAE49hOR8LulgAAB'
const FIRST_CAPACITY = 256

/** The users that joined, in the order in which they did. In columns: there may be very many. */
export class JoinedUsers {
  #length = 0
  readonly #entrants: Entrants[] = []
  readonly #numberOf = new Map<Entrants, number>()
  readonly #terms: Terms[] = []
  #listOf = new Uint32Array(FIRST_CAPACITY)
  #rowOf = new Uint32Array(FIRST_CAPACITY)
  #termsOf = new Uint16Array(FIRST_CAPACITY)

  get length(): number {
    return this.#length
  }

  /** Adds the person of a row; gives the number of the user. */
  add(entrants: Entrants, row: number, terms: Terms): number {
    const index = this.#length
    if (index === this.#rowOf.length) this.#grow()
    this.#listOf[index] = this.#numberOfList(entrants)
    this.#rowOf[index] = row
    this.#termsOf[index] = this.#numberOfTerms(terms)
    this.#length += 1
    return index
  }

  at(index: number): User {
    return new JoinedUser(
      this.#entrants[this.#listOf[index] as number] as Entrants,
      this.#rowOf[index] as number,
      this.#terms[this.#termsOf[index] as number] as Terms,
    )
  }

  /** The `userId` of a user. */
  userIdAt(index: number): LongId {
    const { reservedId } = this.#entrants[this.#listOf[index] as number] as Entrants
    return idBehind(reservedId, (this.#rowOf[index] as number) + 1, 'orgUser')
  }

  /** Whether a user came with this row of this list. */
  isOf(index: number, entrants: Entrants, row: number): boolean {
    return this.#entrants[this.#listOf[index] as number] === entrants && this.#rowOf[index] === row
  }

  /** The row whose person has, or would have, this `userId` or `id`. */
  findRow(id: string): { readonly entrants: Entrants; readonly row: number } | undefined {
    if (!/^[1-9]\d{0,18}$/.test(id)) return undefined
    for (const entrants of this.#entrants) {
      const found = distanceBehind(entrants.reservedId, id)
      if (found === undefined || found.distance < 1 || found.distance > entrants.phones.length) continue
      if (found.kind === 'orgUser' || found.kind === 'user') return { entrants, row: found.distance - 1 }
    }
    return undefined
  }

  #numberOfList(entrants: Entrants): number {
    const known = this.#numberOf.get(entrants)
    if (known !== undefined) return known
    const number = this.#entrants.push(entrants) - 1
    this.#numberOf.set(entrants, number)
    return number
  }

  #numberOfTerms(terms: Terms): number {
    const last = this.#terms.length - 1
    if (last >= 0 && isSame(this.#terms[last] as Terms, terms)) return last
    const known = this.#terms.findIndex((other) => isSame(other, terms))
    return known >= 0 ? known : this.#terms.push(terms) - 1
  }

  #grow(): void {
    const capacity = 2 * this.#rowOf.length
    this.#listOf = grown(this.#listOf, new Uint32Array(capacity))
    this.#rowOf = grown(this.#rowOf, new Uint32Array(capacity))
    this.#termsOf = grown(this.#termsOf, new Uint16Array(capacity))
  }
}

function grown<A extends Uint16Array | Uint32Array>(old: A, larger: A): A {
  larger.set(old)
  return larger
}

const isSame = (a: Terms, b: Terms): boolean =>
  a.department === b.department &&
  a.role === b.role &&
  a.status === b.status &&
  a.spaceGb === b.spaceGb &&
  a.spaceStatus === b.spaceStatus

/** A user that joined, as others see it. */
class JoinedUser implements User {
  readonly #entrants: Entrants
  readonly #row: number
  readonly #terms: Terms

  constructor(entrants: Entrants, row: number, terms: Terms) {
    this.#entrants = entrants
    this.#row = row
    this.#terms = terms
  }

  get name(): string {
    return this.#entrants.names.at(this.#row)
  }

  get mobile(): string {
    return this.#entrants.phones.at(this.#row)
  }

  get userId(): string {
    return this.#id('orgUser')
  }

  get id(): string {
    return this.#id('user')
  }

  get department(): Department {
    return this.#terms.department
  }

  get role(): number {
    return this.#terms.role
  }

  get status(): number {
    return this.#terms.status
  }

  get space(): Space | undefined {
    const { spaceGb, spaceStatus } = this.#terms
    if (spaceGb === 0) return undefined
    return {
      id: this.#id('space'),
      containerId: CONTAINER_PREFIX + this.#id('container'),
      capacityGb: spaceGb,
      usedKb: 0,
      status: spaceStatus,
    }
  }

  #id(kind: IdKind): string {
    return fromLongId(idBehind(this.#entrants.reservedId, this.#row + 1, kind))
  }
}
