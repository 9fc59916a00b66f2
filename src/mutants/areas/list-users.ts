import { documented } from '../../spec/evidence.ts'
import { listUsers, userInfo } from '../../spec/operations/list-users.ts'
import { userStatuses } from '../../world/directory/user.ts'
import { changeListQuery, changePage, changeSelection } from '../list-seam.ts'
import { defineMutants } from '../mutant.ts'
import { changeBody, fieldMutants, leaveOut } from '../seams.ts'
import { listPageMutants } from './list-pages.ts'
import { listRecordMutants } from './list-records.ts'

const answer = documented('listUsers', 'Table 3')

export const listUsersMutants = [
  ...listPageMutants(listUsers, 'list-users', 'listUsers'),
  ...listRecordMutants(listUsers, 'list-users', 'listUsers'),
  ...defineMutants('list-users', [
    ...fieldMutants('a user', userInfo(), (change) => changePage(listUsers, (users) => users.map(change)), 'user-'),
    ['list-missing', 'the answer has no list of users', answer, leaveOut(listUsers, 'list', 'data')],
    [
      'list-renamed',
      'the users stand under the key users',
      answer,
      changeBody(listUsers, ({ list, data = list, ...body }) => ({ ...body, users: data })),
    ],
    [
      'department-ids-hex',
      'deptId is written in hexadecimal',
      documented('listUsers', 'Table 4'),
      changePage(listUsers, (users) =>
        users.map((user) => ({ ...user, deptId: `d${BigInt(String(user['deptId'])).toString(16)}` })),
      ),
    ],
    [
      'keyword-latin1',
      'the bytes of keyWord are read as Latin-1',
      documented('listUsers', 'Table 1'),
      changeListQuery(listUsers, (query) =>
        query.keyWord === undefined
          ? query
          : { ...query, keyWord: Buffer.from(query.keyWord, 'utf8').toString('latin1') },
      ),
    ],
    [
      'new-users-hidden',
      'users that are not activated are not listed',
      answer,
      changeSelection(listUsers, (found) => found.filter(({ status }) => status !== userStatuses.notActivated)),
    ],
  ]),
]
