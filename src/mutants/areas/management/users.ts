import { documented, example, inferred } from '../../../spec/evidence.ts'
import { countUsers } from '../../../spec/operations/count-users.ts'
import { createUser } from '../../../spec/operations/create-user.ts'
import { deleteUser } from '../../../spec/operations/delete-user.ts'
import { getUser } from '../../../spec/operations/get-user.ts'
import { getUserMobile } from '../../../spec/operations/get-user-mobile.ts'
import { listUsers } from '../../../spec/operations/list-users.ts'
import { updateUser } from '../../../spec/operations/update-user.ts'
import { refuses } from '../../admission.ts'
import { changePage } from '../../list-seam.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import {
  answerInstead,
  changeContext,
  changeData,
  changeRequestBody,
  changeResult,
  changeWhereGiven,
  doNothing,
  ignoreField,
  ignoreParameter,
  type Loose,
  remember,
  without,
} from '../../seams.ts'

const users = documented('getUser', 'table userInfo')
const path = documented('getUser', 'path parameter')

/** Changes some fields of the user that getUser shows. */
const changeUser = (change: (user: Loose) => Loose) => changeData(getUser, change)

/** Adds a user without something that was asked for. */
const newcomerWithout = (name: string) =>
  changeWhereGiven(createUser, 'modifyUserInfoReq', (user) => ({ modifyUserInfoReq: without(user as Loose, name) }))

const body = documented('updateUser', 'request table')
const updated = (field: string) => documented('updateUser', `request table, ${field}`)
const total = documented('countUsers', 'answer table, total')
const gone = documented('deleteUser', 'page')
const member = documented('createUser', 'table modifyUserInfoReq')

/** What the areas of users can get wrong. */
export const userDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'get-user': [
    [
      'another-user',
      'the first user of the organisation is shown, whoever is asked for',
      path,
      changeContext(getUser, (context) => ({
        ...context,
        params: { userId: context.state.directory.userAt(3)?.id ?? context.params.userId },
      })),
    ],
    [
      'ids-swapped',
      'id and userId stand for each other',
      users,
      changeUser(({ id, userId }) => ({ id: userId, userId: id })),
    ],
    [
      'department-of-another',
      'users are shown in the root department, and its own below',
      users,
      changeResult(getUser, ({ data }, { state: { directory } }) => {
        const { root } = directory
        const department = data.deptId === root.id ? (root.children[0] ?? root) : root
        return { data: { ...data, deptId: department.id, deptName: department.name } }
      }),
    ],
    [
      'status-inverted',
      'enabled users are shown as disabled',
      users,
      changeUser(({ status }) => ({ status: status === 0 ? 1 : 0 })),
    ],
    [
      'mobile-unmasked',
      'mobile is not masked',
      example('getUser', 'example, mobile'),
      changeUser(({ mobile }) => ({ mobile: String(mobile).replace('****', '0000') })),
    ],
  ],
  'get-user-mobile': [
    [
      'of-another',
      'the number is that of another user',
      documented('getUserMobile', 'path parameter'),
      changeResult(getUserMobile, (_, { state }) => ({ mobile: state.directory.userAt(7)?.mobile ?? '' })),
    ],
    [
      'end-wrong',
      'the last digit is another one',
      documented('getUserMobile', 'answer table, mobile'),
      changeResult(getUserMobile, ({ mobile }) => ({
        mobile: mobile.replace(/\d$/, (digit) => String((Number(digit) + 1) % 10)),
      })),
    ],
    [
      'start-dropped',
      'the number comes without its beginning',
      documented('getUserMobile', 'answer table, mobile'),
      changeResult(getUserMobile, ({ mobile }) => ({ mobile: mobile.slice(6) })),
    ],
  ],
  'count-users': [
    [
      'one-more',
      'one user too many is counted',
      total,
      changeResult(countUsers, ({ total }) => ({ total: total + 1 })),
    ],
    [
      'page-of-100',
      'no more than a hundred users are counted',
      total,
      changeResult(countUsers, ({ total }) => ({ total: Math.min(total, 100) })),
    ],
    [
      'department-ignored',
      'the whole organisation is counted, whatever deptId says',
      documented('countUsers', 'query parameters, deptId'),
      ignoreParameter(countUsers, 'deptId'),
    ],
    [
      'empty-refused',
      'an empty deptId is refused',
      example('countUsers', 'example, deptId'),
      refuses(
        'deptId is empty.',
        ({ operation, wire }) => operation.operationId === 'countUsers' && /deptId=(?:&|$)/.test(wire.target),
        'verifyParametersFailed',
      ),
    ],
    [
      'forgets-changes',
      'a department is counted once, and never again',
      documented('countUsers', 'query parameters, deptId'),
      () => {
        const counted = new Map<string, number>()
        return changeResult(countUsers, ({ total }, { query: { deptId = '' } }) => {
          const known = counted.get(deptId) ?? total
          counted.set(deptId, known)
          return { total: known }
        })
      },
    ],
  ],
  'create-user': [
    [
      'not-done',
      'a user is promised and not added',
      documented('createUser', 'page'),
      answerInstead(createUser, ({ state }) => ({ data: { id: state.directory.userAt(7)?.id ?? '' } })),
    ],
    ['department-ignored', 'the user is added to the root department', member, newcomerWithout('deptId')],
    ['role-ignored', 'everybody is added as a common user', member, newcomerWithout('role')],
    [
      'id-of-another',
      'the id is that of another user',
      inferred('Table and example of CreateUser differ; reading created-user-id'),
      changeResult(createUser, (_, { state }) => ({ data: { id: state.directory.userAt(7)?.id ?? '' } })),
    ],
  ],
  'update-user': [
    ['not-done', 'nothing is changed', body, doNothing(updateUser)],
    ['department-ignored', 'the user is not moved', updated('deptId'), ignoreField(updateUser, 'deptId')],
    ['role-ignored', 'the role stays', updated('role'), ignoreField(updateUser, 'role')],
    ['status-ignored', 'the status stays', updated('status'), ignoreField(updateUser, 'status')],
    [
      'status-inverted',
      'who is to be disabled is enabled',
      updated('status'),
      changeWhereGiven(updateUser, 'status', (status) => ({ status: 1 - Number(status) })),
    ],
    [
      'moves-to-root',
      'the user is moved to the root department, whichever is asked for',
      updated('deptId'),
      changeWhereGiven(updateUser, 'deptId', (_, { state }) => ({ deptId: state.directory.root.id })),
    ],
    [
      'status-moves-too',
      'who is disabled is moved to the root department as well',
      body,
      changeWhereGiven(updateUser, 'status', (_, { state }) => ({ deptId: state.directory.root.id })),
    ],
    [
      'role-reset',
      'every update makes the user a common one',
      body,
      changeRequestBody(updateUser, (given) => ({ role: 1, ...given })),
    ],
  ],
  'delete-user': [
    ['not-done', 'the user stays', gone, doNothing(deleteUser)],
    ['still-shown', 'a deleted user is shown as before', gone, () => remember(getUser)],
    [
      'still-listed',
      'a deleted user stays in the list',
      gone,
      () => {
        const rows = new Map<string, Loose>()
        return changePage(listUsers, (page) => {
          for (const row of page) rows.set(String(row['id']), row)
          return page.length === 0 ? [...rows.values()].slice(-3) : page
        })
      },
    ],
  ],
}
