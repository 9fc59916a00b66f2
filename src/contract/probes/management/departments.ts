import { createDepartment } from '../../../spec/operations/create-department.ts'
import { deleteDepartment } from '../../../spec/operations/delete-department.ts'
import { getDepartment } from '../../../spec/operations/get-department.ts'
import { listDepartments } from '../../../spec/operations/list-departments.ts'
import { updateDepartment } from '../../../spec/operations/update-department.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess, recordsIn } from '../../judge.ts'
import { skip } from '../../outcome.ts'
import { derivedProbe, type Get, maybe, type Probe, type ProbeContext, type RunFacts } from '../../probe.ts'
import type { Row } from '../lists.ts'
import { answerOf, type Call, call, dataOf, done, fieldOf, idIn, isShown, requireDone } from './call.ts'

/** The departments that an answer of listDepartments shows. */
export const departmentsIn = (exchange: Exchange): Row[] => recordsIn(answerOf(exchange, listDepartments)['list'])

/** Where the tree begins. Reading department-list-start. */
export const treeStart = call({ id: 'list-departments.start', operation: listDepartments, query: {} })

const hasParent = ({ parentId }: Row): boolean => typeof parentId === 'string' && /^[1-9]\d*$/.test(parentId)

/** Whether a list begins with the root itself: it has no parent. */
export const showsRoot = (rows: readonly Row[]): boolean =>
  rows.length === 1 && rows[0] !== undefined && !hasParent(rows[0])

const topOf = (rows: readonly Row[]): Row => rows[0] ?? skip('listDepartments shows no department')

/** Whether what a list begins with names as its parent is a department: no page says what the root has there. */
const parentListed = maybe(
  call({
    id: 'list-departments.parent',
    operation: listDepartments,
    uses: [treeStart],
    shown: 'departmentId={parent of the first}',
    query: async ({ get }) => ({ departmentId: idIn(topOf(departmentsIn(await get(treeStart))), 'parentId') }),
  }),
)

/** The id of the root department, or of the one nearest to it that the caller sees. */
export const home: Probe<string> = derivedProbe<string>({
  id: 'list-departments.home',
  operation: 'listDepartments',
  needs: ['access-token'],
  uses: [treeStart],
  mayUse: [parentListed],
  async run({ get }) {
    const top = topOf(departmentsIn(await get(treeStart)))
    if (!hasParent(top)) return idIn(top, 'id')
    const above = await get(parentListed)
    const isDepartment = isSuccess(above) && departmentsIn(above).some(({ id }) => id === top['id'])
    return idIn(top, isDepartment ? 'parentId' : 'id')
  },
})

/** Departments that a list is to show, or not to show any more. */
interface Awaited {
  readonly shows?: readonly Probe<string>[]
  readonly drops?: Probe<string>
}

const listOf = (
  id: string,
  department: Probe<string>,
  uses: readonly Probe<unknown>[] = [],
  { shows = [], drops }: Awaited = {},
): Probe<Exchange> => {
  const behind = [...uses, ...shows, ...(drops === undefined ? [] : [drops])]
  return call({
    id: `list-departments.${id}`,
    operation: listDepartments,
    uses: [department, ...behind],
    ...((shows.length > 0 || drops !== undefined) && {
      async until(exchange: Exchange, { get }: ProbeContext) {
        if (!isSuccess(exchange)) return false
        const ids = new Set(departmentsIn(exchange).map((row) => row['id']))
        if (drops !== undefined) return !ids.has(await get(drops))
        for (const one of shows) if (!ids.has(await get(one))) return false
        return true
      },
    }),
    shown: 'departmentId={department}',
    query: async ({ get }) => {
      await done(get, behind)
      return { departmentId: await get(department) }
    },
  })
}

export const homeShown = call({
  id: 'get-department.home',
  operation: getDepartment,
  uses: [home],
  params: async ({ get }) => ({ department_id: await get(home) }),
})

/** The departments directly below the root. */
export const belowHome = listOf('below', home)

/** A department of the list: one that is not the root if there is any. */
export const listedDepartment = derivedProbe<Row>({
  id: 'list-departments.some',
  operation: 'listDepartments',
  needs: ['access-token'],
  uses: [treeStart, belowHome],
  run: async ({ get }) =>
    departmentsIn(await get(belowHome))[0] ??
    departmentsIn(await get(treeStart))[0] ??
    skip('listDepartments shows no department'),
})

export const departmentByName = call({
  id: 'list-departments.keyword',
  operation: listDepartments,
  uses: [home, listedDepartment],
  shown: 'departmentId={department}&keyWord={name of a department}',
  query: async ({ get }) => ({
    departmentId: await get(home),
    keyWord: String((await get(listedDepartment))['name']),
  }),
})

/** A search for a name that nobody has. */
export const departmentByNoName = call({
  id: 'list-departments.unknown-keyword',
  operation: listDepartments,
  uses: [home],
  shown: 'departmentId={department}&keyWord={a name that nobody has}',
  query: async ({ get, facts }) => ({ departmentId: await get(home), keyWord: facts.unknown.name }),
})

