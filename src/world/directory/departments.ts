import { composeId } from '../ids.ts'
import { draw, hash32, hex, seedFor } from '../random.ts'
import { lastNotAbove, NumberSet } from './number-set.ts'
import type { Space } from './user.ts'

/** The users of a department, by their numbers. */
export interface Members {
  readonly direct: NumberSet
  /** Those of the sub-departments too. */
  readonly all: NumberSet
  readonly directWithSpace: NumberSet
  readonly allWithSpace: NumberSet
}

/** A department. */
export interface Department {
  /** Id on KooDrive. */
  readonly id: string
  /** Id in OrgID: 32 hex digits. */
  readonly deptId: string
  name: string
  /** Undefined for the root. */
  parent: Department | undefined
  readonly children: Department[]
  readonly members: Members
  /** Team spaces, oldest first. */
  spaces: readonly Space[]
}

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
  readonly #seeded: readonly Allotment[]
  readonly #seededFrom: readonly number[]
  readonly #byId = new Map<string, Department>()

  constructor(seed: number, departmentCount: number, userCount: number) {
    const treeSeed = seedFor(seed, 'departments')
    const made: Department[] = []
    for (let index = 0; index < departmentCount; index += 1) {
      const known = REFERENCE[index]
      const parent = index === 0 ? undefined : known ? made[known.parent] : seededParent(treeSeed, index, made)
      made.push(this.add(known?.name ?? departmentName(index), known?.id ?? departmentId(treeSeed, index), parent))
    }
    this.root = made[0] as Department
    this.#seeded = allotUsers(seedFor(seed, 'headcount'), made, userCount)
    this.#seededFrom = this.#seeded.map(({ from }) => from)
  }

  /** Where a seeded user begins. */
  homeOf(user: number): Allotment {
    return this.#seeded[lastNotAbove(this.#seededFrom, user)] as Allotment
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
  add(name: string, id: string, parent: Department | undefined): Department {
    const department: Department = {
      id,
      deptId: hex(seedFor(0, `department ${id}`), 32),
      name,
      parent,
      children: [],
      members: {
        direct: new NumberSet(),
        all: new NumberSet(),
        directWithSpace: new NumberSet(),
        allWithSpace: new NumberSet(),
      },
      spaces: [],
    }
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

/** Seeded users that begin in a department: from, and up to but without. */
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
    const { direct, directWithSpace, all, allWithSpace } = department.members
    for (const set of [direct, directWithSpace]) set.addRun(from, to)
    for (const set of [all, allWithSpace]) set.addRun(from, end)
    return end
  }
  const root = made[0]
  if (root !== undefined) visit(root)
  return ranges
}
