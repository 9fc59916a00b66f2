import { documented, example, inferred } from '../../../spec/evidence.ts'
import { createUser } from '../../../spec/operations/create-user.ts'
import { deleteUser } from '../../../spec/operations/delete-user.ts'
import { getUser } from '../../../spec/operations/get-user.ts'
import { getUserMobile } from '../../../spec/operations/get-user-mobile.ts'
import { updateUser } from '../../../spec/operations/update-user.ts'
import { asks, type Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import { firstUsers, type Row, rowsGiven, userList } from '../../probes/lists.ts'
import { answerOf, dataOf } from '../../probes/management/call.ts'
import { first, second } from '../../probes/management/departments.ts'
import { membersGone, userGone } from '../../probes/management/removal.ts'
import {
  createOne,
  disabledUser,
  enabledUser,
  listedUser,
  memberIds,
  membersArrived,
  mobileListed,
  movedUser,
  newUser,
  one,
  ownMembers,
  ROLES,
  userListed,
} from '../../probes/management/users.ts'
import { alike, defineRules, holds, isGone, isThere } from './rule.ts'

const FIELDS = ['id', 'userId', 'name', 'deptId', 'deptName', 'mobile', 'role', 'status']
const userIn = (exchange: Exchange): Row => dataOf(exchange, getUser)

export const userChecks: readonly Check[] = defineRules([
  {
    operation: getUser,
    name: 'as-listed',
    title: 'show the user that is asked for, as listUsers does',
    from: documented('getUser', 'table userInfo; path parameter; Listing Users, Table 4'),
    why: 'An integration keeps what it lists and asks for one user later: both must be the same.',
    ...asks([userListed, listedUser, firstUsers], ([exchange, { user }, list]) =>
      alike('this user', [userIn(exchange), exchange], [user, list], FIELDS),
    ),
  },
  {
    operation: getUser,
    name: 'mobile-masked',
    title: 'show the mobile number masked: the first seven digits, four stars, the last four',
    from: example('getUser', 'example, mobile'),
    why: 'An unmasked number is personal data in every log.',
    ...asks([userListed], ([exchange]) => {
      const { mobile } = userIn(exchange)
      if (typeof mobile !== 'string' || !/^[+\d*]+$/.test(mobile)) skip('the user has no mobile number')
      if (!/^\+?\d{1,7}\*{4}\d{4}$/.test(String(mobile))) {
        fail(
          'a number such as 0086181****8439',
          `a number of the form ${String(mobile).replaceAll(/\d/g, 'n')}`,
          exchange,
        )
      }
    }),
  },
  {
    operation: getUserMobile,
    name: 'as-listed',
    title: 'show the number whose ends the list shows, in full or masked',
    from: documented('getUserMobile', 'answer table, mobile; path parameter'),
    why: "A message to another person's phone tells a stranger who signs in.",
    readings: ['mobile-mask'],
    ...asks([mobileListed, listedUser], ([exchange, { user }], { learn, undetermined }) => {
      const mobile = String(answerOf(exchange, getUserMobile)['mobile'] ?? '')
      const masked = String(user['mobile'] ?? '')
      if (!masked.includes('*')) return undetermined('mobile-mask', 'listUsers shows no masked number')
      const isMasked = mobile.includes('*')
      const [start = '', end = ''] = [masked.split('*')[0], masked.split('*').at(-1)]
      const isSame = isMasked
        ? startsAlike(mobile.split('*')[0] ?? '', start)
        : startsAlike(mobile, start) && mobile.endsWith(end)
      if (!isSame) fail(`a number like ${masked}`, isMasked ? mobile : mobile.replace(/.(?=.{4})/g, 'n'), exchange)
      learn('mobile-mask', isMasked ? 'masked' : 'plain')
    }),
  },
  {
    operation: createUser,
    name: 'is-there',
    title: 'add the user in the department and with the role that were asked for',
    from: documented('createUser', 'request table; table modifyUserInfoReq'),
    why: 'A user elsewhere, or with other rights, sees what is not his or hers.',
    uses: [first, one, newUser],
    async run({ get, facts }) {
      const exchange = await get(newUser)
      await isThere({ get }, exchange, getUser)
      const user = userIn(exchange)
      holds(exchange, user, 'userId', memberIds(facts)[0])
      holds(exchange, user, 'deptId', await get(first))
      holds(exchange, user, 'role', ROLES.created)
    },
  },
  {
    operation: createUser,
    name: 'listed',
    title: 'let listUsers show the new user in the department',
    from: documented('createUser', 'page; table modifyUserInfoReq, deptId; Listing Users, Table 1, deptId'),
    why: 'Without an id in the answer the list is the only way to go on.',
    uses: [createOne, ownMembers],
    async run({ get, facts }) {
      if (!isSuccess(await get(createOne))) skip('createUser did not succeed')
      const exchange = await get(ownMembers)
      const rows = rowsGiven(exchange, userList)
      if (!rows.some(({ userId }) => userId === memberIds(facts)[0])) {
        fail(`userId ${memberIds(facts)[0]}`, `${rows.length} others`, exchange)
      }
    },
  },
  {
    operation: createUser,
    name: 'id',
    title: 'answer the id of the new user, that of the department, or none',
    from: inferred('Table and example of CreateUser differ; reading created-user-id'),
    why: 'Whether a client has to look for the user decides how it is written.',
    readings: ['created-user-id'],
    uses: [first, one, createOne],
    async run({ get, learn }) {
      const exchange = await get(createOne)
      const { data } = answerOf(exchange, createUser) as { data?: Row | null }
      const id = data?.['id']
      if (id === undefined || id === null) return learn('created-user-id', 'absent')
      if (id === (await get(one))) return learn('created-user-id', 'user')
      if (id === (await get(first))) return learn('created-user-id', 'department')
      fail('the id of the user or of the department', `id ${String(id)}`, exchange)
    },
  },
  {
    operation: updateUser,
    name: 'moves',
    title: 'move the user to the department that deptId names, as an integer beyond 2^53',
    from: documented('updateUser', 'request table, deptId'),
    why: 'An id that loses digits on the way is another department, or none.',
    ...asks([movedUser, membersArrived, second, one], ([exchange, list, department, id]) => {
      holds(exchange, userIn(exchange), 'deptId', department)
      if (!rowsGiven(list, userList).some((row) => row['id'] === id))
        fail(`user ${id} in the new department`, 'a list without', list)
    }),
  },
  {
    operation: updateUser,
    name: 'disables',
    title: 'set the status that was asked for, and back',
    from: documented('updateUser', 'request table, status'),
    why: 'Somebody who has left and can still sign in takes files along.',
    ...asks([disabledUser, enabledUser], ([off, on]) => {
      holds(off, userIn(off), 'status', 1)
      holds(on, userIn(on), 'status', 0)
    }),
  },
  {
    operation: updateUser,
    name: 'role',
    title: 'give the role that was asked for',
    from: documented('updateUser', 'request table, role'),
    why: 'A role that is not given, or another one, decides who administers whom.',
    ...asks([enabledUser], ([exchange]) => {
      holds(exchange, userIn(exchange), 'role', ROLES.updated)
    }),
  },
  {
    operation: updateUser,
    name: 'keeps-the-rest',
    title: 'leave as it is what the body does not name',
    from: documented('updateUser', 'request table: every field is optional'),
    why: 'Disabling somebody must not move them, nor take the name.',
    ...asks([newUser, movedUser, disabledUser], ([created, moved, off]) => {
      const identity = ['id', 'userId', 'name', 'mobile']
      alike('the moved user', [userIn(moved), moved], [userIn(created), created], [...identity, 'role', 'status'])
      alike('the disabled user', [userIn(off), off], [userIn(moved), moved], [...identity, 'role', 'deptId'])
    }),
  },
  {
    operation: deleteUser,
    name: 'is-gone',
    title: 'delete the user, so that nobody finds him or her',
    from: documented('deleteUser', 'page'),
    why: 'Whoever was to be deleted and is not still has the files.',
    ...asks([userGone, one], ([exchange, id]) => isGone(exchange, 'a deleted user', id)),
  },
  {
    operation: deleteUser,
    name: 'unlisted',
    title: 'leave the deleted user out of listUsers',
    from: documented('deleteUser', 'page; Listing Users, Table 3'),
    why: 'A list with users who are gone is synchronised back.',
    ...asks([membersGone, one], ([exchange, id]) => {
      if (rowsGiven(exchange, userList).some((row) => row['id'] === id)) fail(`no user ${id}`, 'it is listed', exchange)
    }),
  },
])

/** Digits of a country, at most: what either spelling of a number may leave out. */
const COUNTRY = 3
const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^0+/, '')

/** Whether two spellings may be the beginning of one number, which may have its country or not. */
function startsAlike(one: string, other: string): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)]
  const isStart = (x: string, y: string): boolean => x.startsWith(y) || y.startsWith(x)
  return Array.from({ length: COUNTRY + 1 }, (_, at) => at).some(
    (at) => isStart(a.slice(at), b) || isStart(a, b.slice(at)),
  )
}
