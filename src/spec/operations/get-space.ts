import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope, ownerIdParameter } from '../management-fields.ts'
import { spaceInfo } from '../management-objects.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const parameter = fieldsOf('getSpace', 'query parameters')

export const getSpace = defineOperation({
  id: 'get-space',
  operationId: 'getSpace',
  method: 'GET',
  path: '/koodrive/ose/v1/space/{ownerId}',
  title: 'Get a space',
  description: 'The space of a department or of a user. An owner without a space is refused with 13000301.',
  page: documented('getSpace', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  params: () => z.object(ownerIdParameter('getSpace')),
  query: () =>
    z.object({
      type: parameter(z.enum(['0', '1', '2']), '0 department, 1 individual, 2 group. The mock has no groups.'),
      containerId: parameter(
        z.string().max(64).optional(),
        'Id of the space, for a user with several individual spaces. The newest without it. Another id than that of the space finds none.',
      ),
    }),
  response: () =>
    z.object({
      data: fieldsOf('getSpace', 'answer table')(spaceInfo(), 'The space.'),
      ...managementEnvelope('getSpace'),
    }),
  successMessage: { 'en-US': 'OK', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'spaceNotFound', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The individual space of a user',
      params: { ownerId: '1316083732377070977' },
      query: { type: '1' },
      response: {
        data: {
          type: '1',
          status: '0',
          ownerId: '1316083732377070977',
          containerId: 'IAAE49hOR8LulgAAA1410765425310141185',
          bizRootFileId: 'DEUI7pa0C24ArootIAAE49hOR8LulgAAA1410765425310141185',
          bizSboxFileId: 'DEUI7pa0C24AsboxIAAE49hOR8LulgAAA1410765425310141185',
          capacity: '10',
          spaceUsed: '189',
          tenantId: '40086000004871666',
          creator: '369528171409614001',
          createTime: '2023-11-07T20:36:35.000Z',
          modifier: '369528171409614001',
          updateTime: '2023-12-26T11:40:07.000Z',
          rootFileId: 'DEUI7pa0C24ArootIAAE49hOR8LulgAAA1410765425310141185',
        },
        code: 0,
        msg: 'OK',
      },
    },
  },
})
