import type { Exchange } from '../exchange.ts'
import { given, recordsIn } from '../judge.ts'
import { skip } from '../outcome.ts'
import { derivedProbe, type Get, maybe, type Probe, type RunFacts } from '../probe.ts'
import { toQuery } from '../request-spec.ts'
import {
  commonWord,
  type DepartmentFact,
  departmentBeside,
  directSpaces,
  directUsers,
  firstSpaces,
  firstUsers,
  type ListOperation,
  listProbe,
  rarestStatus,
  rowsGiven,
  SMALL,
  searchableName,
  someDepartment,
  spaceList,
  UNKNOWN_DEPARTMENT,
  unknownDepartmentId,
  userList,
  WHOLE,
  wholeName,
} from './lists.ts'

const WHOLE_PAGE = Number(WHOLE.limit)

type Derived = 'deptId' | 'keyWord' | 'spaceStatus'

/** A probe with a parameter that follows from other answers, which the plan shows as a word; the others are fixed. */
const derivedFor = (
  list: ListOperation,
  id: string,
  [name, word]: readonly [name: Derived, word: string],
  value: (get: Get, facts: RunFacts) => Promise<string>,
  uses: readonly Probe<unknown>[],
  rest: Readonly<Record<string, string>> = WHOLE,
): Probe<Exchange> =>
  listProbe(
    list,
    id,
    async (get, facts) => ({ [name]: await value(get, facts), ...rest }),
    uses,
    `${name}=${word}&${toQuery(rest)}`,
  )

const DEPARTMENT = ['deptId', '{department}'] as const
const COMMON_WORD = ['keyWord', '{first word of most names}'] as const

