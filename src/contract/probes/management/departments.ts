import { createDepartment } from '../../../spec/operations/create-department.ts'
import { deleteDepartment } from '../../../spec/operations/delete-department.ts'
import { getDepartment } from '../../../spec/operations/get-department.ts'
import { listDepartments } from '../../../spec/operations/list-departments.ts'
import { updateDepartment } from '../../../spec/operations/update-department.ts'
import type { Exchange } from '../../exchange.ts'
import { recordsIn } from '../../judge.ts'
import { skip } from '../../outcome.ts'
import { defineProbe, type Get, type Probe, type RunFacts } from '../../probe.ts'
import type { Row } from '../lists.ts'
import { answerOf, call, dataOf, idIn, requireDone } from './call.ts'

/** The departments that an answer of listDepartments shows. */
export const departmentsIn = (exchange: Exchange): Row[] => recordsIn(answerOf(exchange, listDepartments)['list'])

/** Where the tree begins. Reading department-list-start. */
export const treeStart = call({ id: 'list-departments.start', operation: listDepartments, query: {} })

const hasParent = ({ parentId }: Row): boolean => typeof parentId === 'string' && /^[1-9]\d*$/.test(parentId)

/** Whether a list begins with the root itself: it has no parent. */
export const showsRoot = (rows: readonly Row[]): boolean =>
  rows.length === 1 && rows[0] !== undefined && !hasParent(rows[0])

/** The id of the root department, or of the one nearest to it that the caller sees. */
export const home: Probe<string> = defineProbe<string>({
  id: 'list-departments.home',
  operation: 'listDepartments',
  safety: 'read',
  needs: ['access-token'],
  requests: [],
  uses: [treeStart],
  async run({ get }) {
    const rows = departmentsIn(await get(treeStart))
    const [first] = rows
    if (first === undefined) return skip('listDepartments shows no department')
    return showsRoot(rows) || !hasParent(first) ? idIn(first, 'id') : idIn(first, 'parentId')
  },
})

const listOf = (id: string, department: Probe<string>, uses: readonly Probe<unknown>[] = []): Probe<Exchange> =>
  call({
    id: `list-departments.${id}`,
    operation: listDepartments,
    uses: [department, ...uses],
    shown: 'departmentId={department}',
    query: async ({ get }) => {
      for (const probe of uses) await get(probe)
      return { departmentId: await get(department) }
    },
  })

export const homeShown = call({
  id: 'get-department.home',
  operation: getDepartment,
  uses: [home],
  params: async ({ get }) => ({ department_id: await get(home) }),
})

/** The departments directly below the root. */
export const belowHome = listOf('below', home)

/** A department of the list: one that is not the root if there is any. */
export const listedDepartment = defineProbe<Row>({
  id: 'list-departments.some',
  operation: 'listDepartments',
  safety: 'read',
  needs: ['access-token'],
  requests: [],
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
    uses: [parent, ...uses],
    creates: ({ facts }) => ({ kind: 'department', name: name(facts) }),
    body: async ({ get, facts }) => {
      for (const probe of uses) await get(probe)
      return { name: name(facts), parentId: await get(parent) }
    },
  })

/** The id that createDepartment gave. */
const idOf = (created: Probe<Exchange>): Probe<string> =>
  defineProbe<string>({
    id: `${created.id}.id`,
    operation: 'createDepartment',
    safety: 'read',
    needs: [],
    requests: [],
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

const look = (id: string, department: Probe<string>, uses: readonly Probe<unknown>[] = []): Probe<Exchange> =>
  call({
    id: `get-department.${id}`,
    operation: getDepartment,
    uses: [department, ...uses],
    params: async ({ get }) => {
      const department_id = await get(department)
      for (const probe of uses) await get(probe)
      return { department_id }
    },
  })

export const newFirst = look('new', first)
export const newBelow = look('new-below', below)
export const belowHomeWithNew = listOf('below-with-new', home, [first, second])
export const belowFirst = listOf('below-first', first, [below])

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
export const renamed = look('renamed', second, [rename])

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
export const moved = look('moved', below, [move])
export const belowFirstThen = listOf('below-first-then', first, [move])
export const belowSecond = listOf('below-second', second, [move])

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
    params: async ({ get }) => {
      requireDone(await get(removal), deleteDepartment)
      return { department_id: await get(department) }
    },
  })

/** A list of what is below a department after something was deleted. */
export const listedAfter = (id: string, department: Probe<string>, removal: Probe<Exchange>): Probe<Exchange> =>
  listOf(id, department, [removal])
