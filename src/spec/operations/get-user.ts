import { z } from 'zod'
import { documented, example, inferred } from '../evidence.ts'
import { managementEnvelope, userIdParameter } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const user = fieldsOf('getUser', 'table userInfo')

/** A user, as getUser shows one. */
const userDetail = namedObject('UserDetail', 'A user of the organisation.', () => ({
  id: user(z.string(), 'KooDrive id of the user.'),
  orgId: user(z.string(), 'OrgID organisation.', example('getUser', 'example; the table has no orgId')),
  userId: user(z.string(), 'OrgID id of the user.'),
  deptId: user(z.string(), 'KooDrive id of the department.'),
  deptName: user(z.string(), 'Name of the department.'),
  mobile: user(z.string(), 'Mobile number, masked: the first 7 and the last 4 digits.'),
  name: user(z.string(), 'Name.'),
  role: user(
    z.int(),
    '0 department administrator, 1 common user, 2 system administrator, 3 drive administrator, 5 member with management permissions.',
    documented('getUser', 'table userInfo; values from CreateUser and UpdateUser'),
  ),
  status: user(
    z.int(),
    '0 enabled, 1 disabled, 2 not activated.',
    inferred('0 and 1 from UpdateUser; 2 from the example of Listing Users'),
  ),
}))

export const getUser = defineOperation({
  id: 'get-user',
  operationId: 'getUser',
  method: 'GET',
  path: '/koodrive/ose/v1/users/{userId}',
  title: 'Get a user',
  description:
    'One user. The path takes the KooDrive id (`id` of listUsers), not the OrgID id (`userId` of listUsers).',
  page: documented('getUser', 'page'),
  tag: 'Users',
  authentication: 'token',
  params: () => z.object(userIdParameter('getUser')),
  response: () =>
    z.object({
      data: fieldsOf('getUser', 'answer table')(userDetail(), 'The user.'),
      ...managementEnvelope('getUser'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The user of the reference page',
      params: { userId: '1316083732377070977' },
      response: {
        data: {
          id: '1316083732377070977',
          orgId: '9190086000001210958',
          userId: '1008600000293202821',
          deptId: '1243693141656107521',
          deptName: 'newDept',
          mobile: '0086181****8439',
          name: 'Sam',
          role: 1,
          status: 0,
        },
        code: 0,
        msg: 'success',
      },
    },
  },
})
