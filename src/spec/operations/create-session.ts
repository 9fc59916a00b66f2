import { z } from 'zod'
import { documented, example } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { sessionUserInfo } from '../management-objects.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const body = fieldsOf('createSession', 'request table')
const session = fieldsOf('createSession', 'table SessionUserDto')

const sessionInfo = namedObject('SessionInfo', 'A session and its user.', () => ({
  accessToken: session(
    z.string(),
    'Access token; the value carries the word Bearer and goes into Authorization as it is. Reading token-prefix.',
    example('createSession'),
  ),
  sessionId: session(z.string(), 'Id of the session, for x-session-id of refreshSession.'),
  userId: session(z.string(), 'OrgID id of the user.'),
  userInfo: session(sessionUserInfo(), 'The user who signed in.'),
}))

export const createSession = defineOperation({
  id: 'create-session',
  operationId: 'createSession',
  method: 'POST',
  path: '/koodrive/ose/v1/session',
  aliases: ['/koodrive/ose/v1/session/'],
  title: 'Create a session',
  description: 'Redeems an authorization code for an access token. A code is good once and for five minutes.',
  page: documented('createSession', 'page'),
  tag: 'Sessions',
  authentication: 'none',
  body: () =>
    z.object({
      code: body(
        z.string().min(1).max(512),
        'Authorization code from the redirect of the sign-in page. Once, within five minutes.',
        documented('createSession', 'request table; once and five minutes are inferred from OAuth 2.0 (RFC 6749)'),
      ),
      domain: body(
        z.string().max(255).optional(),
        'Domain name of the front end.',
        example('createSession', 'example; the table has no domain'),
      ),
    }),
  response: () =>
    z.object({
      data: fieldsOf('createSession', 'answer table')(sessionInfo(), 'The session.'),
      ...managementEnvelope('createSession'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'unauthorized', ...bodyErrors],
  examples: {
    reference: {
      summary: 'The code of a redirect',
      body: {
        code: 'FrbMohdqi86v6sMZlFSSuG3E0_9RsDpL08BlYfNQPhvibLET266cQhDI_WczEXJOAoIoKGCdqN2shKX1yfqrVci8nSFdMlxljNFhoffVvH93uSzIoyFxK4P7yhY6fDXa',
      },
      response: {
        data: {
          accessToken: 'Bearer 6ebb6266dd5cdefa1d7126af2eb6173ce0a054d8ba4295be',
          sessionId: 'c17c8903e9382a0aa1b82e9d42cb82ba12760a18d6cf018d',
          userId: '1008600000701011122',
          userInfo: {
            role: '2',
            userName: 'Tenant Administrator',
            innerUserId: '1505084218764547200',
            userId: '1008600000701011122',
            tenantId: '40086000004871666',
            orgId: '9190086000001210958',
            orgName: 'KooDrive Mock',
            xHwSchema: 'koodrive_40086000004871666',
            userCount: 200,
            deptId: '1395496464656556464',
          },
        },
        code: 0,
        msg: 'success',
      },
    },
  },
})
