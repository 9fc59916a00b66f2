import { z } from 'zod'
import { documented } from '../evidence.ts'
import { idText, managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

export const countUsers = defineOperation({
  id: 'count-users',
  operationId: 'countUsers',
  method: 'GET',
  path: '/koodrive/ose/v1/users/count',
  title: 'Count users',
  description:
    'How many users a department or the organisation has. Whether sub-departments count is the reading count-scope.',
  page: documented('countUsers', 'page'),
  tag: 'Users',
  authentication: 'token',
  query: () =>
    z.object({
      deptId: fieldsOf('countUsers', 'query parameters')(
        idText().optional(),
        'KooDrive id of the department; without it, or empty as in the example, the whole organisation.',
      ),
    }),
  response: () =>
    z.object({
      total: fieldsOf('countUsers', 'answer table')(z.int().min(0), 'Number of users.'),
      ...managementEnvelope('countUsers'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The whole organisation',
      query: { deptId: '' },
      response: { total: 218, code: 0, msg: 'success' },
    },
  },
})
