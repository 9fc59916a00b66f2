import { documented, inferred } from '../../spec/evidence.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import { asks, type CheckContext, type CheckRow, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { given, isRefusal, isSuccess, recordsIn, refusedParameter, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { userProbes } from '../probes/list-probes.ts'
import { rowsGiven, someDepartment, totalOf, userList } from '../probes/lists.ts'
import {
  MANY_ROWS,
  mixedRows,
  neighbourMembers,
  preverifyMany,
  preverifyName,
  preverifyPlain,
  preverifyRounded,
  preverifyRows,
  preverifySizes,
  preverifyUnknown,
  totalAfterPreverify,
  totalsLater,
  WRONG_ROW,
} from '../probes/preverify.ts'

const { operationId, id } = preverifyBatchImport
const rule = documented('preverify', 'Table 3, personalCapacity: 0 if isAllocateCapacity is false')
const nameRule = inferred('Pre-verification API, Table 3, targetDeptName; an import may create departments')
/** Rows of the request that is right in everything. */
const PLAIN_ROWS = 3
/** Requests whose second row could be wrong for another reason. */
const otherWrongRows = [preverifyName, ...preverifySizes.map(({ probe }) => probe)]
const capacity = inferred('Pre-verification API, Table 3 names no bounds; those of the member guide are of the console')
const verdictIn = (exchange: Exchange) => recordsIn(given(exchange, operationId)['data'])

/** The value of isSuccess that says passed: that of rows with which nothing is wrong. */
async function passingValue(get: CheckContext['get']): Promise<unknown> {
  const [first] = verdictIn(await get(preverifyPlain))
  return first === undefined ? skip('there is no verdict on a row that is right') : first['isSuccess']
}

/** The verdicts on the mixed rows. */
async function verdicts(get: CheckContext['get']) {
  const passing = await passingValue(get)
  const exchange = await get(preverifyRows)
  if (isRefusal(exchange)) skip('the target refuses a request with a wrong row as a whole')
  const rows = verdictIn(exchange)
  if (rows.length !== mixedRows.length) skip(`there are ${rows.length} verdicts for ${mixedRows.length} rows`)
  return { exchange, rows, passing, failing: rows[WRONG_ROW]?.['isSuccess'] }
}

