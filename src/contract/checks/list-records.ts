import { isRecord } from '../../client/json.ts'
import { documented, example } from '../../spec/evidence.ts'
import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { type Check, defineCheck } from '../check.ts'
import { describe, given, recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { DISABLED, disabledSpaces, spaceProbes, userProbes } from '../probes/list-probes.ts'
import { type ListOperation, rowsGiven, spaceList, userList } from '../probes/lists.ts'

const MASKED = /^\+?\d{1,7}\*{4}\d{4}$/
const ROUNDED = /^\d+VW5TYWZlSW50ZWdlcg==$/

const maskCheck = (list: ListOperation, probes: typeof userProbes): Check =>
  defineCheck({
    id: `${list.id}.mobile-masked`,
    title: 'MUST show mobile numbers masked: the first seven digits, four stars, the last four',
    operation: list.operation.operationId,
    from: {
      ...example(list.page),
      source: `${documented(list.page, 'Table 4, mobile').source}; the form from the example`,
    },
    clause: `${list.operation.operationId}: mobile`,
    why: 'An unmasked number is personal data in every log; one masked otherwise cannot be matched by its ends.',
    uses: [probes.first],
    async run({ get }) {
      const exchange = await get(probes.first)
      const mobiles = rowsGiven(exchange, list).flatMap(({ mobile }) =>
        // A target may take any text for a phone; only numbers are masked by the rule.
        typeof mobile === 'string' && /^[+\d*]+$/.test(mobile) ? [mobile] : [],
      )
      if (mobiles.length === 0) skip('no listed record has a mobile number')
      const bare = mobiles.find((mobile) => !MASKED.test(mobile))
      if (bare !== undefined) fail('a number such as 0086181****8439', shape(bare), exchange)
    },
  })

const nameCheck = (list: ListOperation, { first, keyword }: typeof userProbes): Check =>
  defineCheck({
    id: `${list.id}.name`,
    title: 'MUST show each record under its own name, whatever the page',
    operation: list.operation.operationId,
    from: documented(list.page, 'Table 4, name'),
    clause: `${list.operation.operationId}: name`,
    why: 'A name beside the wrong id sends messages, files and money to the wrong person.',
    uses: [first, keyword],
    async run({ get }) {
      const names = new Map(rowsGiven(await get(first), list).map(({ userId, name }) => [userId, name]))
      const exchange = await get(keyword)
      const wrong = rowsGiven(exchange, list).find(
        ({ userId, name }) => names.has(userId) && names.get(userId) !== name,
      )
      if (wrong === undefined) return
      const expected = `the name ${JSON.stringify(names.get(wrong['userId']))} for userId ${String(wrong['userId'])}`
      fail(expected, JSON.stringify(wrong['name']), await get(first), exchange)
    },
  })

/** A number without its digits, so that a report does not spread what should have been masked. */
const shape = (mobile: string): string => `a number of the form ${mobile.replaceAll(/\d/g, 'n')}`

/** Checks of what single records of the lists hold. */
export const recordChecks: readonly Check[] = [
  maskCheck(userList, userProbes),
  maskCheck(spaceList, spaceProbes),
  nameCheck(userList, userProbes),
  nameCheck(spaceList, spaceProbes),
  defineCheck({
    id: 'list-users.key',
    title: 'MUST return the users under list or data',
    operation: 'listUsers',
    from: documented('listUsers', 'Table 3 and example'),
    clause: 'listUsers: records',
    why: 'Table and example name different keys; a third one no client looks for.',
    readings: ['user-list-key', 'user-list-total'],
    uses: [userProbes.first],
    async run({ get, learn, undetermined }) {
      const exchange = await get(userProbes.first)
      const { total } = success(exchange, listUsers.operationId)
      const body = exchange.response.json
      if (!isRecord(body)) return
      learn('user-list-total', total === undefined ? 'absent' : 'present')
      const key = Array.isArray(body['list']) ? 'list' : Array.isArray(body['data']) ? 'data' : undefined
      if (key !== undefined) return learn('user-list-key', key)
      if (body['list'] !== undefined || body['data'] !== undefined || (total !== undefined && total !== 0)) {
        fail('a list of users under list or data', describe(exchange), exchange)
      }
      undetermined('user-list-key', 'it needs an organisation with users')
    },
  }),
  defineCheck({
    id: 'list-users.ids',
    title: 'MUST write deptId as decimal digits',
    operation: 'listUsers',
    from: documented('listUsers', 'Table 4, deptId'),
    clause: 'listUsers: ids',
    why: 'preverifyBatchImport takes it as a number; an id that lost digits names another department, or none.',
    readings: ['unsafe-ids'],
    uses: [userProbes.first],
    async run({ get, learn, undetermined }) {
      const exchange = await get(userProbes.first)
      const users = rowsGiven(exchange, userList)
      const texts = (values: unknown[]) => values.filter((one) => typeof one === 'string')
      const odd = texts(users.map(({ deptId }) => deptId)).find((one) => !/^\d+$/.test(one) && !ROUNDED.test(one))
      if (odd !== undefined) fail('a deptId of decimal digits', `the deptId ${odd}`, exchange)
      const ids = texts(users.flatMap(({ id, deptId }) => [id, deptId]))
      if (ids.some((one) => ROUNDED.test(one))) return learn('unsafe-ids', 'rounded')
      if (ids.some((one) => /^\d{17,}$/.test(one))) return learn('unsafe-ids', 'exact')
      undetermined('unsafe-ids', 'it needs ids beyond 2^53')
    },
  }),
  defineCheck({
    id: 'list-user-spaces.total-type',
    title: 'MUST give total as a number or as digits',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 3, total'),
    clause: 'listUserSpaces: total',
    why: 'Table and example name different types; clients can take both, but nothing else.',
    readings: ['space-total-type'],
    uses: [spaceProbes.first],
    async run({ get, learn }) {
      const exchange = await get(spaceProbes.first)
      given(exchange, listUserSpaces.operationId)
      const total = isRecord(exchange.response.json) ? exchange.response.json['total'] : undefined
      if (typeof total === 'number') return learn('space-total-type', 'number')
      if (typeof total === 'string' && /^\d+$/.test(total)) return learn('space-total-type', 'string')
      fail(
        'a number, or a text of digits',
        total === undefined ? 'no total' : `total ${JSON.stringify(total)}`,
        exchange,
      )
    },
  }),
  defineCheck({
    id: 'list-user-spaces.department-id-type',
    title: 'MUST give deptId as a text of digits or as a number',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 4, deptId'),
    clause: 'listUserSpaces: ids',
    why: 'Table and example name different types; as a number it needs a parser that keeps all digits.',
    readings: ['space-dept-id-type'],
    uses: [spaceProbes.first],
    async run({ get, learn }) {
      const exchange = await get(spaceProbes.first)
      given(exchange, listUserSpaces.operationId)
      const body = exchange.response.json
      const ids = recordsIn(isRecord(body) ? body['users'] : undefined).map(({ deptId }) => deptId)
      if (ids.length === 0) skip('no space is listed')
      if (ids.every((one) => typeof one === 'string')) return learn('space-dept-id-type', 'string')
      if (ids.every((one) => typeof one === 'number' || typeof one === 'bigint')) {
        return learn('space-dept-id-type', 'number')
      }
      fail(
        'one type for all: text or number',
        `${typeof ids.find((one) => typeof one !== typeof ids[0])} beside ${typeof ids[0]}`,
        exchange,
      )
    },
  }),
  defineCheck({
    id: 'list-user-spaces.space-status',
    title: 'MUST list only spaces in the state that spaceStatus names',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 1, spaceStatus'),
    clause: 'listUserSpaces: spaceStatus',
    why: 'Disabled spaces in a list of usable ones, or the other way round, mislead whoever cleans up.',
    uses: [spaceProbes.first, disabledSpaces],
    async run({ get }) {
      const exchange = await get(disabledSpaces)
      const found = recordsIn(success(exchange, 'listUserSpaces')['users'])
      const other = found.find(({ spaceStatus }) => spaceStatus !== DISABLED)
      if (other !== undefined) {
        fail(
          `only spaces with spaceStatus ${DISABLED}`,
          `one with spaceStatus ${String(other['spaceStatus'])}`,
          exchange,
        )
      }
      const seen = rowsGiven(await get(spaceProbes.first), spaceList)
      if (found.length === 0 && seen.some(({ spaceStatus }) => spaceStatus === DISABLED)) {
        fail(`the spaces with spaceStatus ${DISABLED}`, 'none, although there are some', exchange)
      }
    },
  }),
]
