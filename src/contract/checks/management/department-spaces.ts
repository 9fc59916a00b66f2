import { documented, example } from '../../../spec/evidence.ts'
import { getSpace } from '../../../spec/operations/get-space.ts'
import { listDepartmentSpaces } from '../../../spec/operations/list-department-spaces.ts'
import type { Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Get } from '../../probe.ts'
import type { Row } from '../../probes/lists.ts'
import { answerOf, dataOf } from '../../probes/management/call.ts'
import { below, first, ownNames, second } from '../../probes/management/departments.ts'
import {
  departmentRows,
  departmentSpaces,
  departmentSpacesAgain,
  firstPart,
  ownDepartmentSpaces,
  PART,
  secondPart,
  spacesByKeyword,
  spacesByNoKeyword,
  teamSpace,
} from '../../probes/management/spaces.ts'
import { alike, defineRules, holds } from './rule.ts'

const spaceIn = (exchange: Exchange): Row => dataOf(exchange, getSpace)
const idsIn = (exchange: Exchange): string[] => departmentRows(exchange).map(({ id }) => String(id))
/** A page of the list at most. GetDepartmentSpaceList, query parameters, limit. */
const PAGE = 100
/** Whether the list was the same before and after it was read in parts, in whatever order. */
const isSteady = (before: Exchange, after: Exchange): boolean =>
  [before, after].map((one) => [totalIn(one), ...idsIn(one).sort()].join()).every((text, _, [first]) => text === first)
const totalIn = (exchange: Exchange): number => Number(answerOf(exchange, listDepartmentSpaces)['total'])

/** Skips what is not right in a list that others change: only a list that stands still is blamed. */
async function standsStill(get: Get, isRight: boolean): Promise<void> {
  if (isRight || isSteady(await get(departmentSpaces), await get(departmentSpacesAgain))) return
  skip('the list changes while it is read')
}

