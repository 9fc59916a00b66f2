import { spaceStatuses } from '../../spec/operations/list-user-spaces.ts'
import { hash32, scatter, seedFor, unscatter } from '../random.ts'
import type { Department } from './departments.ts'
import { Mobiles } from './mobiles.ts'
import { nameAt, nameIndex, namesContaining } from './names.ts'
import { roles, type User, userStatuses } from './user.ts'

const USER_ID_PREFIX = '10086000002'
/** Three seconds from one user to the next, in the layout of the service's ids. */
const ID_STEP = 3000n << 23n
const FIRST_ID = 1_316_083_732_377_070_977n
const FIRST_SPACE_ID = 1_410_765_364_786_334_592n
const CONTAINER_PREFIX = 'IAAE49hOR8LulgAAA'
const FIRST_CONTAINER_ID = 1_410_765_425_310_141_185n
const CAPACITIES_GB = [10, 10, 10, 20, 50]

/** A user whose details are given, over what the seed says. */
export interface Cast {
  readonly id?: string
  readonly mobile?: string
}

/**
 * The users that exist from the start. Each is a function of the seed and its number, made when it is looked at:
 * a million of them cost no start-up time and no memory.
 */
export class SeededUsers {
  readonly count: number
  readonly #departments: readonly Department[]
  readonly #seeds: { names: number; userIds: number; traits: number }
  readonly #mobiles: Mobiles
  readonly #cast: ReadonlyMap<number, Cast>
  /** Members of the cast by their given id. */
  readonly #castById = new Map<string, number>()

  constructor(seed: number, count: number, departments: readonly Department[], cast: ReadonlyMap<number, Cast>) {
    this.count = count
    this.#departments = departments
    this.#cast = cast
    for (const [user, { id }] of cast) if (user < count && id !== undefined) this.#castById.set(id, user)
    this.#mobiles = new Mobiles(seed, count)
    this.#seeds = {
      names: seedFor(seed, 'names'),
      userIds: seedFor(seed, 'user ids'),
      traits: seedFor(seed, 'traits'),
    }
  }

  at(user: number): User {
    const department = this.#departmentOf(user)
    const step = BigInt(user) * ID_STEP
    const traits = hash32(this.#seeds.traits, user)
    return {
      name: nameAt(nameIndex(this.#seeds.names, user)),
      userId: this.userIdAt(user),
      id: this.#cast.get(user)?.id ?? (FIRST_ID + step).toString(),
      department,
      mobile: this.#cast.get(user)?.mobile ?? this.#mobiles.at(user),
      role: this.#roleOf(user, department),
      status: this.#statusOf(user, traits),
      space: {
        id: (FIRST_SPACE_ID + step).toString(),
        containerId: CONTAINER_PREFIX + (FIRST_CONTAINER_ID + step).toString(),
        capacityGb: CAPACITIES_GB[traits % CAPACITIES_GB.length] ?? 10,
        usedKb: traits % 1_000_000,
        status: this.#spaceStatusOf(traits),
      },
    }
  }

  userIdAt(user: number): string {
    return USER_ID_PREFIX + String(scatter(this.#seeds.userIds, user)).padStart(8, '0')
  }

  /** The user with this mobile (stored form) unless it was given by hand. */
  findByPhoneKey(key: number): number | undefined {
    const user = this.#mobiles.find(key)
    return user !== undefined && this.#cast.get(user)?.mobile === undefined ? user : undefined
  }

  /** The user with this `userId` or this `id`. */
  findById(id: string): number | undefined {
    if (!/^[1-9]\d{18}$/.test(id)) return undefined
    const cast = this.#castById.get(id)
    if (cast !== undefined) return cast
    if (id.startsWith(USER_ID_PREFIX)) {
      const user = unscatter(this.#seeds.userIds, Number(id.slice(USER_ID_PREFIX.length)))
      return user < this.count ? user : undefined
    }
    const distance = BigInt(id) - FIRST_ID
    if (distance < 0n || distance % ID_STEP !== 0n) return undefined
    const user = Number(distance / ID_STEP)
    return user < this.count && this.#cast.get(user)?.id === undefined ? user : undefined
  }

  /** Numbers of the users, in order, whose name (or full mobile) contains a text and whose space has a status. */
  search({ keyWord, inMobile, spaceStatus }: Search): Uint32Array {
    const marked = new Uint8Array(this.count)
    if (keyWord === undefined) marked.fill(1)
    else this.#mark(keyWord, inMobile, marked)
    if (spaceStatus !== undefined) {
      for (let user = 0; user < this.count; user += 1) {
        if (marked[user] === 1 && this.#spaceStatusOf(hash32(this.#seeds.traits, user)) !== spaceStatus)
          marked[user] = 0
      }
    }
    const found = new Uint32Array(marked.reduce((sum, mark) => sum + mark, 0))
    for (let user = 0, at = 0; user < this.count; user += 1) if (marked[user] === 1) found[at++] = user
    return found
  }

  #mark(keyWord: string, inMobile: boolean, marked: Uint8Array): void {
    const names = namesContaining(keyWord)
    for (let user = 0; user < this.count; user += 1) marked[user] = names[nameIndex(this.#seeds.names, user)] ?? 0
    if (!inMobile || !/^\d+$/.test(keyWord)) return
    this.#mobiles.search(keyWord, (user) => {
      if (this.#cast.get(user)?.mobile === undefined) marked[user] = 1
    })
    for (const [user, { mobile }] of this.#cast) if (mobile?.includes(keyWord)) marked[user] = 1
  }

  #departmentOf(user: number): Department {
    let department = this.#departments[0] as Department
    for (let found = true; found && user >= department.ownTo; ) {
      const child = department.children.find(({ treeTo }) => user < treeTo)
      found = child !== undefined
      department = child ?? department
    }
    return department
  }

  #roleOf(user: number, department: Department): number {
    if (user === 0) return roles.systemAdministrator
    return user === department.ownFrom ? roles.departmentAdministrator : roles.commonUser
  }

  #statusOf(user: number, traits: number): number {
    if (user === 0 || traits % 20 > 1) return userStatuses.enabled
    return traits % 20 === 0 ? userStatuses.disabled : userStatuses.notActivated
  }

  #spaceStatusOf(traits: number): '0' | '1' {
    return (traits >>> 8) % 16 === 0 ? spaceStatuses.disabled : spaceStatuses.normal
  }
}

/** What a listing asks of seeded users, besides their department. */
export interface Search {
  readonly keyWord: string | undefined
  readonly inMobile: boolean
  readonly spaceStatus: string | undefined
}
