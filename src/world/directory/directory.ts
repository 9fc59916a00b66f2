import { fromLongId, idAfter, type LongId, toLongId } from '../ids.ts'
import { type Department, Departments } from './departments.ts'
import { CONTAINER_PREFIX, type Intake, type Person, type Terms } from './joined-users.ts'
import type { NumberSet } from './number-set.ts'
import { People, type PeopleOptions } from './people.ts'
import { Search, type Selection } from './search.ts'
import { type Allocation, Capacity, type Space } from './spaces.ts'
import { roles, type User, type UserChange, userStatuses } from './user.ts'

/** A page of a listing. */
export interface Page {
  readonly total: number
  readonly users: readonly User[]
}

export interface DirectoryOptions extends PeopleOptions {
  readonly departments: number
  readonly freeCapacityGb: number
  /** Team space of each department but the root in GB; 0 for none. */
  readonly departmentSpaceGb: number
  /** A fresh id at a time; the `span - 1` ids behind it are reserved for the caller. */
  readonly newId: (at: number, span: number) => string
}

/** Who owns a space. */
export type Owner = User | Department
const isUser = (owner: Owner): owner is User => 'number' in owner

/** What changes of a space. */
export type SpaceChange = Partial<Pick<Space, 'capacityGb' | 'usedKb' | 'status'>>

/**
 * Departments, users and spaces of an organisation. Everything costs the same however many users are seeded; only a
 * search by words looks at all of them.
 */
export class Directory {
  readonly departments: Departments
  readonly capacity: Capacity
  readonly #people: People
  readonly #search: Search
  readonly #newId: DirectoryOptions['newId']
  /** Numbers of the system administrators who can sign in. */
  readonly #administrators = new Set<number>()

  constructor(options: DirectoryOptions) {
    this.#newId = options.newId
    this.departments = new Departments(options.seed, options.departments, options.users, options.departmentSpaceGb)
    this.#people = new People(options, this.departments)
    const { seeded } = this.#people
    this.#search = new Search(this.#people)
    const { seeded: allotments } = this.departments
    this.capacity = new Capacity(options.freeCapacityGb, {
      individual: () => seeded.spaceSums,
      department: () => sumOf(allotments.map(({ department }) => department.firstSpace)),
    })
    if (seeded.count > 0) this.#administrators.add(0)
  }

  get root(): Department {
    return this.departments.root
  }

  /** Number of seeded users. */
  get seededUsers(): number {
    return this.#people.seeded.count
  }

  /** Number of users, everybody included. */
  get size(): number {
    return this.root.members.all.size
  }

  /** What is free for spaces, in GB. */
  get freeCapacityGb(): number {
    return this.capacity.freeGb
  }

  /** A user by number, unless gone. */
  userAt(number: number): User | undefined {
    return this.root.members.all.has(number) ? this.#people.at(number) : undefined
  }

  findByPhone(phone: string): User | undefined {
    const number = this.#people.findByPhone(phone)
    return number === undefined ? undefined : this.userAt(number)
  }

  /** The `userId` of whoever has a phone. A batch asks for very many, so no user is made of it. */
  userIdOfPhone(phone: string): LongId | undefined {
    const number = this.#people.findByPhone(phone)
    return number === undefined || !this.root.members.all.has(number) ? undefined : this.#people.userIdAt(number)
  }

  /** The user with this `userId` or KooDrive `id`. */
  findById(id: string): User | undefined {
    const number = this.#people.findById(id)
    return number === undefined ? undefined : this.userAt(number)
  }

  /** Name and phone of a member of OrgID who was seeded, whether still here or not. */
  seededMember(orgUserId: string): Person | undefined {
    const { seeded } = this.#people
    const number = seeded.findById(orgUserId)
    if (number === undefined) return undefined
    const { name, mobile } = seeded.at(number)
    return { name, phone: mobile }
  }

  /** Whether somebody else is a system administrator who can sign in. */
  hasOtherAdministrator({ number }: User): boolean {
    return this.#administrators.size > (this.#administrators.has(number) ? 1 : 0)
  }

  /** Number of users of a department; with those of its sub-departments unless only direct members count. */
  count({ members }: Department, direct: boolean): number {
    return (direct ? members.direct : members.all).size
  }

  /** Makes the search of a listing quick, in slices of some milliseconds; a listing that comes first does it in one go. */
  prepare(selection: Pick<Selection, 'keyWord' | 'inMobile'>): Iterable<void> {
    return this.#search.prepare(selection)
  }

