import { composeId, partsOf } from '../ids.ts'
import { draw, hash32, hex, seedFor } from '../random.ts'
import { lastNotAbove, NumberSet } from './number-set.ts'
import type { Space } from './spaces.ts'

/** The users of a department, by their numbers. */
export interface Members {
  readonly direct: NumberSet
  /** Those of the sub-departments too. */
  readonly all: NumberSet
  readonly directWithSpace: NumberSet
  readonly allWithSpace: NumberSet
}

/** A department. */
export class Department {
  /** Id on KooDrive. */
  readonly id: string
  name: string
  /** Undefined for the root. */
  parent: Department | undefined
  readonly children: Department[] = []
  members: Members = membersOf(0, 0, 0)
  /** Size in GB of the team space that it begins with; 0 for none. */
  readonly #firstSpaceGb: number
  #spaces: readonly Space[] | undefined

  constructor(id: string, name: string, parent: Department | undefined, firstSpaceGb = 0) {
    this.id = id
    this.name = name
    this.parent = parent
    this.#firstSpaceGb = firstSpaceGb
  }

  /** Id in OrgID: 32 hex digits. */
  get deptId(): string {
    return hex(seedFor(0, `department ${this.id}`), 32)
  }

  /** The team space that it begins with. */
  get firstSpace(): Space | undefined {
    return this.#firstSpaceGb > 0 ? seededTeamSpace(this.id, this.#firstSpaceGb) : undefined
  }

  /** Team spaces, oldest first. */
  get spaces(): readonly Space[] {
    this.#spaces ??= [this.firstSpace ?? []].flat()
    return this.#spaces
  }

  set spaces(spaces: readonly Space[]) {
    this.#spaces = spaces
  }
}

/** Members that begin with a run of numbers each, and all with a space. */
const membersOf = (from: number, directTo: number, allTo: number): Members => ({
  direct: new NumberSet(from, directTo),
  all: new NumberSet(from, allTo),
  directWithSpace: new NumberSet(from, directTo),
  allWithSpace: new NumberSet(from, allTo),
})

/** Departments that the reference pages name, so that their requests work as printed. */
const REFERENCE = [
  { name: 'KooDrive Mock', parent: 0, id: undefined },
  { name: 'newDept', parent: 0, id: '1243693141656107521' },
  { name: 'Product', parent: 0, id: '1575416580416769793' },
  { name: 'Dept', parent: 2, id: undefined },
] as const

const NAMES = [
  ...['Engineering', 'Sales', 'Finance', 'Marketing', 'Support', 'Legal', 'Logistics', 'Research', 'Security'],
  ...['研发部', '销售部', '财务部', '市场部', '客服部', '法务部', '物流部', '人力资源部', '信息安全部'],
]

/** Levels of the tree, the root included. Member guide kd_03_0010. */
export const MAX_LEVELS = 5
/** The seeded ones were made one after the other, beginning on 2024-04-29. */
const FIRST_MS = 1_714_379_010_302
const STEP_MS = 3200

const departmentId = (seed: number, index: number): string =>
  composeId({ ms: FIRST_MS + index * STEP_MS, worker: hash32(seed, 0) % 2048, sequence: 1 })

const departmentName = (index: number): string => {
  const at = index - REFERENCE.length
  const turn = Math.floor(at / NAMES.length)
  return `${NAMES[at % NAMES.length]}${turn === 0 ? '' : ` ${turn + 1}`}`
}

/** The level of a department; 1 for the root. */
export const levelOf = ({ parent }: Department): number => (parent === undefined ? 1 : 1 + levelOf(parent))

/** Levels that a department and those below it take. */
export const depthOf = ({ children }: Department): number => 1 + Math.max(0, ...children.map(depthOf))

/** Whether a department is another one or lies somewhere below it. */
export function isWithin(department: Department, ancestor: Department): boolean {
  for (let at: Department | undefined = department; at; at = at.parent) if (at === ancestor) return true
  return false
}

/** A department and everything above it, up to the root. */
export function* pathOf(department: Department): IterableIterator<Department> {
  for (let at: Department | undefined = department; at; at = at.parent) yield at
}

/** The tree of departments of an organisation, with who is where. */
export class Departments {
  readonly root: Department
  /** Where seeded users begin, in the order of their numbers. */
  readonly seeded: readonly Allotment[]
  readonly #seededFrom: readonly number[]
  readonly #byId = new Map<string, Department>()

  /** `spaceGb` is the team space of each seeded department but the root. */
  constructor(seed: number, departmentCount: number, userCount: number, spaceGb = 0) {
    const treeSeed = seedFor(seed, 'departments')
    const made: Department[] = []
    for (let index = 0; index < departmentCount; index += 1) {
      const known = REFERENCE[index]
      const parent = index === 0 ? undefined : known ? made[known.parent] : seededParent(treeSeed, index, made)
      const id = known?.id ?? departmentId(treeSeed, index)
      made.push(this.add(known?.name ?? departmentName(index), id, parent, parent === undefined ? 0 : spaceGb))
    }
    this.root = made[0] as Department
    this.seeded = allotUsers(seedFor(seed, 'headcount'), made, userCount)
    this.#seededFrom = this.seeded.map(({ from }) => from)
  }

