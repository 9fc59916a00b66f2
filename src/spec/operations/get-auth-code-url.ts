import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const answer = fieldsOf('getAuthCodeUrl', 'answer table')

export const getAuthCodeUrl = defineOperation({
  id: 'get-auth-code-url',
  operationId: 'getAuthCodeUrl',
  method: 'GET',
  path: '/koodrive/ose/v1/session/authCodeURL',
  title: 'Get the sign-in address',
  description:
    'The address where a user signs in. The page there redirects to its redirect_uri with an authorization code for createSession. The mock answers a page of its own.',
  page: documented('getAuthCodeUrl', 'page'),
  tag: 'Sessions',
  authentication: 'none',
  query: () =>
    z.object({
      domain: fieldsOf('getAuthCodeUrl', 'query parameters')(
        z
          .string()
          .min(1)
          .max(255)
          .regex(
            /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/,
            'a host name, with a port if need be',
          ),
        'Domain name of the front end, with a port if it has one.',
      ),
    }),
  response: () =>
    z.object({
      uri: answer(z.string(), 'Address of the sign-in page, with client_id, redirect_uri and scope.'),
      orgIdHost: answer(z.string(), 'Origin of the sign-in service.'),
      ...managementEnvelope('getAuthCodeUrl'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed'],
  examples: {
    reference: {
      summary: 'The front end of the reference page',
      query: { domain: 'cn.myhuaweicloud-koodrive.com' },
      response: {
        uri: 'http://127.0.0.1:4010/oauth2/authorize?response_type=code&client_id=be93d606a69a214642bf324e147af3366aef98f2cb1eb0b51bf8a27647d135b0&scope=phone+profile+email&redirect_uri=http%3A%2F%2F127.0.0.1%3A4010%2Foauth2%2Fcode',
        orgIdHost: 'http://127.0.0.1:4010',
        code: 0,
        msg: 'success',
      },
    },
  },
})
