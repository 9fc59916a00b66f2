import { z } from 'zod'
import { documented } from '../evidence.ts'
import { idNumberOrText, managementEnvelope, numberOrText, userIdParameter } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const body = fieldsOf('updateUser', 'request table')

/** Roles that UpdateUser lists. */
const updatedRoles = [0, 1, 2, 5] as const

export const updateUser = defineOperation({
  id: 'update-user',
  operationId: 'updateUser',
  method: 'PUT',
  path: '/koodrive/ose/v1/users/{userId}',
  title: 'Update a user',
  description:
    'Moves a user, changes the role, disables or enables. What is absent stays; at least one field is given.',
  page: documented('updateUser', 'page'),
  tag: 'Users',
  authentication: 'token',
  params: () => z.object(userIdParameter('updateUser')),
  body: () =>
    z.object({
      deptId: body(
        idNumberOrText().optional(),
        'KooDrive id of the new department: a 64-bit integer, exact beyond 2^53, or its digits as a string.',
      ),
      role: body(
        numberOrText(updatedRoles).optional(),
        '0 department administrator, 1 common user, 2 system administrator, 5 member with management permissions.',
      ),
      status: body(
        numberOrText([0, 1]).optional(),
        '0 enabled, sign-in is possible; 1 disabled. (The carrier edition has 7 for frozen instead.)',
      ),
    }),
  response: () => z.object(managementEnvelope('updateUser')),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized', ...bodyErrors],
  examples: {
    reference: {
      summary: 'Move to another department and disable',
      params: { userId: '1289290865663084545' },
      body: { deptId: 1575416580416769793n, status: 1 },
      response: { code: 0, msg: 'success' },
    },
  },
})
