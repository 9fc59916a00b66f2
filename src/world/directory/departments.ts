import { composeId } from '../ids.ts'
import { draw, hash32, seedFor } from '../random.ts'

/** A department. Seeded users are numbered in the order of the tree, so each subtree is one range of numbers. */
export interface Department {
  readonly index: number
  readonly id: string
  readonly name: string
  readonly parent: Department | undefined
  readonly level: number
  readonly children: Department[]
  /** Numbers of the seeded direct members: from, and up to but without. */
  ownFrom: number
  ownTo: number
  /** End of the numbers of the whole subtree; it begins at `ownFrom`. */
  treeTo: number
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

/** Levels of the tree, the root included. The member guide allows 5. */
const LEVELS = 5
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

function parentOf(seed: number, index: number, all: readonly Department[]): Department | undefined {
  let candidate = all[hash32(seed, index) % all.length]
  while (candidate !== undefined && candidate.level >= LEVELS) candidate = candidate.parent
  return candidate
}

/** The department tree of an organisation, in the order of creation; the first is the root. */
export function createDepartments(seed: number, departmentCount: number, userCount: number): Department[] {
  const treeSeed = seedFor(seed, 'departments')
  const all: Department[] = []
  for (let index = 0; index < departmentCount; index += 1) {
    const known = REFERENCE[index]
    const parent = index === 0 ? undefined : known ? all[known.parent] : parentOf(treeSeed, index, all)
    addDepartment(all, known?.name ?? departmentName(index), known?.id ?? departmentId(treeSeed, index), parent)
  }
  allotUsers(seedFor(seed, 'headcount'), all, userCount)
  return all
}

/** Adds a department without seeded members. */
export function addDepartment(all: Department[], name: string, id: string, parent: Department | undefined): Department {
  const end = parent?.treeTo ?? 0
  const level = (parent?.level ?? 0) + 1
  const department: Department = {
    index: all.length,
    id,
    name,
    parent,
    level,
    children: [],
    ownFrom: end,
    ownTo: end,
    treeTo: end,
  }
  all.push(department)
  parent?.children.push(department)
  return department
}

/** Gives each department its range of user numbers, in the order of the tree and of a seeded size. */
function allotUsers(seed: number, all: readonly Department[], userCount: number): void {
  const weights = all.map(({ index }) => 0.5 + draw(seed, index))
  const whole = weights.reduce((sum, weight) => sum + weight, 0)
  let before = 0
  const visit = (department: Department): void => {
    department.ownFrom = Math.ceil((before / whole) * userCount)
    before += weights[department.index] ?? 0
    department.ownTo = Math.min(userCount, Math.ceil((before / whole) * userCount))
    for (const child of department.children) visit(child)
    department.treeTo = department.children.at(-1)?.treeTo ?? department.ownTo
  }
  const root = all[0]
  if (root === undefined) return
  visit(root)
  lastOf(root).ownTo = userCount
  for (let at: Department | undefined = lastOf(root); at; at = at.parent) at.treeTo = userCount
}

const lastOf = (department: Department): Department => {
  const last = department.children.at(-1)
  return last ? lastOf(last) : department
}

/** Whether a department is another one or lies somewhere below it. */
export function isWithin(department: Department, ancestor: Department): boolean {
  for (let at: Department | undefined = department; at; at = at.parent) if (at === ancestor) return true
  return false
}
