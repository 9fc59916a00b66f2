import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope, ownerIdParameter } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const parameter = fieldsOf('deleteSpace', 'query parameters')

export const deleteSpace = defineOperation({
  id: 'delete-space',
  operationId: 'deleteSpace',
  method: 'DELETE',
  path: '/koodrive/ose/v1/space/{ownerId}',
  title: 'Delete a space',
  description: 'Deletes the space of a department or a user; its capacity is free again.',
  page: documented('deleteSpace', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  params: () => z.object(ownerIdParameter('deleteSpace')),
  query: () =>
    z.object({
      type: parameter(z.enum(['0', '1']), '0 department, 1 individual.'),
      containerId: parameter(
        z.string().max(64).optional(),
        'Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none.',
      ),
    }),
  response: () => z.object(managementEnvelope('deleteSpace')),
  successMessage: { 'en-US': 'OK', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'spaceNotFound', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The space of a department',
      params: { ownerId: '1289173650183882753' },
      query: { type: '0' },
      response: { code: 0, msg: 'OK' },
    },
  },
})
