import type { Scenario } from '../../scenarios/schema.ts'
import { addDepartment, createDepartments, type Department, isWithin } from './departments.ts'
import { type Cast, type Search, SeededUsers } from './seeded-users.ts'
import { roles, type Space, type User, userStatuses } from './user.ts'

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
  readonly newId: () => string
}

/** A user that joins after the start. */
export interface Newcomer {
  readonly name: string
  readonly phone: string
  readonly department?: Department | undefined
  readonly role?: number
  readonly status?: number
  readonly spaceGb: number
  readonly spaceStatus?: '0' | '1'
  /** Listed before everybody else. */
  readonly first?: boolean
}

const SEARCHES_KEPT = 8
const NEWCOMER_CONTAINER_PREFIX = 'IAAE49hOR8LulgAAB'

/** Departments, users and spaces of an organisation: the seeded ones on demand, and those that joined. */
export class Directory {
  readonly departments: Department[]
  freeCapacityGb: number
  readonly #seeded: SeededUsers
  readonly #joined: User[] = []
  readonly #joinedFirst: User[] = []
  readonly #byPhone = new Map<string, User>()
  readonly #byId = new Map<string, User>()
  readonly #searches = new Map<string, Uint32Array>()
  readonly #options: DirectoryOptions

  constructor(options: DirectoryOptions) {
    this.#options = options
    this.freeCapacityGb = options.freeCapacityGb
    this.departments = createDepartments(options.seed, options.departments, options.users)
    this.#seeded = new SeededUsers(options.seed, options.users, this.departments, options.cast)
    for (const { name, id, parent } of options.extra.extraDepartments ?? []) {
      addDepartment(this.departments, name, id ?? options.newId(), this.#departmentNamed(parent))
    }
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
    return this.departments.find((department) => department.id === id)
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
    const joined = this.#byId.get(id)
    if (joined !== undefined) return joined
    const seeded = this.#seeded.findById(id)
    return seeded === undefined ? undefined : this.#seeded.at(seeded)
  }

  /** Adds a user. The caller has made sure that the phone is free and that the capacity suffices. */
  join(newcomer: Newcomer): User {
    const user: User = {
      name: newcomer.name,
      userId: this.#options.newId(),
      id: this.#options.newId(),
      department: newcomer.department ?? this.root,
      mobile: newcomer.phone,
      role: newcomer.role ?? roles.commonUser,
      status: newcomer.status ?? userStatuses.notActivated,
      space: newcomer.spaceGb > 0 ? this.#allocate(newcomer) : undefined,
    }
    if (newcomer.first) this.#joinedFirst.push(user)
    else this.#joined.push(user)
    this.#byPhone.set(this.#options.phoneKey(user.mobile), user)
    this.#byId.set(user.userId, user)
    this.#byId.set(user.id, user)
    return user
  }

  /** One page of the users that a selection names, in a stable order; the page costs the page, not the offset. */
  list(selection: Selection, offset: number, limit: number): Page {
    const first = this.#joinedFirst.filter((user) => matches(user, selection)).reverse()
    const seeded = this.#selectSeeded(selection)
    const last = isEverybody(selection, this.root)
      ? this.#joined
      : this.#joined.filter((user) => matches(user, selection))
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

  #allocate({ spaceGb, spaceStatus }: Newcomer): Space {
    this.freeCapacityGb -= spaceGb
    return {
      id: this.#options.newId(),
      containerId: NEWCOMER_CONTAINER_PREFIX + this.#options.newId(),
      capacityGb: spaceGb,
      usedKb: 0,
      status: spaceStatus ?? '0',
    }
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
    const known = this.#searches.get(key)
    if (known !== undefined) return known
    const found = this.#seeded.search({ keyWord, inMobile, spaceStatus })
    const oldest = this.#searches.size >= SEARCHES_KEPT ? this.#searches.keys().next().value : undefined
    if (oldest !== undefined) this.#searches.delete(oldest)
    this.#searches.set(key, found)
    return found
  }
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
