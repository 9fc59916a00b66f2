import { documented } from '../../spec/evidence.ts'
import { type Check, defineCheck } from '../check.ts'
import { recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { ListProbes } from '../probes/list-probes.ts'
import { isMember, type ListOperation, rowsGiven, someDepartment } from '../probes/lists.ts'
import { sharesNothing, wordOf } from './list-filters.ts'

/** The check that both filters of a list hold at once. */
export function filtersTogetherCheck(list: ListOperation, probes: ListProbes): Check {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const { department, departmentAfter, together } = probes
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
