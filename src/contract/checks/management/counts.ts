import { documented, example } from '../../../spec/evidence.ts'
import { countUsers } from '../../../spec/operations/count-users.ts'
import type { Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { given } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import { firstUsers, isMember, rowsGiven, someDepartment, totalOf, userList } from '../../probes/lists.ts'
import { answerOf } from '../../probes/management/call.ts'
import { ownNames } from '../../probes/management/departments.ts'
import { countGone, membersGone } from '../../probes/management/removal.ts'
import {
  countAll,
  countArrived,
  countDepartment,
  countEmpty,
  countLeft,
  countOwn,
  departmentTree,
  membersArrived,
  membersLeft,
  membersOwn,
  one,
  totalAfter,
} from '../../probes/management/users.ts'
import { defineRules, isThere } from './rule.ts'

const countIn = (exchange: Exchange): unknown => answerOf(exchange, countUsers)['total']
const totalIn = (exchange: Exchange): number | undefined => totalOf(given(exchange, 'listUsers'))

/** The run's departments counted, each with the list right behind it. */
const counted = [
  [countOwn, membersOwn],
  [countLeft, membersLeft],
  [countArrived, membersArrived],
  [countGone, membersGone],
] as const

export const countChecks: readonly Check[] = defineRules([
  {
    operation: countUsers,
    name: 'everybody',
    title: 'count as many users as the list has',
    from: documented('countUsers', 'page; answer table, total'),
    why: 'Licences are bought and reports are written by this number.',
    uses: [firstUsers, countAll, totalAfter],
    async run({ get }) {
      const [before, exchange, then] = [await get(firstUsers), await get(countAll), await get(totalAfter)]
      const totals = [before, then].map(totalIn).filter((total) => total !== undefined)
      if (totals.length === 0) skip('listUsers gives no total')
      const count = Number(countIn(exchange))
      // Users may come and go while both are asked.
      const [least, most] = [Math.min(...totals), Math.max(...totals)]
      if (!(count >= least && count <= most)) {
        fail(
          `total ${least === most ? least : `${least} to ${most}`}`,
          `total ${String(countIn(exchange))}`,
          exchange,
          then,
        )
      }
    },
  },
  {
    operation: countUsers,
    name: 'empty-department',
    title: 'take an empty deptId for the whole organisation',
    from: example('countUsers', 'example, deptId'),
    why: 'The example of the page is what clients copy.',
    uses: [countAll, countEmpty, totalAfter],
    async run({ get }) {
      const exchange = await get(countEmpty)
      await isThere({ get }, exchange, countUsers)
      const [all, empty] = [Number(countIn(await get(countAll))), Number(countIn(exchange))]
      const total = totalIn(await get(totalAfter))
      if (empty !== all && empty !== total) fail(`total ${all}`, `total ${empty}`, exchange)
    },
  },
  {
    operation: countUsers,
    name: 'department',
    title: 'count the users of the department that deptId names, with or without those below it',
    from: documented('countUsers', 'query parameters, deptId'),
    why: 'A count of another department hides that users are missing.',
    readings: ['count-scope'],
    uses: [someDepartment, countDepartment, departmentTree],
    async run({ get, learn, undetermined }) {
      const exchange = await get(countDepartment)
      const list = await get(departmentTree)
      const [tree, department] = [totalIn(list), await get(someDepartment)]
      if (tree === undefined) skip('listUsers gives no total')
      const rows = rowsGiven(list, userList)
      const direct = rows.filter((row) => isMember(row, department)).length
      const count = Number(countIn(exchange))
      // Of more users than a page shows, nobody knows how many are below.
      const isKnown = tree === rows.length
      if (count !== tree && (isKnown ? count !== direct : count > tree)) {
        fail(
          `total ${tree}${isKnown ? ` or ${direct}` : ' at most'}`,
          `total ${String(countIn(exchange))}`,
          exchange,
          list,
        )
      }
      if (!isKnown || tree === direct) return undetermined('count-scope', 'it needs a department with users below it')
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
        if (got !== String(rows.length) && got !== String(direct)) {
          fail(`total ${rows.length}, as listUsers shows`, `total ${got}`, listed, exchange)
        }
        if (rows.length !== direct) learn('count-scope', got === String(rows.length) ? 'tree' : 'direct')
      }
    },
  },
])
