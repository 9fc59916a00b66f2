import { spaceStatuses } from '../../spec/operations/list-user-spaces.ts'
import { partsOf } from '../ids.ts'
import { hash32, scatter, seedFor, unscatter } from '../random.ts'
import type { Department, Departments } from './departments.ts'
import { Mobiles } from './mobiles.ts'
import { nameAt, nameIndex, namesContaining } from './names.ts'
import type { Allocation, Space } from './spaces.ts'
import { type Origin, roles, userStatuses } from './user.ts'

const USER_ID_PREFIX = '10086000002'
/** Three seconds from one user to the next, in the layout of the service's ids. */
const ID_STEP = 3000n << 23n
const FIRST_ID = 1_316_083_732_377_070_977n
const FIRST_SPACE_ID = 1_410_765_364_786_334_592n
const CONTAINER_PREFIX = 'IAAE49hOR8LulgAAA'
const FIRST_CONTAINER_ID = 1_410_765_425_310_141_185n
const CAPACITIES_GB = [10, 10, 10, 20, 50]
/** Traits such as the size of a space repeat after so many users, so that sums over a million of them cost nothing. */
const TRAIT_PERIOD = 10_007
/** Users that are looked at in one go: some milliseconds. */
const SLICE = 5_000

/** A user whose details are given, over what the seed says. */
export interface Cast {
  readonly id?: string
  readonly mobile?: string
}

/**
 * The users that exist from the start. Each is a function of the seed and its number, made when it is looked at:
 * a million of them cost no start-up time and no memory. Who has left or changed since is not known here.
 */
export class SeededUsers {
  readonly count: number
  readonly #departments: Departments
  readonly #seeds: { names: number; userIds: number; traits: number }
  readonly #mobiles: Mobiles
  readonly #cast: ReadonlyMap<number, Cast>
  /** Members of the cast by their given id. */
  readonly #castById = new Map<string, number>()

  constructor(seed: number, count: number, departments: Departments, cast: ReadonlyMap<number, Cast>) {
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

  at(user: number): Origin {
    const { department, from } = this.#departments.homeOf(user)
    const leads = user === from ? roles.departmentAdministrator : roles.commonUser
    const role = user === 0 ? roles.systemAdministrator : leads
    // The tokens of the credentials stand for the first two of a department.
    const status = user - from < 2 ? userStatuses.enabled : statusOf(this.#traitsOf(user))
    return new SeededUser(user, department, role, status, this)
  }

  nameAt(user: number): string {
    return nameAt(nameIndex(this.#seeds.names, user))
  }

  userIdAt(user: number): string {
    return USER_ID_PREFIX + String(scatter(this.#seeds.userIds, user)).padStart(8, '0')
  }

  idAt(user: number): string {
    return this.#cast.get(user)?.id ?? (FIRST_ID + BigInt(user) * ID_STEP).toString()
  }

  mobileAt(user: number): string {
    return this.#cast.get(user)?.mobile ?? this.#mobiles.at(user)
  }

  /** Sizes and use of the spaces of all seeded users: GB and KB. */
  get spaceSums(): Allocation {
    const whole = Math.floor(this.count / TRAIT_PERIOD)
    const rest = this.count % TRAIT_PERIOD
    const sums = { allocatedGb: 0, usedKb: 0 }
    for (let user = 0; user < (whole > 0 ? TRAIT_PERIOD : rest); user += 1) {
      const traits = this.#traitsOf(user)
      const times = whole + (user < rest ? 1 : 0)
      sums.allocatedGb += times * capacityOf(traits)
      sums.usedKb += times * usedKbOf(traits)
    }
    return sums
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

  /** Marks the users whose name (or full mobile) contains a string: 1 at their number. Yields after a few milliseconds each. */
  *mark(keyWord: string, inMobile: boolean): Generator<void, Uint8Array> {
    const marked = new Uint8Array(this.count)
    const names = namesContaining(keyWord)
    const digits = inMobile && /^\d+$/.test(keyWord) ? keyWord : undefined
    for (let user = 0; user < this.count; user += 1) {
      if (user % SLICE === SLICE - 1) yield
      const isNamed = names[nameIndex(this.#seeds.names, user)] === 1
      if (isNamed || (digits !== undefined && this.#mobiles.at(user).includes(digits))) marked[user] = 1
    }
    if (digits === undefined) return marked
    for (const [user, { mobile }] of this.#cast) {
      if (mobile === undefined || user >= this.count) continue
      const isNamed = names[nameIndex(this.#seeds.names, user)] === 1
      marked[user] = isNamed || mobile.includes(digits) ? 1 : 0
    }
    return marked
  }

  /** The status of the space that a user begins with. */
  spaceStatusAt(user: number): Space['status'] {
    return spaceStatusOf(this.#traitsOf(user))
  }

  #traitsOf(user: number): number {
    return hash32(this.#seeds.traits, user % TRAIT_PERIOD)
  }

  /** The space that a user begins with. */
  spaceAt(user: number): Space {
    const step = BigInt(user) * ID_STEP
    const traits = this.#traitsOf(user)
    const id = (FIRST_SPACE_ID + step).toString()
    const createdAt = partsOf(id).ms
    return {
      id,
      containerId: CONTAINER_PREFIX + (FIRST_CONTAINER_ID + step).toString(),
      capacityGb: capacityOf(traits),
      usedKb: usedKbOf(traits),
      status: spaceStatusOf(traits),
      createdAt,
      modifiedAt: createdAt,
    }
  }
}

/** A seeded user. Every call of a token asks for one, and for no more than who that is: the rest is made when it is read. */
class SeededUser implements Origin {
  readonly number: number
  readonly department: Department
  readonly role: number
  readonly status: number
  readonly #all: SeededUsers

  constructor(number: number, department: Department, role: number, status: number, all: SeededUsers) {
    this.number = number
    this.department = department
    this.role = role
    this.status = status
    this.#all = all
  }

  get name(): string {
    return this.#all.nameAt(this.number)
  }

  get userId(): string {
    return this.#all.userIdAt(this.number)
  }

  get id(): string {
    return this.#all.idAt(this.number)
  }

  get mobile(): string {
    return this.#all.mobileAt(this.number)
  }

  spaces(): readonly Space[] {
    return [this.#all.spaceAt(this.number)]
  }
}

const capacityOf = (traits: number): number => CAPACITIES_GB[traits % CAPACITIES_GB.length] ?? 10
const usedKbOf = (traits: number): number => traits % 1_000_000
const spaceStatusOf = (traits: number): Space['status'] =>
  (traits >>> 8) % 16 === 0 ? spaceStatuses.disabled : spaceStatuses.normal

function statusOf(traits: number): number {
  if (traits % 20 > 1) return userStatuses.enabled
  return traits % 20 === 0 ? userStatuses.disabled : userStatuses.notActivated
}
