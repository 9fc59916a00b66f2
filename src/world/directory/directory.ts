import type { Scenario } from '../../scenarios/scenario.ts'
import { spaceStatuses } from '../../spec/operations/list-user-spaces.ts'
import { type LongId, toLongId } from '../long-id.ts'
import { TextColumn } from '../text-column.ts'
import { addDepartment, createDepartments, type Department, isWithin } from './departments.ts'
import { type Entrants, JoinedUsers, type Terms } from './joined-users.ts'
import { NOBODY, PhoneIndex } from './phone-index.ts'
import { type PhoneKey, type PhoneKeys, phoneKey, phoneKeyAt } from './phone-keys.ts'
import { type Cast, type Search, SeededUsers } from './seeded-users.ts'
import { roles, type User, userStatuses } from './user.ts'

/** What a listing selects. */
export interface Selection extends Search {
  /** The department whose users are wanted. */
  readonly scope: Department
  /** Only the direct members of `scope`. */
  readonly direct: boolean
  readonly withSpace: boolean
}

/** A page of a listing. */
export interface Page {
  readonly total: number
  readonly users: readonly User[]
}

export interface DirectoryOptions {
  readonly seed: number
  readonly users: number
  readonly departments: number
  readonly cast: ReadonlyMap<number, Cast>
  readonly extra: Pick<NonNullable<Scenario['directory']>, 'extraDepartments' | 'extraUsers'>
  readonly freeCapacityGb: number
  /** Whether a leading + of a phone is the same as 00. */
  readonly plusIsZeros: () => boolean
  /** A fresh id; the `span - 1` integers behind it are reserved for the caller. */
  readonly newId: (span: number) => string
}

/** What somebody joins with, as far as it is chosen. */
export type ChosenTerms = { readonly [K in keyof Terms]?: Terms[K] | undefined } & Pick<Terms, 'spaceGb'>

/** Somebody who joins alone. */
export interface Newcomer extends ChosenTerms {
  readonly name: string
  readonly phone: string
  /** Listed before everybody else. */
  readonly first?: boolean
}

/** Who has a phone, as a number: a joined user by number, a seeded one by its number below -1. */
export type Owner = number
const ownerOfSeeded = (user: number): Owner => -1 - user

const SELECTIONS_KEPT = 8

/** Departments, users and spaces of an organisation: the seeded ones on demand, and those that joined. */
export class Directory {
  readonly departments: Department[]
  freeCapacityGb: number
  readonly #seeded: SeededUsers
  readonly #joined = new JoinedUsers()
  /** Numbers of those who are listed before and behind the seeded users. */
  readonly #joinedFirst: number[] = []
  readonly #joinedLast: number[] = []
  readonly #byPhone = new PhoneIndex()
  readonly #departmentsById = new Map<string, Department>()
  readonly #searches = new Map<string, Uint32Array>()
  readonly #joinedSelections = new Map<string, { seen: number; users: number[] }>()
  readonly #options: DirectoryOptions

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.freeCapacityGb = options.freeCapacityGb
    this.departments = createDepartments(options.seed, options.departments, options.users)
    this.#seeded = new SeededUsers(options.seed, options.users, this.departments, options.cast)
    for (const [user, { mobile }] of options.cast) {
      if (user < options.users && mobile !== undefined) this.#byPhone.set(this.#keyOf(mobile), ownerOfSeeded(user))
    }
    for (const { name, id, parent } of options.extra.extraDepartments ?? []) {
      addDepartment(this.departments, name, id ?? options.newId(1), this.#departmentNamed(parent))
    }
    for (const department of this.departments) this.#departmentsById.set(department.id, department)
    for (const { name, phone, department, role, status, spaceGb, spaceStatus } of options.extra.extraUsers ?? []) {
      this.join({
        name,
        phone,
        department: this.#departmentNamed(department),
        spaceGb: spaceGb ?? 10,
        role: role ?? roles.commonUser,
        status: status ?? userStatuses.enabled,
        spaceStatus,
      })
    }
  }

  get root(): Department {
    return this.departments[0] as Department
  }