export const preverifyChecks = checksOf(operationId, [
  {
    id: `${id}.answers`,
    title: 'answer a plain request with success, whatever the verdicts',
    from: documented('preverify', 'Table 2'),
    clause: `${operationId}: request`,
    why: 'The verdicts are the answer; an error leaves the client without any.',
    ...asks([preverifyPlain], ([exchange]) => success(exchange, operationId)),
  },
  {
    id: `${id}.optional-fields`,
    title: 'take rows without targetDeptName',
    from: documented('preverify', 'Table 3, Mandatory'),
    clause: `${operationId}: optional parameters`,
    why: 'Clients leave out what the page calls optional.',
    ...asks([preverifyPlain], ([exchange]) => success(exchange, operationId)),
  },
  {
    id: `${id}.tells-apart`,
    title: 'pass what is right and fail what is wrong',
    from: rule,
    clause: `${operationId}: data[].isSuccess`,
    why: 'One verdict for everything verifies nothing.',
    uses: [preverifyPlain, preverifyRows, ...otherWrongRows],
    async run({ get }) {
      const { exchange, passing, failing } = await verdicts(get)
      if (passing !== failing) return
      // Whoever fails a row for another reason does verify; that the rule of Table 3 is not kept is another check.
      for (const probe of otherWrongRows) {
        const other = await get(probe)
        if (isRefusal(other) || verdictIn(other)[1]?.['isSuccess'] !== passing) return
      }
      const both = 'a row that asks for nothing and one that has capacity but allocates none'
      fail(`different verdicts on ${both}`, `isSuccess ${String(passing)} for both`, exchange)
    },
  },
  {
    id: `${id}.one-verdict-per-row`,
    title: 'give one verdict for each row',
    from: documented('preverify', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Verdicts carry no name: only their number and order tell whose they are.',
    uses: [preverifyPlain, preverifyRows, preverifyMany],
    async run({ get }) {
      const exchange = await get(preverifyPlain)
      const { length } = recordsIn(success(exchange, operationId)['data'])
      if (length !== PLAIN_ROWS) fail(`${PLAIN_ROWS} verdicts`, `${length}`, exchange)
      const mixed = await get(preverifyRows)
      // A wrong row may be refused, and so may a list that is longer than the target likes.
      for (const [answer, due] of [
        [mixed, mixedRows.length],
        [await get(preverifyMany), MANY_ROWS],
      ] as const) {
        if (isRefusal(answer)) continue
        const count = recordsIn(success(answer, operationId)['data']).length
        if (count !== due) fail(`${due} verdicts`, `${count}`, answer)
      }
    },
  },
  {
    id: `${id}.success-value`,
    title: 'tell passed from failed by isSuccess 0 and 1, either way round',
    from: inferred('Pre-verification API, example: isSuccess 0; no page says what another value means'),
    clause: `${operationId}: data[].isSuccess`,
    why: 'The page does not say which is which; the wrong guess imports exactly the wrong users.',
    readings: ['preverify-success-value'],
    uses: [preverifyPlain, preverifyRows],
    async run({ get, learn }) {
      const { exchange, rows, passing, failing } = await verdicts(get)
      const odd = rows.find(({ isSuccess: value }) => value !== 0 && value !== 1)
      if (odd !== undefined) fail('0 or 1', JSON.stringify(odd['isSuccess']) ?? 'nothing', exchange)
      if (passing === failing) skip('the verdicts do not tell passed from failed')
      learn('preverify-success-value', String(passing))
    },
  },
  {
    id: `${id}.order`,
    title: 'give the verdicts in the order of the rows, each for its row alone',
    from: documented('preverify', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'A verdict in another place condemns the wrong user.',
    uses: [preverifyPlain, preverifyRows],
    async run({ get }) {
      const { exchange, rows, passing } = await verdicts(get)
      if (rows.every((row) => row['isSuccess'] === passing)) skip('the verdicts do not tell passed from failed')
      for (const [at, row] of rows.entries()) {
        const [isRight, got] = [at !== WRONG_ROW, row['isSuccess'] === passing]
        if (got === isRight) continue
        const why = isRight ? 'it asks for nothing' : 'it has capacity but allocates none'
        fail(`row ${at + 1} to ${isRight ? 'pass' : 'fail'}: ${why}`, got ? 'passed' : 'failed', exchange)
      }
    },
  },
  {
    id: `${id}.capacity-without-allocation`,
    title: 'fail a row when it has capacity but allocates none',
    from: rule,
    clause: `${operationId}: users[].personalCapacity`,
    why: 'A row that passes here fails later, when half of the import is done.',
    uses: [preverifyPlain, preverifyRows],
    async run({ get }) {
      if (isRefusal(await get(preverifyRows))) return
      const { exchange, passing, failing } = await verdicts(get)
      if (failing === passing)
        fail(`row ${WRONG_ROW + 1} to fail: it has capacity but allocates none`, 'passed', exchange)
    },
  },
  ...(
    [
      ['unknown-department-name', 'targetDeptName', preverifyName, 'its department does not exist'],
      ['allocation-without-capacity', 'personalCapacity', preverifySizes[0]?.probe, preverifySizes[0]?.why],
      ['negative-capacity', 'personalCapacity', preverifySizes[1]?.probe, preverifySizes[1]?.why],
      ['beyond-free-capacity', 'personalCapacity', preverifySizes[2]?.probe, preverifySizes[2]?.why],
    ] as const
  ).flatMap(([name, field, probe, why]): CheckRow[] =>
    probe === undefined
      ? []
      : [
          {
            id: `${id}.${name}`,
            title: `fail a row when ${why}`,
            from: field === 'targetDeptName' ? nameRule : capacity,
            clause: `${operationId}: users[].${field}`,
            why: 'A row that passes here fails later, when half of the import is done.',
            uses: [preverifyPlain, probe],
            async run({ get }) {
              const passing = await passingValue(get)
              const exchange = await get(probe)
              if (isRefusal(exchange)) return
              const [, row] = verdictIn(exchange)
              if (row?.['isSuccess'] === passing) fail(`row 2 to fail: ${why}`, 'passed', exchange)
            },
          },
        ],
  ),
  {
    id: `${id}.reason`,
    title: 'give a reason for each row that failed',
    from: documented('preverify', 'Table 5, reason'),
    clause: `${operationId}: data[].reason`,
    why: 'Whoever corrects the list needs to know what is wrong with it.',
    uses: [preverifyPlain, preverifyRows],
    async run({ get }) {
      const { exchange, rows, passing } = await verdicts(get)
      const mute = rows.findIndex(
        ({ isSuccess: value, reason }) => value !== passing && (typeof reason !== 'string' || reason.trim() === ''),
      )
      if (mute >= 0) fail(`a reason for row ${mute + 1}`, 'none', exchange)
    },
  },
  {
    id: `${id}.unknown-department`,
    title: 'refuse a curDeptId that does not exist',
    from: inferred('ErrorCode, row 13000309; the page of the operation shows no refusal'),
    clause: `${operationId}: curDeptId`,
    why: 'Verdicts about a department that is not there are worth nothing.',
    ...asks([preverifyUnknown], ([exchange]) => refusedParameter(exchange, 'an unknown curDeptId')),
  },
  {
    id: `${id}.exact-department`,
    title: 'read curDeptId to its last digit',
    from: documented('preverify', 'Table 2 and example, curDeptId'),
    clause: `${operationId}: curDeptId`,
    why: 'The ids are longer than a double: a parser that rounds checks against another department, or none.',
    uses: [
      preverifyPlain,
      preverifyUnknown,
      ...preverifyRounded,
      ...neighbourMembers,
      someDepartment,
      userProbes.first,
    ],
    async run({ get }) {
      given(await get(preverifyPlain), operationId)
      if (!isRefusal(await get(preverifyUnknown))) skip('the target takes any curDeptId')
      const known = new Set(rowsGiven(await get(userProbes.first), userList).map(({ deptId }) => String(deptId)))
      const taken: Exchange[] = []
      const beside = 'the departments of the target have ids that lie next to each other'
      for (const probe of preverifyRounded) {
        const exchange = await get(probe)
        if (isRefusal(exchange)) return
        const [, id = ''] = /"curDeptId":(\d+)/.exec(exchange.request.body ?? '') ?? []
        if (known.has(id)) skip(beside)
        taken.push(exchange)
      }
      // Departments may lie so close, and have no member among those seen.
      for (const probe of neighbourMembers) {
        const members = await get(probe)
        const asked = new URL(members.request.url).searchParams.get('deptId')
        if (!isSuccess(members)) continue
        if (rowsGiven(members, userList).some(({ deptId }) => String(deptId) === asked)) skip(beside)
      }
      const { id } = await get(someDepartment)
      fail(
        `one at least of three other ids to be refused, as an unknown one is`,
        `all taken for department ${id}, as doubles are`,
        ...taken,
      )
    },
  },
  {
    id: `${id}.changes-nothing`,
    title: 'change nothing',
    from: documented('preverify', 'Function'),
    clause: `${operationId}: effect`,
    why: 'Clients verify as often as they like.',
    uses: [userProbes.first, userProbes.again, preverifyRows, totalAfterPreverify, totalsLater],
    async run({ get }) {
      const size = async (probe: typeof userProbes.first) => totalOf(given(await get(probe), 'listUsers'))
      const [before, still] = [await size(userProbes.first), await size(userProbes.again)]
      if (before === undefined) skip('the answer has no total, which reading user-list-total allows')
      if (before !== still) skip('the list changes by itself')
      const after = await size(totalAfterPreverify)
      if (after === before) return
      const later = (await get(totalsLater)).map((exchange) => totalOf(given(exchange, 'listUsers')))
      if (later.some((total) => total !== after)) skip('somebody else adds or removes users meanwhile')
      fail(`${before} users, as before`, `${after}`, await get(preverifyRows), await get(totalAfterPreverify))
    },
  },
])
