import { documented, example, inferred } from '../../spec/evidence.ts'
import { listUserSpaces } from '../../spec/operations/list-user-spaces.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { asks, type Check, defineCheck } from '../check.ts'
import { bodyOf, describe, given, recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { spaceProbes, spacesByStatus, userProbes } from '../probes/list-probes.ts'
import { type ListOperation, type Row, rowsGiven, spaceList, userList, WHOLE } from '../probes/lists.ts'
import { isGiven } from '../probes/tasks.ts'

const MASKED = /^\+?\d{1,7}\*{4}\d{4}$/
const ROUNDED = /^\d+VW5TYWZlSW50ZWdlcg==$/

const maskCheck = (list: ListOperation, probes: typeof userProbes): Check =>
  defineCheck({
    id: `${list.id}.mobile-masked`,
    title: 'show mobile numbers masked: the first seven digits, four stars, the last four',
    operation: list.operation.operationId,
    from: example(list.page, 'example, mobile; Table 4, mobile'),
    clause: `${list.operation.operationId}: mobile`,
    why: 'An unmasked number is personal data in every log; one masked otherwise cannot be matched by its ends.',
    ...asks([probes.first], ([exchange]) => {
      const mobiles = rowsGiven(exchange, list).flatMap(({ mobile }) =>
        // A target may take any text for a phone; only numbers are masked by the rule.
        typeof mobile === 'string' && /^[+\d*]+$/.test(mobile) ? [mobile] : [],
      )
      if (mobiles.length === 0) skip('no listed record has a mobile number')
      const bare = mobiles.find((mobile) => !MASKED.test(mobile))
      if (bare !== undefined) fail('a number such as 0086181****8439', shape(bare), exchange)
    }),
  })

const nameCheck = (list: ListOperation, { first, keyword }: typeof userProbes): Check =>
  defineCheck({
    id: `${list.id}.name`,
    title: 'show each record under its own name, whatever the page',
    operation: list.operation.operationId,
    from: documented(list.page, 'Table 4, name'),
    clause: `${list.operation.operationId}: name`,
    why: 'A name beside the wrong id sends messages, files and money to the wrong person.',
    ...asks([first, keyword], ([page, exchange]) => {
      const names = new Map(rowsGiven(page, list).map(({ userId, name }) => [userId, name]))
      const wrong = rowsGiven(exchange, list).find(
        ({ userId, name }) => names.has(userId) && names.get(userId) !== name,
      )
      if (wrong === undefined) return
      const expected = `the name ${JSON.stringify(names.get(wrong['userId']))} for userId ${String(wrong['userId'])}`
      fail(expected, JSON.stringify(wrong['name']), page, exchange)
    }),
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
    title: 'return the users under list or data',
    operation: 'listUsers',
    from: documented('listUsers', 'Table 3 and example'),
    clause: 'listUsers: records',
    why: 'Table and example name different keys; a third one no client looks for.',
    readings: ['user-list-key', 'user-list-total'],
    ...asks([userProbes.first], ([exchange], { learn, undetermined }) => {
      const { total } = success(exchange, listUsers.operationId)
      const body = bodyOf(exchange)
      learn('user-list-total', total === undefined ? 'absent' : 'present')
      const key = Array.isArray(body['list']) ? 'list' : Array.isArray(body['data']) ? 'data' : undefined
      if (key !== undefined) return learn('user-list-key', key)
      if (body['list'] !== undefined || body['data'] !== undefined || (total !== undefined && total !== 0)) {
        fail('a list of users under list or data', describe(exchange), exchange)
      }
      undetermined('user-list-key', 'it needs an organisation with users')
    }),
  }),
  defineCheck({
    id: 'list-users.ids',
    title: 'write deptId as decimal digits',
    operation: 'listUsers',
    from: inferred('Pre-verification API, Table 2 takes the id of a department as an Integer'),
    clause: 'listUsers: ids',
    why: 'preverifyBatchImport takes it as a number; an id that lost digits names another department, or none.',
    readings: ['unsafe-ids'],
    ...asks([userProbes.first], ([exchange], { learn, undetermined }) => {
      const users = rowsGiven(exchange, userList)
      const texts = (values: unknown[]) => values.filter((one) => typeof one === 'string')
      const odd = texts(users.map(({ deptId }) => deptId)).find((one) => !/^\d+$/.test(one) && !ROUNDED.test(one))
      if (odd !== undefined) fail('a deptId of decimal digits', `the deptId ${odd}`, exchange)
      const ids = texts(users.flatMap(({ id, deptId }) => [id, deptId]))
      if (ids.some((one) => ROUNDED.test(one))) return learn('unsafe-ids', 'rounded')
      if (ids.some((one) => /^\d{17,}$/.test(one))) return learn('unsafe-ids', 'exact')
      undetermined('unsafe-ids', 'it needs ids beyond 2^53')
    }),
  }),
  defineCheck({
    id: 'list-user-spaces.total-type',
    title: 'give total as a number or as digits',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 3, total'),
    clause: 'listUserSpaces: total',
    why: 'Table and example name different types; clients can take both, but nothing else.',
    readings: ['space-total-type'],
    ...asks([spaceProbes.first], ([exchange], { learn }) => {
      given(exchange, listUserSpaces.operationId)
      const { total } = bodyOf(exchange)
      if (typeof total === 'number') return learn('space-total-type', 'number')
      if (typeof total === 'string' && /^\d+$/.test(total)) return learn('space-total-type', 'string')
      fail(
        'a number, or a string of digits',
        total === undefined ? 'no total' : `total ${JSON.stringify(total)}`,
        exchange,
      )
    }),
  }),
  defineCheck({
    id: 'list-user-spaces.department-id-type',
    title: 'give deptId as a string of digits or as a number',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 4, deptId'),
    clause: 'listUserSpaces: ids',
    why: 'Table and example name different types; as a number it needs a parser that keeps all digits.',
    readings: ['space-dept-id-type'],
    ...asks([spaceProbes.first], ([exchange], { learn, notice }) => {
      given(exchange, listUserSpaces.operationId)
      // Whether somebody may be in no department no page says.
      const ids = recordsIn(bodyOf(exchange)['users'])
        .map(({ deptId }) => deptId)
        .filter(isGiven)
      if (ids.length === 0) skip('no listed space has a deptId')
      if (ids.every((one) => typeof one === 'string')) return learn('space-dept-id-type', 'string')
      if (ids.every((one) => typeof one === 'number' || typeof one === 'bigint')) {
        return learn('space-dept-id-type', 'number')
      }
      const isEither = ids.every((one) => ['string', 'number', 'bigint'].includes(typeof one))
      if (isEither) return notice('deptId is a number in some records and a string in others')
      fail(
        'a string or a number',
        `a deptId that is ${JSON.stringify(ids.find((one) => typeof one === 'object' || typeof one === 'boolean'))}`,
        exchange,
      )
    }),
  }),
  defineCheck({
    id: 'list-user-spaces.space-status',
    title: 'list only spaces in the state that spaceStatus names',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 1, spaceStatus'),
    clause: 'listUserSpaces: spaceStatus',
    why: 'Disabled spaces in a list of usable ones, or the other way round, mislead whoever cleans up.',
    uses: [spaceProbes.first, spacesByStatus, spaceProbes.everybodyAfter.status],
    async run({ get }) {
      const exchange = await get(spacesByStatus)
      const wanted = new URL(exchange.request.url).searchParams.get('spaceStatus') ?? ''
      const found = recordsIn(success(exchange, 'listUserSpaces')['users'])
      const other = found.find(({ spaceStatus }) => spaceStatus !== wanted)
      if (other !== undefined) {
        fail(`only spaces with spaceStatus ${wanted}`, `one with spaceStatus ${String(other['spaceStatus'])}`, exchange)
      }
      const seen = rowsGiven(await get(spaceProbes.first), spaceList)
      const ids = new Set(found.map(({ userId }) => userId))
      const missing = seen.find(({ spaceStatus, userId }) => spaceStatus === wanted && !ids.has(userId))
      if (found.length < Number(WHOLE.limit) && missing !== undefined) {
        const after = rowsGiven(await get(spaceProbes.everybodyAfter.status), spaceList)
        const isStill = after.some(
          ({ userId, spaceStatus }) => userId === missing['userId'] && spaceStatus === missing['spaceStatus'],
        )
        if (!isStill) skip('the list changed while it was read')
        fail(
          `the space of userId ${String(missing['userId'])} with spaceStatus ${wanted}`,
          'a list without it',
          exchange,
        )
      }
    },
  }),
  defineCheck({
    id: 'list-user-spaces.users',
    title: 'show the user of a space as the list of users does',
    operation: 'listUserSpaces',
    from: documented('listSpaces', 'Table 4, userId, deptName, mobile; Listing Users, Table 4'),
    clause: 'listUserSpaces: users',
    why: 'A space beside another user, department or number is given away or deleted with the wrong person.',
    ...asks([userProbes.first, spaceProbes.first], ([usersPage, spacesPage]) => {
      const users = new Map(rowsGiven(usersPage, userList).map((row) => [row['userId'], row]))
      const spaces = rowsGiven(spacesPage, spaceList)
      if (spaces.length === 0 || users.size === 0) skip('it needs users and spaces')
      const named = new Map([...users.values()].map((row) => [nameOf(row), row]))
      // Namesakes without a number cannot be told apart.
      const isAlone = (row: Row, all: readonly Row[]): boolean =>
        isGiven(row['mobile']) && all.filter((one) => nameOf(one) === nameOf(row)).length === 1
      const stranger = spaces.find((space) => {
        const user = named.get(nameOf(space))
        return (
          user !== undefined &&
          user['userId'] !== space['userId'] &&
          isAlone(space, spaces) &&
          isAlone(user, [...users.values()])
        )
      })
      if (stranger !== undefined) {
        const userId = String(named.get(nameOf(stranger))?.['userId'])
        fail(
          `userId ${userId} for ${String(stranger['name'])}`,
          `userId ${String(stranger['userId'])}`,
          usersPage,
          spacesPage,
        )
      }
      const shared = spaces.filter(({ userId }) => users.has(userId))
      if (shared.length === 0 && users.size < Number(WHOLE.limit)) {
        fail(
          'spaces of listed users',
          `${spaces.length} spaces, none of them with the userId of a user`,
          usersPage,
          spacesPage,
        )
      }
      const all = rowsGiven(usersPage, userList)
      const ids = new Set(shared.map(({ userId }) => userId))
      const mobiles = [all, spaces].map((rows) =>
        rows.filter(({ userId, mobile }) => ids.has(userId) && isGiven(mobile)),
      )
      for (const [at, given] of mobiles.entries()) {
        const [known] = mobiles[1 - at] ?? []
        if (given.length > 0 || known === undefined) continue
        const where = at === 0 ? 'users' : 'spaces'
        const expected = `mobile ${String(known['mobile'])} for userId ${String(known['userId'])} among the ${where}`
        fail(expected, 'no mobile', usersPage, spacesPage)
      }
      for (const space of shared) {
        // Whoever is in two departments may be listed in both.
        const own = all.filter(({ userId }) => userId === space['userId'])
        for (const [field, isAlike] of shownAlike) {
          const got = space[field]
          const values = own.map((user) => user[field])
          if (!isGiven(got) || values.some((value) => !isGiven(value) || isAlike(value, got))) continue
          fail(
            `${field} ${values.map(String).join(' or ')} for userId ${String(space['userId'])}`,
            `${field} ${String(got)}`,
            usersPage,
            spacesPage,
          )
        }
      }
    }),
  }),
]

/** What tells a person from another where ids do not: name, number and department. */
const nameOf = ({ name, mobile, deptName }: Row): string => JSON.stringify([name, mobile, deptName])

/** What both lists show of a user. The name of a space is that of an account, which the other list does not have. */
const shownAlike: readonly (readonly [field: string, isAlike: (one: unknown, other: unknown) => boolean])[] = [
  ['deptName', (one, other) => one === other],
  ['deptId', (one, other) => one === other || isRounded(one, other)],
  // Either list may mask in a way of its own: what both show are the last digits.
  ['mobile', (one, other) => one === other || lastDigits(one) === lastDigits(other)],
]

const lastDigits = (mobile: unknown): string => String(mobile).split('*').at(-1)?.slice(-4) ?? ''

/** Whether one of two ids went through a double. Reading unsafe-ids. */
const isRounded = (one: unknown, other: unknown): boolean =>
  [one, other].some((id) => ROUNDED.test(String(id))) || Number(one) === Number(other)
