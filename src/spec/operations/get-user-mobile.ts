import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope, userIdParameter } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

export const getUserMobile = defineOperation({
  id: 'get-user-mobile',
  operationId: 'getUserMobile',
  method: 'GET',
  path: '/koodrive/ose/v1/users/mobile/{userId}',
  title: "Get a user's mobile number",
  description: 'The mobile number of a user. Whether it is masked is the reading mobile-mask.',
  page: documented('getUserMobile', 'page'),
  tag: 'Users',
  authentication: 'token',
  params: () => z.object(userIdParameter('getUserMobile')),
  response: () =>
    z.object({
      mobile: fieldsOf('getUserMobile', 'answer table')(z.string(), 'Mobile number. Reading mobile-mask.'),
      ...managementEnvelope('getUserMobile'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The user of the reference page',
      params: { userId: '1316083732377070977' },
      response: { mobile: '008618100008439', code: 0, msg: 'success' },
    },
  },
})