  /** Number of seeded users. */
  get seededUsers(): number {
    return this.#seeded.count
  }

  /** Number of users, everybody included. */
  get size(): number {
    return this.#seeded.count + this.#joined.length
  }

  /** A seeded user by number. */
  seededUser(number: number): User | undefined {
    return number < this.#seeded.count ? this.#seeded.at(number) : undefined
  }

  findDepartment(id: string): Department | undefined {
    return this.#departmentsById.get(id)
  }

  findByPhone(phone: string): User | undefined {
    const owner = this.#ownerOf(this.#keyOf(phone))
    return owner === undefined ? undefined : this.#userOf(owner)
  }

  /** Who has the phone of a row. */
  findOwner(keys: PhoneKeys, row: number): Owner | undefined {
    const number = keys.numbers[row] as number
    return this.#ownerOf(number === 0 ? keys.at(row, this.#options.plusIsZeros()) : number)
  }

  /** Who has the phones of a batch, as far as their keys are numbers; NOBODY for the others. */
  findOwners({ numbers }: PhoneKeys): Int32Array {
    const owners = this.#byPhone.getAll(numbers)
    for (let row = 0; row < owners.length; row += 1) {
      if (owners[row] !== NOBODY) continue
      const seeded = this.#seeded.findByPhoneKey(numbers[row] as number)
      if (seeded !== undefined) owners[row] = ownerOfSeeded(seeded)
    }
    return owners
  }

  userIdOf(owner: Owner): LongId {
    return owner >= 0 ? this.#joined.userIdAt(owner) : toLongId(this.#seeded.userIdAt(-1 - owner))
  }

  /** The user with this `userId` or KooDrive `id`. */
  findById(id: string): User | undefined {
    const seeded = this.#seeded.findById(id)
    if (seeded !== undefined) return this.#seeded.at(seeded)
    const found = this.#joined.findRow(id)
    if (found === undefined) return undefined
    const owner = this.#ownerOf(phoneKeyAt(found.entrants.phones, found.row, this.#options.plusIsZeros()))
    const hasJoined = owner !== undefined && owner >= 0 && this.#joined.isOf(owner, found.entrants, found.row)
    return hasJoined ? this.#joined.at(owner) : undefined
  }

  /** Adds somebody. The caller has made sure that the phone is free and that the capacity suffices. */
  join({ name, phone, first = false, ...terms }: Newcomer): void {
    const reservedId = toLongId(this.#options.newId(2))
    const entrants = { phones: TextColumn.of([phone]), names: TextColumn.of([name]), reservedId }
    this.#admit(entrants, 0, this.#keyOf(phone), this.termsOf(terms), first ? this.#joinedFirst : this.#joinedLast)
  }

  /** Adds the person of a row, as {@link join} does. */
  admit(entrants: Entrants, row: number, keys: PhoneKeys, terms: Terms): Owner {
    return this.#admit(entrants, row, keys.at(row, this.#options.plusIsZeros()), terms, this.#joinedLast)
  }

  #admit(entrants: Entrants, row: number, phone: PhoneKey, terms: Terms, list: number[]): Owner {
    const user = this.#joined.add(entrants, row, terms)
    this.freeCapacityGb -= terms.spaceGb
    list.push(user)
    this.#byPhone.set(phone, user)
    return user
  }

  /** What somebody joins with who comes without more: a common user of the root department, not activated yet. */
  termsOf({ department, role, status, spaceGb, spaceStatus }: ChosenTerms): Terms {
    return {
      department: department ?? this.root,
      role: role ?? roles.commonUser,
      status: status ?? userStatuses.notActivated,
      spaceGb,
      spaceStatus: spaceStatus ?? spaceStatuses.normal,
    }
  }

  #keyOf(phone: string): PhoneKey {
    return phoneKey(phone, 0, phone.length, this.#options.plusIsZeros())
  }

