import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'

export const logout = defineOperation({
  id: 'logout',
  operationId: 'logout',
  method: 'GET',
  path: '/koodrive/ose/v1/session/logoff',
  title: 'Sign out',
  description:
    'Ends the session of the token. Authorization is optional: without it there is nothing to end, and 0 is answered.',
  page: documented('logout', 'page'),
  tag: 'Sessions',
  authentication: 'optional-session',
  response: () => z.object(managementEnvelope('logout')),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'unauthorized'],
  examples: {
    reference: { summary: 'The session ends', response: { code: 0, msg: 'success' } },
  },
})
