import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { defineOperation } from '../operation.ts'
import { envelope, fieldsOf, listQuery, namedObject } from '../schemas.ts'

const user = fieldsOf('listUsers', 'Table 4')

/** A user. Listing Users, Table 4. */
export const userInfo = namedObject('UserInfo', 'A user of the organisation.', () => ({
  name: user(z.string(), 'Name.'),
  userId: user(z.string(), 'Id of the user.'),
  deptId: user(z.string(), 'Id of the department.'),
  deptName: user(z.string(), 'Name of the department.'),
  mobile: user(z.string(), 'Mobile number, masked: the first 7 and the last 4 digits.'),
  role: user(
    z.int(),
    '0 department administrator, 1 common user, 2 system administrator, 5 member with management permissions.',
    documented('listUsers', 'Table 4; values from UpdateUser (2025-03-07)'),
  ),
  status: user(
    z.int(),
    '0 enabled, 1 disabled, 2 not activated.',
    inferred('0 and 1 from UpdateUser (2025-03-07); 2 from the example and the member guide'),
  ),
  id: user(z.string(), 'Third-party user id.'),
}))

export const listUsers = defineOperation({
  id: 'list-users',
  operationId: 'listUsers',
  method: 'GET',
  path: '/koodrive/ose/v1/userList',
  title: 'List users',
  description: 'The users of a department or of the organisation, in a stable order, page by page.',
  page: documented('listUsers', 'page'),
  tag: 'Organisation',
  authentication: 'token',
  query: () => z.object(listQuery('listUsers', 'Text that the name must contain, in any case.')),
  response: () =>
    z.object({
      list: fieldsOf('listUsers', 'example; the table says data')(z.array(userInfo()), 'Users of this page.'),
      total: fieldsOf('listUsers', 'example')(z.int().min(0), 'Number of users before paging.'),
      ...envelope,
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The first ten users of a department',
      query: { deptId: '1243693141656107521', offset: '0', limit: '10' },
      response: {
        list: [
          {
            id: '1316083732377070977',
            userId: '1008600000293202821',
            deptId: '1243693141656107521',
            deptName: 'newDept',
            mobile: '0086181****8439',
            name: 'Sam',
            role: 1,
            status: 0,
          },
        ],
        total: 1,
        code: 0,
        msg: 'success',
      },
    },
  },
})