  #ownerOf(key: PhoneKey): Owner | undefined {
    const known = this.#byPhone.get(key)
    if (known !== undefined || typeof key === 'string') return known
    const seeded = this.#seeded.findByPhoneKey(key)
    return seeded === undefined ? undefined : ownerOfSeeded(seeded)
  }

  #userOf(owner: Owner): User {
    return owner >= 0 ? this.#joined.at(owner) : this.#seeded.at(-1 - owner)
  }

  /** One page of the users that a selection names, in a stable order; the page costs the page, not the offset. */
  list(selection: Selection, offset: number, limit: number): Page {
    const first = this.#joinedFirst.filter((user) => matches(this.#joined.at(user), selection)).reverse()
    const seeded = this.#selectSeeded(selection)
    const last = this.#selectJoined(selection)
    const users: User[] = []
    const total = first.length + seeded.count + last.length
    for (let at = offset; at < Math.min(total, offset + limit); at += 1) {
      const afterFirst = at - first.length
      const isSeeded = afterFirst >= 0 && afterFirst < seeded.count
      const joined = afterFirst < 0 ? first[at] : last[afterFirst - seeded.count]
      if (isSeeded) users.push(this.#seeded.at(seeded.at(afterFirst)))
      else if (joined !== undefined) users.push(this.#joined.at(joined))
    }
    return { total, users }
  }

  /** Those who joined and are selected, in order. Known selections only look at whom they have not seen yet. */
  #selectJoined(selection: Selection): readonly number[] {
    if (isEverybody(selection, this.root)) return this.#joinedLast
    const { scope, direct, keyWord, inMobile, spaceStatus, withSpace } = selection
    const key = JSON.stringify([scope.index, direct, keyWord, inMobile, spaceStatus, withSpace])
    const known = remembered(this.#joinedSelections, key, () => ({ seen: 0, users: [] }))
    for (; known.seen < this.#joinedLast.length; known.seen += 1) {
      const user = this.#joinedLast[known.seen] as number
      if (matches(this.#joined.at(user), selection)) known.users.push(user)
    }
    return known.users
  }

  #departmentNamed(nameOrId: string | undefined): Department | undefined {
    if (nameOrId === undefined) return undefined
    return this.departments.find(({ id, name }) => id === nameOrId || name === nameOrId)
  }

  #selectSeeded(selection: Selection): { count: number; at: (index: number) => number } {
    const { scope, direct } = selection
    const from = scope.ownFrom
    const to = direct ? scope.ownTo : scope.treeTo
    if (selection.keyWord === undefined && selection.spaceStatus === undefined) {
      return { count: to - from, at: (index) => from + index }
    }
    const found = this.#search(selection)
    const begin = lowerBound(found, from)
    return { count: lowerBound(found, to) - begin, at: (index) => found[begin + index] ?? 0 }
  }

  #search({ keyWord, inMobile, spaceStatus }: Search): Uint32Array {
    const key = JSON.stringify([keyWord, inMobile, spaceStatus])
    return remembered(this.#searches, key, () => this.#seeded.search({ keyWord, inMobile, spaceStatus }))
  }
}

/** The value of a key, made when it is not there; the oldest goes when there are too many. */
function remembered<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  const oldest = map.size >= SELECTIONS_KEPT ? map.keys().next().value : undefined
  if (oldest !== undefined) map.delete(oldest)
  map.set(key, made)
  return made
}

const isEverybody = ({ scope, direct, keyWord, spaceStatus, withSpace }: Selection, root: Department): boolean =>
  scope === root && !direct && keyWord === undefined && spaceStatus === undefined && !withSpace

function matches(user: User, { scope, direct, keyWord, inMobile, spaceStatus, withSpace }: Selection): boolean {
  if (direct ? user.department !== scope : !isWithin(user.department, scope)) return false
  if (withSpace && user.space === undefined) return false
  if (spaceStatus !== undefined && user.space?.status !== spaceStatus) return false
  if (keyWord === undefined) return true
  return user.name.toLowerCase().includes(keyWord.toLowerCase()) || (inMobile && user.mobile.includes(keyWord))
}

/** Index of the first element that is not below a value, in a sorted array. */
function lowerBound(sorted: Uint32Array, value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}
