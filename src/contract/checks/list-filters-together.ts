import { documented } from '../../spec/evidence.ts'
import { type Check, defineCheck } from '../check.ts'
import { given, isSuccess, recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { ListProbes } from '../probes/list-probes.ts'
import { isMember, type ListOperation, rowsGiven, someDepartment, totalOf } from '../probes/lists.ts'
import { sharesNothing, wordOf } from './list-filters.ts'

/** The check that a search has pages as the whole list has. */
export function searchPagesCheck(list: ListOperation, probes: ListProbes): Check {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const { search, searchLimited, searchBeyond } = probes
  const everybodyAfter = probes.everybodyAfter.together
  return defineCheck({
    id: `${id}.keyword-pages`,
    title: 'keep to offset and limit in a search too',
    operation: operationId,
    from: documented(page, 'Table 1, offset, limit and keyWord'),
    clause: `${operationId}: keyWord`,
    why: 'A search whose pages repeat never ends for a client that reads until a page is empty.',
    uses: [probes.first, search, searchLimited, searchBeyond, everybodyAfter],
    async run({ get }) {
      const limited = await get(searchLimited)
      const { length } = recordsIn(success(limited, operationId)[key])
      if (length > 1) fail('at most 1 record with limit=1', `${length} records`, limited)
      const beyond = await get(searchBeyond)
      // No page says whether an offset after the end may be refused.
      if (!isSuccess(beyond)) return
      const again = recordsIn(success(beyond, operationId)[key])
      if (again.length === 0) return
      const before = totalOf(given(await get(probes.first), operationId))
      if (totalOf(given(await get(everybodyAfter), operationId)) !== before) skip('the list changed while it was read')
      fail('no record after the last one found', `${again.length} records`, await get(search), beyond)
    },
  })
}

/** The check that both filters of a list hold at once. */
export function filtersTogetherCheck(list: ListOperation, probes: ListProbes): Check {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const { department, together } = probes
  const departmentAfter = probes.departmentAfter.together
  return defineCheck({
    id: `${id}.keyword-in-department`,
    title: 'search in the department that deptId names, and there only',
    operation: operationId,
    from: documented(page, 'Table 1, deptId and keyWord'),
    clause: `${operationId}: deptId`,
    why: 'A search that leaves its department finds people of the same name elsewhere.',
    uses: [someDepartment, department, together, departmentAfter],
    async run({ get }) {
      const wanted = await get(someDepartment)
      const members = rowsGiven(await get(department), list)
      const exchange = await get(together)
      const found = recordsIn(success(exchange, operationId)[key])
      const word = wordOf(exchange)
      const ids = new Set(members.map(({ userId }) => userId))
      const stranger = found.find((row) => !ids.has(row['userId']) && !isMember(row, wanted))
      if (stranger !== undefined) {
        const after = rowsGiven(await get(departmentAfter), list)
        if (after.some(({ userId }) => userId === stranger['userId'])) skip('the list changed while it was read')
        fail(
          `nobody outside of department ${wanted.id}`,
          `userId ${String(stranger['userId'])} of ${String(stranger['deptName'])}`,
          exchange,
        )
      }
      // A number is looked for in mobiles too, of which only some digits are to be seen.
      const others = /^\d+$/.test(word) ? [] : members.filter((row) => sharesNothing(row, word))
      const shown = new Set(found.map(({ userId }) => userId))
      if (others.length > 0 && others.every(({ userId }) => shown.has(userId))) {
        fail(
          `nobody whose name has nothing of ${JSON.stringify(word)}`,
          `the name ${JSON.stringify(others[0]?.['name'])}, as if nothing were searched for`,
          exchange,
        )
      }
    },
  })
}
