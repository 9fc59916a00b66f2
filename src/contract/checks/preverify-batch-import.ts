import { documented, example, inferred } from '../../spec/evidence.ts'
import { preverifyBatchImport } from '../../spec/operations/preverify-batch-import.ts'
import { type Check, type CheckContext, defineCheck } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { describe, given, isSuccess, recordsIn, refusedNotFound, refusedParameter, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { userProbes } from '../probes/list-probes.ts'
import { totalOf } from '../probes/lists.ts'
import {
  knownRows,
  preverifyNull,
  preverifyRounded,
  preverifyRows,
  preverifyUnknown,
  preverifyUnknownField,
  preverifyUntyped,
  totalAfterPreverify,
  totalsLater,
} from '../probes/preverify.ts'

const { operationId, id } = preverifyBatchImport
const rule = documented('preverify', 'Table 3')
const capacity = documented('preverify', 'Table 3, personalCapacity; the bounds are those of the member guide')
const verdictIn = (exchange: Exchange) => recordsIn(given(exchange, operationId)['data'])

/** The value of isSuccess that says passed: that of the first row, which cannot fail. */
async function verdicts(get: CheckContext['get']) {
  const exchange = await get(preverifyRows)
  const rows = verdictIn(exchange)
  if (rows.length !== knownRows.length) skip(`there are ${rows.length} verdicts for ${knownRows.length} rows`)
  const failing = rows[1]?.['isSuccess']
  const passing = rows[0]?.['isSuccess']
  return { exchange, rows, passing, failing }
}

export const preverifyChecks: readonly Check[] = [
  defineCheck({
    id: `${id}.answers`,
    title: 'MUST answer a plain request with success, whatever the verdicts',
    operation: operationId,
    from: documented('preverify', 'Table 2'),
    clause: `${operationId}: request`,
    why: 'The verdicts are the answer; an error leaves the client without any.',
    uses: [preverifyRows],
    async run({ get }) {
      success(await get(preverifyRows), operationId)
    },
  }),
  defineCheck({
    id: `${id}.optional-fields`,
    title: 'MUST take rows without targetDeptName',
    operation: operationId,
    from: documented('preverify', 'Table 3, Mandatory'),
    clause: `${operationId}: optional parameters`,
    why: 'Clients leave out what the page calls optional.',
    uses: [preverifyRows],
    async run({ get }) {
      success(await get(preverifyRows), operationId)
    },
  }),
  defineCheck({
    id: `${id}.tells-apart`,
    title: 'MUST pass what is right and fail what is wrong',
    operation: operationId,
    from: documented('preverify', 'Function'),
    clause: `${operationId}: data[].isSuccess`,
    why: 'One verdict for everything verifies nothing.',
    uses: [preverifyRows],
    async run({ get }) {
      const { exchange, passing, failing } = await verdicts(get)
      if (passing === failing) {
        const both = 'a row that asks for nothing and one for a department that does not exist'
        fail(`different verdicts on ${both}`, `isSuccess ${String(passing)} for both`, exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.one-verdict-per-row`,
    title: 'MUST give one verdict for each row',
    operation: operationId,
    from: documented('preverify', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'Verdicts carry no name: only their number and order tell whose they are.',
    uses: [preverifyRows],
    async run({ get }) {
      const exchange = await get(preverifyRows)
      const { length } = recordsIn(success(exchange, operationId)['data'])
      if (length !== knownRows.length) fail(`${knownRows.length} verdicts`, `${length}`, exchange)
    },
  }),
  defineCheck({
    id: `${id}.success-value`,
    title: 'MUST tell passed from failed by isSuccess 0 and 1, either way round',
    operation: operationId,
    from: example('preverify', 'Table 5 and example, isSuccess'),
    clause: `${operationId}: data[].isSuccess`,
    why: 'The page does not say which is which; the wrong guess imports exactly the wrong users.',
    readings: ['preverify-success-value'],
    uses: [preverifyRows],
    async run({ get, learn }) {
      const { exchange, rows, passing, failing } = await verdicts(get)
      const odd = rows.find(({ isSuccess: value }) => value !== 0 && value !== 1)
      if (odd !== undefined) fail('0 or 1', JSON.stringify(odd['isSuccess']) ?? 'nothing', exchange)
      if (passing === failing) skip('the verdicts do not tell passed from failed')
      learn('preverify-success-value', String(passing))
    },
  }),
  defineCheck({
    id: `${id}.order`,
    title: 'MUST give the verdicts in the order of the rows, each for its row alone',
    operation: operationId,
    from: documented('preverify', 'Table 4, data'),
    clause: `${operationId}: data`,
    why: 'A verdict in another place condemns the wrong user.',
    uses: [preverifyRows],
    async run({ get }) {
      const { exchange, rows, passing } = await verdicts(get)
      const expected = knownRows.map(({ passes }) => passes)
      // The rules about capacity have checks of their own: here only rows that no reading can judge otherwise count.
      for (const at of [0, 1, 5, 7]) {
        const got = rows[at]?.['isSuccess'] === passing
        if (got !== expected[at]) {
          fail(
            `row ${at + 1} to ${expected[at] ? 'pass' : 'fail'}: ${knownRows[at]?.why}`,
            got ? 'passed' : 'failed',
            exchange,
          )
        }
      }
    },
  }),
  ...(
    [
      ['unknown-department-name', 'targetDeptName', 1, rule],
      ['capacity-without-allocation', 'personalCapacity', 2, rule],
      ['allocation-without-capacity', 'personalCapacity', 3, capacity],
      ['negative-capacity', 'personalCapacity', 4, capacity],
      ['beyond-free-capacity', 'personalCapacity', 6, capacity],
    ] as const
  ).map(([name, field, at, from]) =>
    defineCheck({
      id: `${id}.${name}`,
      title: `MUST fail a row when ${knownRows[at].why}`,
      operation: operationId,
      from,
      clause: `${operationId}: users[].${field}`,
      why: 'A row that passes here fails later, when half of the import is done.',
      uses: [preverifyRows],
      async run({ get }) {
        const { exchange, rows, passing, failing } = await verdicts(get)
        if (passing === failing && at !== 1) skip('the verdicts do not tell passed from failed')
        if (rows[at]?.['isSuccess'] === passing) fail(`row ${at + 1} to fail: ${knownRows[at].why}`, 'passed', exchange)
      },
    }),
  ),
  defineCheck({
    id: `${id}.reason`,
    title: 'MUST give a reason for each row that failed',
    operation: operationId,
    from: documented('preverify', 'Table 5, reason'),
    clause: `${operationId}: data[].reason`,
    why: 'Whoever corrects the list needs to know what is wrong with it.',
    uses: [preverifyRows],
    async run({ get }) {
      const { exchange, rows, passing } = await verdicts(get)
      const mute = rows.findIndex(
        ({ isSuccess: value, reason }) => value !== passing && (typeof reason !== 'string' || reason.trim() === ''),
      )
      if (mute >= 0) fail(`a reason for row ${mute + 1}`, 'none', exchange)
    },
  }),
  defineCheck({
    id: `${id}.unknown-department`,
    title: 'MUST refuse a curDeptId that does not exist',
    operation: operationId,
    from: documented('errorCodes', 'row 13000309'),
    clause: `${operationId}: curDeptId`,
    why: 'Verdicts about a department that is not there are worth nothing.',
    uses: [preverifyUnknown],
    async run({ get }) {
      refusedNotFound(await get(preverifyUnknown), 'an unknown curDeptId')
    },
  }),
  defineCheck({
    id: `${id}.exact-department`,
    title: 'MUST read curDeptId to its last digit',
    operation: operationId,
    from: documented('preverify', 'Table 2 and example, curDeptId'),
    clause: `${operationId}: curDeptId`,
    why: 'The ids are longer than a double: a parser that rounds checks against another department, or none.',
    uses: [preverifyRounded],
    async run({ get }) {
      refusedNotFound(await get(preverifyRounded), 'the id of a department with its last digit changed')
    },
  }),
  defineCheck({
    id: `${id}.changes-nothing`,
    title: 'MUST change nothing',
    operation: operationId,
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
  }),
  defineCheck({
    id: `${id}.null-optional`,
    title: 'MAY take null for an absent optional field',
    operation: operationId,
    from: inferred('The table names the type String; reading null-optional'),
    clause: `${operationId}: users[].targetDeptName`,
    why: 'Many serialisers write null for what is not set.',
    readings: ['null-optional'],
    uses: [preverifyNull],
    async run({ get, learn }) {
      const exchange = await get(preverifyNull)
      if (isSuccess(exchange)) return learn('null-optional', 'absent')
      refusedParameter(exchange, 'null in an optional field, if not taken,')
      learn('null-optional', 'refused')
    },
  }),
  defineCheck({
    id: `${id}.unknown-fields`,
    title: 'MAY ignore fields that the page does not list',
    operation: operationId,
    from: inferred('The page is silent; reading unknown-fields'),
    clause: `${operationId}: request`,
    why: 'It decides whether a client of a later version still works.',
    readings: ['unknown-fields'],
    uses: [preverifyUnknownField],
    async run({ get, learn }) {
      const exchange = await get(preverifyUnknownField)
      if (isSuccess(exchange)) return learn('unknown-fields', 'ignored')
      refusedParameter(exchange, 'an undocumented field, if not ignored,')
      learn('unknown-fields', 'refused')
    },
  }),
  defineCheck({
    id: `${id}.content-type`,
    title: 'MAY ask for a body that is declared as JSON',
    operation: operationId,
    from: inferred('The header tables do not list Content-Type; reading content-type'),
    clause: `${operationId}: headers`,
    why: 'Some HTTP clients declare a body as JSON only when told to.',
    readings: ['content-type'],
    uses: [preverifyUntyped],
    async run({ get, learn }) {
      const exchange = await get(preverifyUntyped)
      if (isSuccess(exchange)) return learn('content-type', 'not-checked')
      if (exchange.response.status !== 415) fail('success or HTTP 415', describe(exchange), exchange)
      learn('content-type', 'json-required')
    },
  }),
]
