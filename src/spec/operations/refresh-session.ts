import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

export const refreshSession = defineOperation({
  id: 'refresh-session',
  operationId: 'refreshSession',
  method: 'POST',
  path: '/koodrive/ose/v1/session/refresh',
  title: 'Refresh a session',
  description: 'A further access token for a session. What becomes of the old one is the reading refreshed-token.',
  page: documented('refreshSession', 'page'),
  tag: 'Sessions',
  authentication: 'session',
  headers: () =>
    z.object({
      'x-session-id': fieldsOf('refreshSession', 'header table')(
        z.string().min(1).max(128),
        'Id of the session: sessionId of createSession.',
      ),
    }),
  response: () =>
    z.object({
      accessToken: fieldsOf('refreshSession', 'answer table')(
        z.string(),
        'Access token; the value carries the word Bearer. Reading token-prefix.',
      ),
      ...managementEnvelope('refreshSession'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The session of createSession',
      headers: { 'x-session-id': 'c17c8903e9382a0aa1b82e9d42cb82ba12760a18d6cf018d' },
      response: { accessToken: 'Bearer 013b4daf12f4099a6eb74e2708000cb7a418409192f3e149', code: 0, msg: 'success' },
    },
  },
})
