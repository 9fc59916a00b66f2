import { documented, example, inferred } from '../../../spec/evidence.ts'
import { createDepartment } from '../../../spec/operations/create-department.ts'
import { deleteDepartment } from '../../../spec/operations/delete-department.ts'
import { getDepartment } from '../../../spec/operations/get-department.ts'
import { listDepartments } from '../../../spec/operations/list-departments.ts'
import { updateDepartment } from '../../../spec/operations/update-department.ts'
import { asks, type Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { isRefusal, isSuccess } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Row } from '../../probes/lists.ts'
import { answerOf } from '../../probes/management/call.ts'
import {
  below,
  belowFirst,
  belowFirstThen,
  belowHome,
  belowHomeWithNew,
  belowSecond,
  departmentByName,
  departmentByNoName,
  departmentListed,
  departmentsIn,
  first,
  home,
  homeShown,
  listedDepartment,
  moved,
  newBelow,
  newFirst,
  ownNames,
  renamed,
  second,
  showsRoot,
  treeStart,
} from '../../probes/management/departments.ts'
import { belowGone, belowHomeAfter, belowSecondAfter, firstGone, secondGone } from '../../probes/management/removal.ts'
import { alike, defineRules, holds, isGone, isThere } from './rule.ts'

const FIELDS = ['id', 'orgId', 'deptId', 'parentId', 'name', 'tenantId']
const inList = (exchange: Exchange, id: string): Row | undefined =>
  departmentsIn(exchange).find((row) => row['id'] === id)

/** A department must stand in a list. */
function listed(exchange: Exchange, id: string, where: string): Row {
  return inList(exchange, id) ?? fail(`department ${id} ${where}`, `${departmentsIn(exchange).length} others`, exchange)
}

/** A department must not stand in a list. */
function unlisted(exchange: Exchange, id: string, where: string): void {
  if (inList(exchange, id) !== undefined) fail(`no department ${id} ${where}`, 'it is listed', exchange)
}

/** How the root writes that it has no parent; undefined when it is not shown. Reading root-parent. */
function parentOf({ response: { json } }: Exchange): string | undefined {
  const { id, parentId } = (json ?? {}) as Row
  if (id === undefined) return undefined
  return parentId === undefined ? 'absent' : parentId === '' ? 'empty' : parentId === '0' ? 'zero' : undefined
}

