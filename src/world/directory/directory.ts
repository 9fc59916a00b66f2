import type { Scenario } from '../../scenarios/schema.ts'
import { addDepartment, createDepartments, type Department, isWithin } from './departments.ts'
import { ID_SPAN, JoinedUser, type Newcomer, userIdOfId } from './joined-user.ts'
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
  /** The key by which two spellings of a phone are compared. */
  readonly phoneKey: (phone: string) => string
  /** A fresh id; the `span - 1` integers behind it are reserved for the caller. */
  readonly newId: (span: number) => string
}

const SELECTIONS_KEPT = 8

/** Departments, users and spaces of an organisation: the seeded ones on demand, and those that joined. */
export class Directory {
  readonly departments: Department[]
  freeCapacityGb: number
  readonly #seeded: SeededUsers
  readonly #joined: User[] = []
  readonly #joinedFirst: User[] = []
  readonly #byPhone = new Map<string, User>()
  readonly #byUserId = new Map<string, User>()
  readonly #departmentsById = new Map<string, Department>()
  readonly #searches = new Map<string, Uint32Array>()
  readonly #joinedSelections = new Map<string, { seen: number; users: User[] }>()
  readonly #options: DirectoryOptions

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.freeCapacityGb = options.freeCapacityGb
    this.departments = createDepartments(options.seed, options.departments, options.users)
    this.#seeded = new SeededUsers(options.seed, options.users, this.departments, options.cast)
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
        ...(spaceStatus && { spaceStatus }),
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
    return this.#seeded.count + this.#joined.length + this.#joinedFirst.length
  }

  /** A seeded user by number. */
  seededUser(number: number): User | undefined {
    return number < this.#seeded.count ? this.#seeded.at(number) : undefined
  }

  findDepartment(id: string): Department | undefined {
    return this.#departmentsById.get(id)
  }

  findByPhone(phone: string): User | undefined {
    const key = this.#options.phoneKey(phone)
    const joined = this.#byPhone.get(key)
    if (joined !== undefined) return joined
    const seeded = this.#seeded.findByMobile(key)
    return seeded === undefined ? undefined : this.#seeded.at(seeded)
  }

  /** The user with this `userId` or KooDrive `id`. */
  findById(id: string): User | undefined {
    const joined = this.#byUserId.get(id) ?? this.#byUserId.get(userIdOfId(id))
    if (joined !== undefined && (joined.userId === id || joined.id === id)) return joined
    const seeded = this.#seeded.findById(id)
    return seeded === undefined ? undefined : this.#seeded.at(seeded)
  }

  /** Adds a user. The caller has made sure that the phone is free and that the capacity suffices. */
  join(newcomer: Newcomer): User {
    const user = new JoinedUser(this.#options.newId(ID_SPAN), newcomer, newcomer.department ?? this.root)
    this.freeCapacityGb -= newcomer.spaceGb
    if (newcomer.first) this.#joinedFirst.push(user)
    else this.#joined.push(user)
    this.#byPhone.set(this.#options.phoneKey(user.mobile), user)
    this.#byUserId.set(user.userId, user)
    return user
  }

  /** One page of the users that a selection names, in a stable order; the page costs the page, not the offset. */
  list(selection: Selection, offset: number, limit: number): Page {
    const first = this.#joinedFirst.filter((user) => matches(user, selection)).reverse()
    const seeded = this.#selectSeeded(selection)
    const last = this.#selectJoined(selection)
    const users: User[] = []
    const total = first.length + seeded.count + last.length
    for (let at = offset; at < Math.min(total, offset + limit); at += 1) {
      const afterFirst = at - first.length
      const user =
        afterFirst < 0
          ? first[at]
          : afterFirst < seeded.count
            ? this.#seeded.at(seeded.at(afterFirst))
            : last[afterFirst - seeded.count]
      if (user !== undefined) users.push(user)
    }
    return { total, users }
  }

  /** Those who joined and are selected, in order. Known selections only look at whom they have not seen yet. */
  #selectJoined(selection: Selection): readonly User[] {
    if (isEverybody(selection, this.root)) return this.#joined
    const { scope, direct, keyWord, inMobile, spaceStatus, withSpace } = selection
    const key = JSON.stringify([scope.index, direct, keyWord, inMobile, spaceStatus, withSpace])
    const known = remembered(this.#joinedSelections, key, () => ({ seen: 0, users: [] }))
    for (; known.seen < this.#joined.length; known.seen += 1) {
      const user = this.#joined[known.seen]
      if (user !== undefined && matches(user, selection)) known.users.push(user)
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
