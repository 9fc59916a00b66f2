import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope, userIdParameter } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'

export const deleteUser = defineOperation({
  id: 'delete-user',
  operationId: 'deleteUser',
  method: 'DELETE',
  path: '/koodrive/ose/v1/users/{userId}',
  title: 'Delete a user',
  description: 'Deletes a user with the individual space. The phone can be provisioned again afterwards.',
  page: documented('deleteUser', 'page'),
  tag: 'Users',
  authentication: 'token',
  params: () => z.object(userIdParameter('deleteUser')),
  response: () => z.object(managementEnvelope('deleteUser')),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'A user and the individual space',
      params: { userId: '1289290865663084545' },
      response: { code: 0, msg: 'success' },
    },
  },
})
