import { z } from 'zod'
import { documented } from '../evidence.ts'
import { limits } from '../limits.ts'
import { managementEnvelope, numberOrText, ownerIdParameter, wholeNumberOrText } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const body = fieldsOf('updateSpace', 'request table')

export const updateSpace = defineOperation({
  id: 'update-space',
  operationId: 'updateSpace',
  method: 'PUT',
  path: '/koodrive/ose/v1/space/{ownerId}',
  title: 'Update a space',
  description: 'Resizes, disables or enables the space of a department or a user. What is absent stays.',
  page: documented('updateSpace', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  params: () => z.object(ownerIdParameter('updateSpace')),
  body: () =>
    z.object({
      status: body(
        numberOrText([0, 1]).optional(),
        '0 normal, 1 disabled. String in the table, a number in the example: both are taken.',
      ),
      capacity: body(
        wholeNumberOrText(1, limits.spaceCapacityMaxGb).optional(),
        `Size in GB, 1 to ${limits.spaceCapacityMaxGb}: at least what is used, at most what is free besides.`,
        documented('updateSpace', 'request table; unit and range from its carrier edition (2026-02-12)'),
      ),
      type: body(numberOrText([0, 1]), '0 department, 1 individual.'),
      containerId: body(
        z.string().max(64).optional(),
        'Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none.',
      ),
    }),
  response: () => z.object(managementEnvelope('updateSpace')),
  successMessage: { 'en-US': 'OK', 'zh-CN': '成功' },
  errors: [
    'verifyParametersFailed',
    'spaceNotFound',
    'resourceNotFound',
    'insufficientSpace',
    'noSpacePermission',
    'unauthorized',
    ...bodyErrors,
  ],
  examples: {
    reference: {
      summary: 'The space of a department is disabled',
      params: { ownerId: '1289173650183882753' },
      body: { status: 1, type: 0 },
      response: { code: 0, msg: 'OK' },
    },
  },
})
