import { z } from 'zod'
import { documented } from '../evidence.ts'
import { managementEnvelope, numberInExample } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const entry = fieldsOf('getSpaceAllocation', 'answer table')

const allocation = namedObject('SpaceAllocation', 'Capacity of one type of space.', () => ({
  type: entry(z.int().min(0).max(2), '0 department, 1 individual, 2 group.'),
  allocateCapacity: entry(z.int().min(0), 'Sum of the spaces of this type in GB.'),
  totalCapacity: entry(z.int().min(0), 'Capacity for spaces of this type in GB.'),
}))

export const getSpaceAllocation = defineOperation({
  id: 'get-space-allocation',
  operationId: 'getSpaceAllocation',
  method: 'GET',
  path: '/koodrive/ose/v1/space/allocation/get',
  title: 'Get the allocation of space',
  description:
    'What is allocated of the capacity, by type of space. The table has a list of numbers, the example one object of strings: reading allocation-form.',
  page: documented('getSpaceAllocation', 'page'),
  tag: 'Spaces',
  authentication: 'token',
  response: () =>
    z.object({
      data: entry(z.array(allocation()), 'One entry for each type. Reading allocation-form.'),
      ...managementEnvelope('getSpaceAllocation', numberInExample('getSpaceAllocation')),
    }),
  successMessage: { 'en-US': 'Operation successful.', 'zh-CN': '操作成功。' },
  errors: ['verifyParametersFailed', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'All types, as the table describes them',
      response: {
        data: [
          { type: 0, allocateCapacity: 42, totalCapacity: 6144 },
          { type: 1, allocateCapacity: 1000, totalCapacity: 2000 },
          { type: 2, allocateCapacity: 0, totalCapacity: 2048 },
        ],
        code: 0,
        msg: 'Operation successful.',
      },
    },
  },
})