export const departmentSpaceChecks: readonly Check[] = defineRules([
  {
    operation: listDepartmentSpaces,
    name: 'page-size',
    title: 'list no more departments than limit says, each once',
    from: documented('listDepartmentSpaces', 'query parameters, limit'),
    why: 'Pages that are larger than agreed break whoever reserved room for them.',
    uses: [departmentSpaces, firstPart],
    async run({ get }) {
      const part = await get(firstPart)
      const rows = departmentRows(part)
      if (rows.length > PART) fail(`${PART} departments at most`, String(rows.length), part)
      const whole = await get(departmentSpaces)
      const ids = departmentRows(whole).map(({ id }) => id)
      if (new Set(ids).size < ids.length) fail('each department once', 'one twice', whole)
    },
  },
  {
    operation: listDepartmentSpaces,
    name: 'pages-join',
    title: 'skip as many departments as offset says',
    from: documented('listDepartmentSpaces', 'query parameters, offset'),
    why: 'A walk by offset that repeats or leaves out departments is wrong without a word.',
    uses: [departmentSpaces, firstPart, secondPart, departmentSpacesAgain],
    async run({ get }) {
      const [whole, ...parts] = [await get(departmentSpaces), await get(firstPart), await get(secondPart)]
      const [first = [], second = []] = parts.map(idsIn)
      const again = second.find((id) => first.includes(id))
      await standsStill(get, again === undefined)
      if (again !== undefined) fail('each department once', `department ${again} on two pages`, ...parts)
      // A page may be shorter than limit allows, and have an order of its own: then it does not tell what comes next.
      const wanted = idsIn(whole).slice(0, 2 * PART)
      if (first.join() !== wanted.slice(0, PART).join()) skip('pages of another limit have another order, or length')
      const due = wanted.slice(PART)
      await standsStill(get, second.join() === due.join())
      if (second.join() !== due.join()) fail(`departments ${due.join(', ')}`, second.join(', '), ...parts)
    },
  },
  {
    operation: listDepartmentSpaces,
    name: 'total',
    title: 'give the number of all departments as total, whatever the page',
    from: example('listDepartmentSpaces', 'example, total beside a page of ten; answer table, total'),
    why: 'Whoever shows pages takes total for their number.',
    readings: ['department-space-total-type'],
    uses: [departmentSpaces, firstPart, departmentSpacesAgain],
    async run({ get, learn }) {
      const [whole, part] = [await get(departmentSpaces), await get(firstPart)]
      const rows = departmentRows(whole).length
      const [total, other] = [totalIn(whole), totalIn(part)]
      await standsStill(get, (rows === PAGE || total === rows) && other === total)
      if (rows < PAGE && total !== rows) fail(`total ${rows}`, `total ${total}`, whole)
      if (other !== total) fail(`total ${total} on each page`, `total ${other}`, whole, part)
      const raw = (whole.response.json as Row)['total']
      learn('department-space-total-type', typeof raw === 'string' ? 'string' : 'number')
    },
  },
  {
    operation: listDepartmentSpaces,
    name: 'keyword',
    title: 'find the department whose name is keyWord',
    from: documented('listDepartmentSpaces', 'query parameters, keyWord'),
    why: 'A search without result creates the department a second time.',
    uses: [departmentSpaces, departmentSpacesAgain, spacesByKeyword, spacesByNoKeyword],
    async run({ get }) {
      const [whole, exchange] = [await get(departmentSpaces), await get(spacesByKeyword)]
      const wanted = departmentRows(whole).at(-1)
      const rows = departmentRows(exchange)
      await standsStill(
        get,
        rows.some(({ id }) => id === wanted?.['id']),
      )
      if (rows.length < PAGE && !rows.some(({ id }) => id === wanted?.['id']))
        fail(`department ${wanted?.['id']}`, `${rows.length} others`, exchange)
      // The page searches administrators as well, whom no answer shows: a name that nobody has finds neither.
      const other = await get(spacesByNoKeyword)
      const [listed, found] = [idsIn(whole), isSuccess(other) ? idsIn(other) : []]
      if (found.length > 0 && listed.every((id) => found.includes(id)))
        fail('no department for a name that nobody has', `all ${found.length}`, other)
    },
  },
  {
    operation: listDepartmentSpaces,
    name: 'new-departments',
    title: 'list departments that were created, under their names and parents',
    from: documented('listDepartmentSpaces', 'table departmentSpaceInfo; CreateDepartment, request table'),
    why: 'A list that is behind gives the space of a new department twice.',
    uses: [first, second, below, ownDepartmentSpaces],
    async run({ get, facts }) {
      const exchange = await get(ownDepartmentSpaces)
      const rows = departmentRows(exchange)
      for (const id of [await get(first), await get(second)]) {
        if (!rows.some((row) => row['id'] === id)) fail(`department ${id}`, `${rows.length} others`, exchange)
      }
      const own = rows.find((row) => row['id'] === '' || row['name'] === ownNames.first(facts))
      if (own !== undefined) holds(exchange, own, 'id', await get(first))
    },
  },
  {
    operation: listDepartmentSpaces,
    name: 'spaces',
    title: 'show the space of a department as getSpace does',
    from: example('listDepartmentSpaces', 'example; the table of 2025 has no space'),
    why: 'Two numbers for one space lead to two decisions.',
    readings: ['department-space-fields'],
    uses: [first, ownDepartmentSpaces, teamSpace.disabled],
    async run({ get, learn, undetermined }) {
      const exchange = await get(ownDepartmentSpaces)
      const id = await get(first)
      const row = departmentRows(exchange).find((one) => one['id'] === id)
      if (row === undefined) return undetermined('department-space-fields', 'the department is not listed')
      if (row['containerId'] === undefined) return learn('department-space-fields', 'slim')
      const space = await get(teamSpace.disabled)
      const names = ['containerId', 'capacity', 'status', 'ownerId', 'bizRootFileId', 'bizSboxFileId']
      alike('this space', [row, exchange], [spaceIn(space), space], names)
      learn('department-space-fields', 'full')
    },
  },
])