/** The probes of one list. */
function listProbes(list: ListOperation) {
  const { key, operation } = list
  const [first, direct] = list === userList ? [firstUsers, directUsers] : [firstSpaces, directSpaces]
  const smallFirst = listProbe(list, 'small-page-1', { offset: '0', limit: String(SMALL) })
  const smallSecond = listProbe(
    list,
    'small-page-2',
    async (get) => {
      await get(first)
      await get(smallFirst)
      return { offset: String(SMALL), limit: String(SMALL) }
    },
    [first, smallFirst],
    `offset=${SMALL}&limit=${SMALL}`,
  )
  /** The first page once more, after the small ones: equal totals prove that nothing changed in between. */
  const again = listProbe(
    list,
    'first-page-again',
    async (get) => {
      await get(smallSecond)
      return WHOLE
    },
    [smallSecond],
    'offset=0&limit=100',
  )

  const seen = async (get: Get) => rowsGiven(await get(first), list)
  const departmentId = async (get: Get) => (await get(someDepartment)).id
  const inDepartment = (id: string, rest?: Readonly<Record<string, string>>) =>
    derivedFor(list, id, DEPARTMENT, departmentId, [someDepartment], rest)
  const department = inDepartment('department')
  const departmentDirect = inDepartment('department-direct', { isDirect: 'true', ...WHOLE })
  const sizeOf = async (get: Get): Promise<number> => {
    const body = given(await get(department), operation.operationId)
    const { length } = recordsIn(body[key])
    const total = typeof body['total'] === 'number' ? body['total'] : length
    if (length === Number(WHOLE.limit) && body['total'] === undefined) {
      return skip('the department fills a whole page and no total tells where it ends')
    }
    return total
  }
  const departmentLast = listProbe(
    list,
    'department-last',
    async (get) => {
      const size = await sizeOf(get)
      return { deptId: await departmentId(get), ...WHOLE, offset: String(Math.max(0, size - 1)) }
    },
    [someDepartment, department],
    'deptId={department}&offset={its size - 1}&limit=100',
  )
  const departmentBeyond = listProbe(
    list,
    'department-beyond',
    async (get) => ({ deptId: await departmentId(get), ...WHOLE, offset: String(await sizeOf(get)) }),
    [someDepartment, department],
    'deptId={department}&offset={its size}&limit=100',
  )
  /** The department and everybody once more, to tell a fault of the target from a list that somebody changes. */
  const departmentThen = (name: string) => maybe(inDepartment(`department-after-${name}`))
  const departmentAfter = {
    last: departmentThen('last'),
    beyond: departmentThen('beyond'),
    together: departmentThen('together'),
  }
  // One for each check that asks: what one was told long before tells the other nothing.
  const after = (name: string) => maybe(listProbe(list, `everybody-after-${name}`, WHOLE))
  const everybodyAfter = {
    keyword: after('keyword'),
    department: after('department'),
    together: after('together'),
    isDirect: after('is-direct'),
    root: after('root'),
    empty: after('empty'),
    status: after('status'),
  }
  const emptyOptional = listProbe(list, 'empty-optional', {
    deptId: '',
    isDirect: '',
    keyWord: '',
    offset: '0',
    limit: String(SMALL),
  })
  const notDirect = listProbe(list, 'not-direct', { isDirect: 'false', offset: '0', limit: String(SMALL) })
  const partOfName = async (get: Get) => searchableName(await seen(get))
  const keyword = derivedFor(list, 'keyword', ['keyWord', '{part of a name}'], partOfName, [first])
  const nameOf = async (get: Get) => wholeName(await seen(get))
  const byName = derivedFor(list, 'by-name', ['keyWord', '{a name}'], nameOf, [first])
  const wordOf = async (get: Get) => commonWord(await seen(get))
  const search = derivedFor(list, 'search', COMMON_WORD, wordOf, [first])
  const searchLimited = derivedFor(list, 'search-limited', COMMON_WORD, wordOf, [first], { offset: '0', limit: '1' })
  const searchBeyond = listProbe(
    list,
    'search-beyond',
    async (get) => {
      const found = recordsIn(given(await get(search), operation.operationId)[key]).length
      if (found === WHOLE_PAGE) skip('the search fills a whole page, so it is not known where it ends')
      return { keyWord: await wordOf(get), offset: String(found), limit: WHOLE.limit }
    },
    [first, search],
    'keyWord={first word of most names}&offset={number found}&limit=100',
  )
  /** Both filters at once: a search in a department for the name of somebody who does not belong to it. */
  const together = listProbe(
    list,
    'keyword-in-department',
    async (get) => {
      const members = rowsGiven(await get(department), list)
      if (members.length === WHOLE_PAGE) skip('the department fills a whole page, so it is not known who belongs to it')
      const ids = new Set(members.map(({ userId }) => userId))
      const outsiders = (await seen(get)).filter(({ userId }) => !ids.has(userId))
      if (outsiders.length === 0) skip('the list shows nobody outside of the department')
      return { deptId: await departmentId(get), keyWord: wholeName(outsiders), ...WHOLE }
    },
    [first, someDepartment, department],
    'deptId={department}&keyWord={a name of somebody else}&offset=0&limit=100',
  )
  const otherDepartment = derivedFor(
    list,
    'other-department',
    ['deptId', '{another department}'],
    async (get) =>
      departmentBeside(await seen(get), await get(someDepartment)) ?? skip('the list shows one department only'),
    [first, someDepartment],
  )
  const unknownDepartment = derivedFor(
    list,
    'unknown-department',
    ['deptId', UNKNOWN_DEPARTMENT],
    async (get, facts) => unknownDepartmentId(await seen(get), facts),
    [first],
  )
  /** Records around the end of the first whole page, and the page behind it: for lists of more than a page. */
  const seam = listProbe(
    list,
    'seam',
    async (get) => {
      const { length } = await seen(get)
      if (length < WHOLE_PAGE - SMALL) skip('the list fits on one page')
      return { offset: String(WHOLE_PAGE - SMALL), limit: String(2 * SMALL) }
    },
    [first],
    `offset=${WHOLE_PAGE - SMALL}&limit=${2 * SMALL}`,
  )
  const second = listProbe(
    list,
    'second-page',
    async (get) => {
      await get(seam)
      return { ...WHOLE, offset: WHOLE.limit }
    },
    [seam],
    'offset=100&limit=100',
  )
  return {
    first,
    smallFirst,
    smallSecond,
    again,
    department,
    departmentAfter,
    departmentDirect,
    departmentLast,
    departmentBeyond,
    direct,
    emptyOptional,
    notDirect,
    everybodyAfter,
    keyword,
    search,
    searchLimited,
    searchBeyond,
    byName,
    together,
    otherDepartment,
    unknownDepartment,
    seam,
    second,
  }
}

export type ListProbes = ReturnType<typeof listProbes>

export const userProbes = listProbes(userList)
export const spaceProbes = listProbes(spaceList)

/** The root department: the one whose direct members an organisation lists without a department. */
export const rootDepartment = derivedProbe<DepartmentFact>({
  id: 'lists.root-department',
  operation: 'listUserSpaces',
  needs: ['access-token'],
  uses: [spaceProbes.direct],
  async run({ get }) {
    const rows = rowsGiven(await get(spaceProbes.direct), spaceList)
    const [{ deptId, deptName } = {}] = rows
    if (typeof deptId !== 'string' || typeof deptName !== 'string') {
      return skip('the root department has no direct member with a space, so its id is not known')
    }
    if (rows.some((row) => row['deptId'] !== deptId)) return skip('isDirect=true lists several departments')
    return { id: deptId, name: deptName }
  },
})

/** Everybody below the root department; the same as the whole organisation. */
const everybody = (list: ListOperation) =>
  derivedFor(
    list,
    'root-department',
    ['deptId', '{root department}'],
    async (get) => (await get(rootDepartment)).id,
    [rootDepartment],
    { offset: '0', limit: String(SMALL) },
  )

export const usersOfRoot = everybody(userList)
export const spacesOfRoot = everybody(spaceList)

/** The spaces of the rarest state among those seen, so that a filter that is not looked at shows. */
export const spacesByStatus = derivedFor(
  spaceList,
  'by-status',
  ['spaceStatus', '{a state seen}'],
  async (get) => rarestStatus(rowsGiven(await get(firstSpaces), spaceList)),
  [firstSpaces],
)
