import { documented, example } from '../../../spec/evidence.ts'
import { countUsers } from '../../../spec/operations/count-users.ts'
import { asks, type Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { given } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Probe } from '../../probe.ts'
import { firstUsers, isMember, rowsGiven, someDepartment, totalOf, userList } from '../../probes/lists.ts'
import { answerOf } from '../../probes/management/call.ts'
import {
  countAll,
  countAllAgain,
  countDepartment,
  countDepartmentAgain,
  countEmpty,
  departmentTree,
  departmentTreeAgain,
  totalAfter,
} from '../../probes/management/counts.ts'
import { ownNames } from '../../probes/management/departments.ts'
import { countGone, membersGone } from '../../probes/management/removal.ts'
import {
  countArrived,
  countLeft,
  countOwn,
  membersArrived,
  membersLeft,
  membersOwn,
  one,
} from '../../probes/management/users.ts'
import { defineRules, isThere } from './rule.ts'

const countIn = (exchange: Exchange): unknown => answerOf(exchange, countUsers)['total']
const totalIn = (exchange: Exchange): number | undefined => totalOf(given(exchange, 'listUsers'))

/** Whether a list shows somebody several times: it has a record for each department of a user, and a count may not. */
function isRepeating(list: Exchange): boolean {
  const ids = rowsGiven(list, userList).map(({ userId }) => userId)
  return new Set(ids).size < ids.length
}

/** The run's departments counted, each with the list right behind it. */
const counted = [
  [countOwn, membersOwn],
  [countLeft, membersLeft],
  [countArrived, membersArrived],
  [countGone, membersGone],
] as const

/** Counts of a department that has one of the run's users below it. */
const isAbove: ReadonlySet<Probe<Exchange>> = new Set([countArrived, countGone])

export const countChecks: readonly Check[] = defineRules([
  {
    operation: countUsers,
    name: 'everybody',
    title: 'count as many users as the list has',
    from: documented('countUsers', 'page; answer table, total'),
    why: 'Licences are bought and reports are written by this number.',
    ...asks([firstUsers, countAll, totalAfter], ([before, exchange, then]) => {
      const totals = [before, then].map(totalIn).filter((total) => total !== undefined)
      if (totals.length === 0) skip('listUsers gives no total')
      const count = Number(countIn(exchange))
      // Users may come and go while both are asked.
      const [least, most] = [Math.min(...totals), Math.max(...totals)]
      if (count < least && isRepeating(before)) skip('users of several departments are listed several times')
      if (!(count >= least && count <= most)) {
        fail(
          `total ${least === most ? least : `${least} to ${most}`}`,
          `total ${String(countIn(exchange))}`,
          exchange,
          then,
        )
      }
    }),
  },
  {
    operation: countUsers,
    name: 'empty-department',
    title: 'take an empty deptId for the whole organisation',
    from: example('countUsers', 'example, deptId'),
    why: 'The example of the page is what clients copy.',
    uses: [countAll, countEmpty, countAllAgain],
    async run({ get }) {
      const exchange = await get(countEmpty)
      await isThere({ get }, exchange, countUsers)
      const [before, empty] = [Number(countIn(await get(countAll))), Number(countIn(exchange))]
      if (empty === before) return
      const all = [before, Number(countIn(await get(countAllAgain)))]
      if (empty < Math.min(...all) || empty > Math.max(...all)) fail(`total ${all[0]}`, `total ${empty}`, exchange)
    },
  },
  {
    operation: countUsers,
    name: 'department',
    title: 'count the users of the department that deptId names, with or without those below it',
    from: documented('countUsers', 'query parameters, deptId'),
    why: 'A count of another department hides that users are missing.',
    readings: ['count-scope'],
    uses: [
      firstUsers,
      someDepartment,
      countDepartment,
      departmentTree,
      countAll,
      countDepartmentAgain,
      departmentTreeAgain,
    ],
    async run({ get, learn, undetermined }) {
      const exchange = await get(countDepartment)
      const list = await get(departmentTree)
      const [tree, department] = [totalIn(list), await get(someDepartment)]
      if (tree === undefined) skip('listUsers gives no total')
      if (isRepeating(await get(firstUsers))) skip('users of several departments are listed several times')
      const rows = rowsGiven(list, userList)
      const direct = rows.filter((row) => isMember(row, department)).length
      const count = Number(countIn(exchange))
      // Of more users than a page shows, nobody knows how many are below.
      const isKnown = tree === rows.length
      // A list of direct members alone does not tell how many are below; no page says who belongs to a department.
      const isTree = direct < rows.length || tree === totalIn(await get(firstUsers))
      const isIgnored = count > tree && count === Number(countIn(await get(countAll)))
      const isBeyond = isTree ? count > tree : isIgnored
      if (count !== tree && (isBeyond || (isKnown && count < tree && count !== direct))) {
        const [counted, listed] = [await get(countDepartmentAgain), await get(departmentTreeAgain)]
        const isSteady = Number(countIn(counted)) === count && totalIn(listed) === tree
        if (!isSteady) skip('users come or go while they are counted')
        fail(
          `total ${tree}${isKnown ? ` or ${direct}` : ' at most'}`,
          `total ${String(countIn(exchange))}`,
          exchange,
          list,
        )
      }
      if (!isKnown || tree === direct || count > tree)
        return undetermined('count-scope', 'it needs a department with users below it')
      learn('count-scope', count === tree ? 'tree' : 'direct')
    },
  },
  {
    operation: countUsers,
    name: 'follows-users',
    title: 'count users where they are: after they came, moved and left',
    from: documented('countUsers', 'query parameters, deptId; UpdateUser, request table, deptId'),
    why: 'A count of yesterday lets a department be deleted that has users.',
    readings: ['count-scope'],
    uses: [one, ...counted.flat()],
    async run({ get, facts, learn }) {
      for (const [count, list] of counted) {
        const [exchange, listed] = [await get(count), await get(list)]
        const rows = rowsGiven(listed, userList)
        const direct = rows.filter(({ deptName }) => deptName !== ownNames.below(facts)).length
        const got = String(countIn(exchange))
        // The list may leave the user of the department below out where the count does not.
        const mayBeMore = rows.length === direct && isAbove.has(count) && got === String(direct + 1)
        if (got !== String(rows.length) && got !== String(direct) && !mayBeMore) {
          fail(`total ${rows.length}, as listUsers shows`, `total ${got}`, listed, exchange)
        }
        if (rows.length !== direct) learn('count-scope', got === String(rows.length) ? 'tree' : 'direct')
      }
    },
  },
])