  /** One page of the users that a selection names, in a stable order. */
  list(selection: Selection, offset: number, limit: number): Page {
    const { scope, direct, withSpace, keyWord, spaceStatus } = selection
    const { members } = scope
    const set: NumberSet = withSpace
      ? direct
        ? members.directWithSpace
        : members.allWithSpace
      : direct
        ? members.direct
        : members.all
    if ((keyWord ?? '') === '' && spaceStatus === undefined) {
      return { total: set.size, users: set.slice(offset, limit).map((number) => this.#people.at(number)) }
    }
    const found = this.#search.find(set, selection)
    const users = Array.from(found.subarray(offset, offset + limit), (number) => this.#people.at(number))
    return { total: found.length, users }
  }

  /**
   * Adds the person of a row; gives the number of the user. The caller has made sure that the phone is free and that the
   * capacity suffices. `isFirst` lists the user before everybody else.
   */
  join(intake: Intake, row: number, terms: Terms, isFirst = false): number {
    const { phone } = intake.people.at(row) as Person
    const number = this.#people.join(intake, row, terms, phone, isFirst)
    this.departments.enter(terms.department, number, terms.spaceGb > 0)
    if (terms.spaceGb > 0) this.capacity.change('individual', terms.spaceGb)
    this.#changed(number, terms.role, terms.status)
    return number
  }

  /** Adds somebody alone at a time, as {@link join} does. `orgUserId` is the `userId` when OrgID has given it. */
  joinAlone(person: Person, terms: Terms, at: number, isFirst = false, orgUserId?: string): User {
    const intake: Intake = { people: [person], reservedId: toLongId(this.#newId(at, 2)), orgUserId }
    return this.#people.at(this.join(intake, 0, terms, isFirst))
  }

  /** Changes department, role or status of a user. */
  change(user: User, change: Omit<UserChange, 'spaces'>): void {
    if (change.department !== undefined && change.department !== user.department) {
      this.departments.leave(user.department, user.number)
      this.departments.enter(change.department, user.number, user.spaces.length > 0)
    }
    const known = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    this.#people.change(user.number, known)
    this.#changed(user.number, change.role ?? user.role, change.status ?? user.status)
  }

  /** Removes a user with the individual spaces. */
  remove(user: User): void {
    for (const space of user.spaces) this.capacity.change('individual', -space.capacityGb, -space.usedKb)
    this.departments.leave(user.department, user.number)
    this.#people.remove(user.number)
    this.#administrators.delete(user.number)
    this.#search.version += 1
  }

  /** Gives an owner a further space at a time; `creator` is the KooDrive id of the user who does. */
  addSpace(owner: Owner, capacityGb: number, at: number, creator: string | undefined): Space {
    const reserved = toLongId(this.#newId(at, 1))
    const space: Space = {
      id: fromLongId(idAfter(reserved, 0, 'space')),
      containerId: CONTAINER_PREFIX + fromLongId(idAfter(reserved, 0, 'container')),
      capacityGb,
      usedKb: 0,
      status: '0',
      createdAt: at,
      modifiedAt: at,
      creator,
      modifier: creator,
    }
    this.capacity.change(isUser(owner) ? 'individual' : 'department', capacityGb)
    this.#setSpaces(owner, [...owner.spaces, space])
    return space
  }

  /** Changes a space of an owner. */
  changeSpace(owner: Owner, space: Space, change: SpaceChange, at: number, modifier: string | undefined): Space {
    const changed: Space = { ...space, ...change, modifiedAt: at, modifier }
    this.capacity.change(
      isUser(owner) ? 'individual' : 'department',
      changed.capacityGb - space.capacityGb,
      changed.usedKb - space.usedKb,
    )
    this.#setSpaces(
      owner,
      owner.spaces.map((other) => (other.id === space.id ? changed : other)),
    )
    return changed
  }

  removeSpace(owner: Owner, space: Space): void {
    this.capacity.change(isUser(owner) ? 'individual' : 'department', -space.capacityGb, -space.usedKb)
    this.#setSpaces(
      owner,
      owner.spaces.filter(({ id }) => id !== space.id),
    )
  }

  #setSpaces(owner: Owner, spaces: readonly Space[]): void {
    this.#search.version += 1
    if (!isUser(owner)) {
      owner.spaces = spaces
      return
    }
    const had = owner.spaces.length > 0
    this.#people.change(owner.number, { spaces })
    if (had === spaces.length > 0) return
    this.departments.leave(owner.department, owner.number)
    this.departments.enter(owner.department, owner.number, !had)
  }

  #changed(number: number, role: number, status: number): void {
    this.#search.version += 1
    if (role === roles.systemAdministrator && status !== userStatuses.disabled) this.#administrators.add(number)
    else this.#administrators.delete(number)
  }
}

const sumOf = (spaces: readonly (Space | undefined)[]): Allocation => ({
  allocatedGb: spaces.reduce((sum, space) => sum + (space?.capacityGb ?? 0), 0),
  usedKb: spaces.reduce((sum, space) => sum + (space?.usedKb ?? 0), 0),
})
