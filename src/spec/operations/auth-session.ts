import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { orgUserInfo } from '../management-objects.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

export const authSession = defineOperation({
  id: 'auth-session',
  operationId: 'authSession',
  method: 'GET',
  path: '/koodrive/ose/v1/session/auth',
  title: 'Check a session',
  description: 'The user that an access token stands for. Extends the life of the token like every call.',
  page: documented('authSession', 'page'),
  tag: 'Sessions',
  authentication: 'session',
  response: () =>
    z.object({
      data: fieldsOf('authSession', 'answer table')(orgUserInfo(), 'The user.'),
      ...managementEnvelope('authSession'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'unauthorized'],
  examples: {
    reference: {
      summary: 'A system administrator',
      response: {
        data: {
          role: '2',
          userName: 'Tenant Administrator',
          innerUserId: '369528171409614001',
          userId: '1008600000016806899',
          tenantId: '40086000004871666',
          orgId: '9190086000001210958',
          orgName: 'KooDrive',
          deptId: '1395496464656556464',
          userCount: 7000,
        },
        code: 0,
        msg: 'success',
      },
    },
  },
})