export const departmentChecks: readonly Check[] = defineRules([
  {
    operation: listDepartments,
    name: 'start',
    title: 'begin with the root department, or with those below it',
    from: documented('listDepartments', 'query parameters, departmentId'),
    why: 'Nothing else tells the id of the root; a walk that begins elsewhere misses departments.',
    readings: ['department-list-start', 'root-parent'],
    uses: [treeStart, homeShown],
    async run({ get, learn, undetermined }) {
      const exchange = await get(treeStart)
      const rows = departmentsIn(exchange)
      const [start] = rows
      if (start === undefined) skip('no department is listed')
      const parent = parentOf(await get(homeShown))
      if (parent === undefined) undetermined('root-parent', 'the root is not shown')
      else learn('root-parent', parent)
      if (showsRoot(rows)) return learn('department-list-start', 'root')
      const stray = rows.find(({ parentId }) => parentId !== start?.['parentId'])
      if (stray !== undefined) {
        fail(
          'the root, or departments of one parent',
          `parents ${start?.['parentId']} and ${stray['parentId']}`,
          exchange,
        )
      }
      // Somebody below may see one level of a branch only.
      if (rows.length > 1) learn('department-list-start', 'children')
      else undetermined('department-list-start', 'one department with a parent may be either')
    },
  },
  {
    operation: listDepartments,
    name: 'below',
    title: 'list the departments directly below the one that departmentId names, each once',
    from: documented('listDepartments', 'query parameters, departmentId; answer table, parentId'),
    why: 'A walk from level to level takes a wrong parent for a new branch, and never ends.',
    ...asks([belowHome, home], ([exchange, parent]) => {
      const rows = departmentsIn(exchange)
      const stray = rows.find(({ parentId }) => parentId !== parent)
      if (stray !== undefined) fail(`parentId ${parent}`, `parentId ${String(stray['parentId'])}`, exchange)
      if (new Set(rows.map(({ id }) => id)).size < rows.length) fail('each department once', 'one twice', exchange)
    }),
  },
  {
    operation: listDepartments,
    name: 'keyword',
    title: 'find the department whose name keyWord gives, and not those of any other name',
    from: documented('listDepartments', 'query parameters, keyWord'),
    why: 'A search that finds others moves users to the wrong department.',
    uses: [belowHome, listedDepartment, departmentByName, departmentByNoName],
    async run({ get }) {
      const exchange = await get(departmentByName)
      const { id, parentId } = await get(listedDepartment)
      const rows = departmentsIn(exchange)
      const listed = departmentsIn(await get(belowHome))
      if (listed.some((row) => row['id'] === id) && !rows.some((row) => row['id'] === id)) {
        fail(`department ${String(id)} below ${String(parentId)}`, `${rows.length} others`, exchange)
      }
      const other = await get(departmentByNoName)
      const found = isSuccess(other) ? departmentsIn(other) : []
      if (found.length > 0 && listed.every((row) => found.some((one) => one['id'] === row['id']))) {
        fail('no department for a name that nobody has', `all ${found.length}`, other)
      }
    },
  },
  {
    operation: listDepartments,
    name: 'keyword-contains',
    title: 'list only departments whose name contains keyWord',
    from: inferred('GetDepartmentList, query parameters, keyWord; how name and keyword are compared no page says'),
    why: 'A client that searches by a part of a name must know what it finds.',
    ...asks([departmentByName, listedDepartment], ([exchange, { name }]) => {
      const word = String(name).toLowerCase()
      const stray = departmentsIn(exchange).find((row) => !String(row['name']).toLowerCase().includes(word))
      if (stray !== undefined) fail(`names with ${String(name)}`, String(stray['name']), exchange)
    }),
  },
  {
    operation: listDepartments,
    name: 'new-department',
    title: 'list a department that was created, below its parent',
    from: documented('listDepartments', 'answer table; CreateDepartment, request table, parentId'),
    why: 'What cannot be found again cannot be used.',
    uses: [first, second, below, belowHomeWithNew, belowFirst],
    async run({ get }) {
      const [top, own] = [await get(belowHomeWithNew), await get(belowFirst)]
      for (const id of [await get(first), await get(second)]) listed(top, id, 'below its parent')
      listed(own, await get(below), 'below its parent')
      unlisted(top, await get(below), 'a level above its parent')
    },
  },
  {
    operation: getDepartment,
    name: 'as-listed',
    title: 'show a department as listDepartments does',
    from: documented('getDepartment', 'answer table; GetDepartmentList, answer table'),
    why: 'An integration keeps what it lists and asks for one department later: both must be the same.',
    ...asks([departmentListed, listedDepartment, belowHome], ([exchange, row, list]) =>
      alike('this department', [answerOf(exchange, getDepartment), exchange], [row, list], FIELDS),
    ),
  },
  {
    operation: createDepartment,
    name: 'is-there',
    title: 'create the department that was asked for',
    from: documented('createDepartment', 'request table, name and parentId'),
    why: 'A department of another name or parent holds users that nobody looks for there.',
    uses: [home, first, below, newFirst, newBelow],
    async run({ get, facts }) {
      const [top, inner] = [await get(newFirst), await get(newBelow)]
      const one = await isThere({ get }, top, getDepartment)
      const other = await isThere({ get }, inner, getDepartment)
      holds(top, one, 'name', ownNames.first(facts))
      holds(top, one, 'parentId', await get(home))
      holds(inner, other, 'name', ownNames.below(facts))
      holds(inner, other, 'parentId', await get(first))
    },
  },
  {
    operation: createDepartment,
    name: 'own-id',
    title: 'give each new department an id of its own',
    from: example('createDepartment', 'table DeptData, id'),
    why: 'Two departments of one id share their users.',
    ...asks([home, first, second, below], (ids) => {
      if (new Set(ids).size < ids.length) fail('four ids', ids.join(', '))
    }),
  },
  {
    operation: updateDepartment,
    name: 'renames',
    title: 'give a department the name that was asked for, and leave it where it is',
    from: documented('updateDepartment', 'request table, name'),
    why: 'An update that is answered with success and not done is found by the users.',
    ...asks([renamed, home], ([exchange, parent], { facts }) => {
      const row = answerOf(exchange, getDepartment)
      holds(exchange, row, 'name', ownNames.renamed(facts))
      holds(exchange, row, 'parentId', parent)
    }),
  },
  {
    operation: updateDepartment,
    name: 'moves',
    title: 'put a department below the parent that was asked for, and nowhere else',
    from: documented('updateDepartment', 'request table, parentId'),
    why: 'Rights and quotas follow the tree: who is in the wrong branch sees the wrong files.',
    uses: [first, second, below, moved, belowFirstThen, belowSecond],
    async run({ get, facts }) {
      const exchange = await get(moved)
      const row = answerOf(exchange, getDepartment)
      holds(exchange, row, 'parentId', await get(second))
      holds(exchange, row, 'name', ownNames.below(facts))
      listed(await get(belowSecond), await get(below), 'below its new parent')
      unlisted(await get(belowFirstThen), await get(below), 'below its old parent')
    },
  },
  {
    operation: updateDepartment,
    name: 'keeps-id',
    title: 'leave the ids of a department as they are',
    from: documented('updateDepartment', 'page; GetDepartment, answer table, id and deptId'),
    why: 'Whoever keeps the id of a department loses it otherwise.',
    ...asks([newBelow, moved], ([before, then]) => {
      const rows = [then, before].map((exchange) => answerOf(exchange, getDepartment)) as [Row, Row]
      alike('the moved department', [rows[0], then], [rows[1], before], ['id', 'deptId', 'orgId', 'tenantId'])
    }),
  },
  {
    operation: deleteDepartment,
    name: 'is-gone',
    title: 'delete the department, so that nobody finds it',
    from: documented('deleteDepartment', 'page'),
    why: 'A department that was to go and stays takes users again.',
    uses: [first, below, belowGone, belowSecondAfter, firstGone, belowHomeAfter],
    async run({ get }) {
      isGone(await get(belowGone), 'a deleted department', await get(below))
      unlisted(await get(belowSecondAfter), await get(below), 'after it was deleted')
      isGone(await get(firstGone), 'a deleted department', await get(first))
      unlisted(await get(belowHomeAfter), await get(first), 'after it was deleted')
    },
  },
  {
    operation: deleteDepartment,
    name: 'no-other',
    title: 'delete no other department',
    from: documented('deleteDepartment', 'path parameter'),
    why: 'A department that goes with another one takes its users along.',
    uses: [belowHome, belowHomeAfter, belowGone, secondGone],
    async run({ get }) {
      const exchange = await get(belowHomeAfter)
      const left = new Set(departmentsIn(exchange).map(({ id }) => id))
      const before = departmentsIn(await get(belowHome)).slice(0, MOST_COMPARED)
      const lost = before.filter(({ id }) => !left.has(id))
      if (before.length > 0 && lost.length === before.length) {
        fail('the departments of before', `none of ${before.length} is left`, exchange)
      }
      await get(secondGone)
    },
  },
  {
    operation: deleteDepartment,
    name: 'unlisted-by-id',
    title: 'refuse what is asked of a deleted department',
    from: inferred('The page documents no refusal'),
    why: 'A client that works on with an old id must be told.',
    ...asks([secondGone], ([exchange]) => {
      if (!isRefusal(exchange)) fail('a deleted department to be refused', 'success', exchange)
    }),
  },
])

/** Others may delete departments meanwhile: only all of them at once is telling. */
const MOST_COMPARED = 100