  /** Where a seeded user begins. */
  homeOf(user: number): Allotment {
    return this.seeded[lastNotAbove(this.#seededFrom, user)] as Allotment
  }

  /** Every department, in order of creation. */
  all(): readonly Department[] {
    return [...this.#byId.values()]
  }

  get size(): number {
    return this.#byId.size
  }

  find(id: string): Department | undefined {
    return this.#byId.get(id)
  }

  /** Adds a department without members. */
  add(name: string, id: string, parent: Department | undefined, firstSpaceGb = 0): Department {
    const department = new Department(id, name, parent, firstSpaceGb)
    this.#byId.set(id, department)
    parent?.children.push(department)
    return department
  }

  /** Hangs a department with all that is below it under another parent, which is not below it. */
  move(department: Department, parent: Department): void {
    const { all, allWithSpace } = department.members
    for (const above of pathOf(department.parent as Department)) {
      for (const [from, to] of all.runs()) above.members.all.removeRun(from, to)
      for (const [from, to] of allWithSpace.runs()) above.members.allWithSpace.removeRun(from, to)
    }
    unlink(department)
    department.parent = parent
    parent.children.push(department)
    for (const above of pathOf(parent)) {
      for (const [from, to] of all.runs()) above.members.all.addRun(from, to)
      for (const [from, to] of allWithSpace.runs()) above.members.allWithSpace.addRun(from, to)
    }
  }

  /** Removes a department that has neither members nor sub-departments. */
  remove(department: Department): void {
    unlink(department)
    this.#byId.delete(department.id)
  }

  /** Lets a user be a member. */
  enter({ members, parent }: Department, user: number, hasSpace: boolean): void {
    members.direct.add(user)
    members.all.add(user)
    if (hasSpace) {
      members.directWithSpace.add(user)
      members.allWithSpace.add(user)
    }
    for (let above = parent; above; above = above.parent) {
      above.members.all.add(user)
      if (hasSpace) above.members.allWithSpace.add(user)
    }
  }

  /** Lets a member go. */
  leave(department: Department, user: number): void {
    department.members.direct.remove(user)
    department.members.directWithSpace.remove(user)
    for (const { members } of pathOf(department)) {
      members.all.remove(user)
      members.allWithSpace.remove(user)
    }
  }
}

function unlink(department: Department): void {
  const siblings = department.parent?.children ?? []
  siblings.splice(siblings.indexOf(department), 1)
}

function seededParent(seed: number, index: number, all: readonly Department[]): Department | undefined {
  let candidate = all[hash32(seed, index) % all.length]
  while (candidate !== undefined && levelOf(candidate) >= MAX_LEVELS) candidate = candidate.parent
  return candidate
}

/** The numbers of the seeded users that begin in a department: from, and up to but without. */
export interface Allotment {
  readonly department: Department
  readonly from: number
  readonly to: number
}

/** Gives each department a range of user numbers, in the order of the tree and of a seeded size. */
function allotUsers(seed: number, made: readonly Department[], userCount: number): Allotment[] {
  const weights = new Map(made.map((department, index) => [department, 0.5 + draw(seed, index)]))
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0)
  const ranges: Allotment[] = []
  let before = 0
  const visit = (department: Department): number => {
    const from = Math.ceil((before / whole) * userCount)
    before += weights.get(department) ?? 0
    // Rounding must not leave the last users without a department.
    const isLast = ranges.length === made.length - 1
    const to = isLast ? userCount : Math.min(userCount, Math.ceil((before / whole) * userCount))
    ranges.push({ department, from, to })
    let end = to
    for (const child of department.children) end = visit(child)
    department.members = membersOf(from, to, end)
    return end
  }
  const root = made[0]
  if (root !== undefined) visit(root)
  return ranges
}

const CONTAINER_PREFIX = 'IAADfsBFCO6WtAtuA'
const SPACE_WORKER = 300
/** A team space was made so long after its department. */
const SPACE_AFTER_MS = 4000

/** The team space that a seeded department begins with. */
function seededTeamSpace(departmentId: string, capacityGb: number): Space {
  const seed = seedFor(0, `team space ${departmentId}`)
  const createdAt = partsOf(departmentId).ms + SPACE_AFTER_MS
  const idAt = (sequence: number) => composeId({ ms: createdAt, worker: SPACE_WORKER + (seed % 1000), sequence })
  return {
    id: idAt(0),
    containerId: CONTAINER_PREFIX + idAt(1),
    capacityGb,
    usedKb: hash32(seed, 0) % 1_000_000,
    status: '0',
    createdAt,
    modifiedAt: createdAt,
  }
}
