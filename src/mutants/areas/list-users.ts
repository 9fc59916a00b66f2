import { documented } from '../../spec/evidence.ts'
import { listUsers, userInfo } from '../../spec/operations/list-users.ts'
import { userStatuses } from '../../world/directory/user.ts'
import { listed, pageSaid } from '../list-seam.ts'
import { defineMutants } from '../mutant.ts'
import { fieldMutants, said, without } from '../seams.ts'
import { listPageMutants } from './list-pages.ts'
import { listRecordMutants } from './list-records.ts'

const answer = documented('listUsers', 'Table 3')

export const listUsersMutants = [
  ...listPageMutants(listUsers, 'list-users', 'listUsers'),
  ...listRecordMutants(listUsers, 'list-users', 'listUsers'),
  ...defineMutants('list-users', [
    ...fieldMutants('a user', userInfo(), (change) => pageSaid(listUsers, (users) => users.map(change)), 'user-'),
    [
      'list-missing',
      'the answer has no list of users',
      answer,
      () => said(listUsers, (body) => without(body, 'list', 'data')),
    ],
    [
      'list-renamed',
      'the users stand under the key users',
      answer,
      () => said(listUsers, ({ list, data = list, ...body }) => ({ ...body, users: data })),
    ],
    [
      'department-ids-hex',
      'deptId is written in hexadecimal',
      documented('listUsers', 'Table 4'),
      () =>
        pageSaid(listUsers, (users) =>
          users.map((user) => ({ ...user, deptId: `d${BigInt(String(user['deptId'])).toString(16)}` })),
        ),
    ],
    [
      'new-users-hidden',
      'users that are not activated are not listed',
      answer,
      () => listed(listUsers, (found) => found.filter(({ status }) => status !== userStatuses.notActivated)),
    ],
  ]),
]
