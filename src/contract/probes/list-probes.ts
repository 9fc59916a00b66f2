import { given, recordsIn } from '../judge.ts'
import { skip } from '../outcome.ts'
import { derivedProbe, type Get, maybe } from '../probe.ts'
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

  const inDepartment = async (get: Get) => ({ deptId: (await get(someDepartment)).id })
  const department = listProbe(
    list,
    'department',
    async (get) => ({ ...(await inDepartment(get)), ...WHOLE }),
    [someDepartment],
    'deptId={department}&offset=0&limit=100',
  )
  const departmentDirect = listProbe(
    list,
    'department-direct',
    async (get) => ({ ...(await inDepartment(get)), isDirect: 'true', ...WHOLE }),
    [someDepartment],
    'deptId={department}&isDirect=true&offset=0&limit=100',
  )
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
      return { ...(await inDepartment(get)), ...WHOLE, offset: String(Math.max(0, size - 1)) }
    },
    [someDepartment, department],
    'deptId={department}&offset={its size - 1}&limit=100',
  )
  const departmentBeyond = listProbe(
    list,
    'department-beyond',
    async (get) => ({ ...(await inDepartment(get)), ...WHOLE, offset: String(await sizeOf(get)) }),
    [someDepartment, department],
    'deptId={department}&offset={its size}&limit=100',
  )
  /** The department and everybody once more, to tell a fault of the target from a list that somebody changes. */
  const departmentThen = (name: string) =>
    maybe(
      listProbe(
        list,
        `department-after-${name}`,
        async (get) => ({ ...(await inDepartment(get)), ...WHOLE }),
        [someDepartment],
        'deptId={department}&offset=0&limit=100',
      ),
    )
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
  const name = async (get: Get): Promise<string> => searchableName(rowsGiven(await get(first), list))
  const keyword = listProbe(
    list,
    'keyword',
    async (get) => ({ keyWord: await name(get), ...WHOLE }),
    [first],
    'keyWord={part of a name}&offset=0&limit=100',
  )
  const byName = listProbe(
    list,
    'by-name',
    async (get) => ({ keyWord: wholeName(rowsGiven(await get(first), list)), ...WHOLE }),
    [first],
    'keyWord={a name}&offset=0&limit=100',
  )
  const searched = async (get: Get) => ({ keyWord: commonWord(rowsGiven(await get(first), list)) })
  const search = listProbe(
    list,
    'search',
    async (get) => ({ ...(await searched(get)), ...WHOLE }),
    [first],
    'keyWord={first word of most names}&offset=0&limit=100',
  )
  const searchLimited = listProbe(
    list,
    'search-limited',
    async (get) => ({ ...(await searched(get)), offset: '0', limit: '1' }),
    [first],
    'keyWord={first word of most names}&offset=0&limit=1',
  )
  const searchBeyond = listProbe(
    list,
    'search-beyond',
    async (get) => {
      const found = recordsIn(given(await get(search), operation.operationId)[key]).length
      if (found === WHOLE_PAGE) skip('the search fills a whole page, so it is not known where it ends')
      return { ...(await searched(get)), offset: String(found), limit: WHOLE.limit }
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
      const outsiders = rowsGiven(await get(first), list).filter(({ userId }) => !ids.has(userId))
      if (outsiders.length === 0) skip('the list shows nobody outside of the department')
      return { ...(await inDepartment(get)), keyWord: wholeName(outsiders), ...WHOLE }
    },
    [first, someDepartment, department],
    'deptId={department}&keyWord={a name of somebody else}&offset=0&limit=100',
  )
  const otherDepartment = listProbe(
    list,
    'other-department',
    async (get) => {
      const beside = departmentBeside(rowsGiven(await get(first), list), await get(someDepartment))
      return { deptId: beside ?? skip('the list shows one department only'), ...WHOLE }
    },
    [first, someDepartment],
    'deptId={another department}&offset=0&limit=100',
  )
  const unknownDepartment = listProbe(
    list,
    'unknown-department',
    async (get, facts) => ({ deptId: unknownDepartmentId(rowsGiven(await get(first), list), facts), ...WHOLE }),
    [first],
    `deptId=${UNKNOWN_DEPARTMENT}&offset=0&limit=100`,
  )
  /** Records around the end of the first whole page, and the page behind it: for lists of more than a page. */
  const seam = listProbe(
    list,
    'seam',
    async (get) => {
      const { length } = rowsGiven(await get(first), list)
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
  listProbe(
    list,
    'root-department',
    async (get) => ({ deptId: (await get(rootDepartment)).id, offset: '0', limit: String(SMALL) }),
    [rootDepartment],
    'deptId={root department}&offset=0&limit=7',
  )

export const usersOfRoot = everybody(userList)
export const spacesOfRoot = everybody(spaceList)

/** The spaces of the rarest state among those seen, so that a filter that is not looked at shows. */
export const spacesByStatus = listProbe(
  spaceList,
  'by-status',
  async (get) => ({ spaceStatus: rarestStatus(rowsGiven(await get(firstSpaces), spaceList)), ...WHOLE }),
  [firstSpaces],
  'spaceStatus={a state seen}&offset=0&limit=100',
)