export const departmentListed = call({
  id: 'get-department.listed',
  operation: getDepartment,
  uses: [listedDepartment],
  params: async ({ get }) => ({ department_id: idIn(await get(listedDepartment), 'id') }),
})

export const unknownDepartment = call({
  id: 'get-department.unknown',
  operation: getDepartment,
  params: ({ facts }) => ({ department_id: facts.unknown.id(7) }),
})

/** Names of the departments of a run; 20 characters at most is all that the console takes. */
export const ownNames = {
  first: ({ departmentPrefix }: RunFacts) => `${departmentPrefix}a`,
  second: ({ departmentPrefix }: RunFacts) => `${departmentPrefix}b`,
  below: ({ departmentPrefix }: RunFacts) => `${departmentPrefix}c`,
  renamed: ({ departmentPrefix }: RunFacts) => `${departmentPrefix}b2`,
} as const

const create = (
  id: string,
  name: (facts: RunFacts) => string,
  parent: Probe<string>,
  uses: readonly Probe<unknown>[] = [],
) =>
  call({
    id: `create-department.${id}`,
    operation: createDepartment,
    uses: [parent],
    after: uses,
    creates: ({ facts }) => ({ kind: 'department', name: name(facts) }),
    body: async ({ get, facts }) => ({ name: name(facts), parentId: await get(parent) }),
  })

/** The id that createDepartment gave. */
const idOf = (created: Probe<Exchange>): Probe<string> =>
  derivedProbe<string>({
    id: `${created.id}.id`,
    operation: 'createDepartment',
    needs: [],
    uses: [created],
    run: async ({ get }) => idIn(dataOf(await get(created), createDepartment), 'id'),
  })

/** Two departments of the run side by side, and one below the first. */
export const createFirst = create('first', ownNames.first, home, [belowHome])
export const first = idOf(createFirst)
const createSecond = create('second', ownNames.second, home)
export const second = idOf(createSecond)
const createBelow = create('below', ownNames.below, first)
export const below = idOf(createBelow)

const look = (
  id: string,
  department: Probe<string>,
  uses: readonly Probe<unknown>[] = [],
  until: NonNullable<Call['until']> = isSuccess,
): Probe<Exchange> =>
  call({
    id: `get-department.${id}`,
    operation: getDepartment,
    uses: [department, ...uses],
    until,
    params: async ({ get }) => {
      const department_id = await get(department)
      await done(get, uses)
      return { department_id }
    },
  })

export const newFirst = look('new', first)
export const newBelow = look('new-below', below)
export const belowHomeWithNew = listOf('below-with-new', home, [], { shows: [first, second] })
export const belowFirst = listOf('below-first', first, [], { shows: [below] })

const update = (
  id: string,
  department: Probe<string>,
  body: (get: Get, facts: RunFacts) => Promise<Row>,
  uses: readonly Probe<unknown>[],
) =>
  call({
    id: `update-department.${id}`,
    operation: updateDepartment,
    uses: [department, ...uses],
    params: async ({ get }) => ({ department_id: await get(department) }),
    body: ({ get, facts }) => body(get, facts),
  })

/** The second department gets another name, and nothing else. */
export const rename = update(
  'rename',
  second,
  async (get, facts) => ({ name: ownNames.renamed(facts), parentId: await get(home) }),
  [home],
)
export const renamed = look(
  'renamed',
  second,
  [rename],
  (exchange, { facts }) => fieldOf(exchange, 'name') === ownNames.renamed(facts),
)

/** The one below the first goes below the second, under its old name. */
export const move = update(
  'move',
  below,
  async (get, facts) => {
    await get(newBelow)
    await get(belowFirst)
    return { name: ownNames.below(facts), parentId: await get(second) }
  },
  [second, newBelow, belowFirst],
)
export const moved = look(
  'moved',
  below,
  [move, second],
  async (exchange, { get }) => fieldOf(exchange, 'parentId') === (await get(second)),
)
export const belowFirstThen = listOf('below-first-then', first, [move], { drops: below })
export const belowSecond = listOf('below-second', second, [move], { shows: [below] })

/** Deletes a department when everything that needs it has been looked at. */
export const remove = (id: string, department: Probe<string>, uses: readonly Probe<unknown>[]): Probe<Exchange> =>
  call({
    id: `delete-department.${id}`,
    operation: deleteDepartment,
    uses: [department, ...uses],
    params: async ({ get }) => {
      for (const probe of uses) await get(probe).catch(() => undefined)
      return { department_id: await get(department) }
    },
  })

/** What is seen of a department once it is deleted. */
export const gone = (id: string, department: Probe<string>, removal: Probe<Exchange>): Probe<Exchange> =>
  call({
    id: `get-department.${id}`,
    operation: getDepartment,
    uses: [department, removal],
    until: async (exchange, { get }) => !isShown(exchange, await get(department)),
    params: async ({ get }) => {
      requireDone(await get(removal), deleteDepartment)
      return { department_id: await get(department) }
    },
  })

/** A list of what is below a department after something was deleted. */
export const listedAfter = (
  id: string,
  department: Probe<string>,
  removal: Probe<Exchange>,
  drops: Probe<string>,
): Probe<Exchange> => listOf(id, department, [removal], { drops })
