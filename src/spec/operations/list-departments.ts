import { z } from 'zod'
import { documented } from '../evidence.ts'
import { idText, managementEnvelope } from '../management-fields.ts'
import { departmentInfo } from '../management-objects.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const parameter = fieldsOf('listDepartments', 'query parameters')

export const listDepartments = defineOperation({
  id: 'list-departments',
  operationId: 'listDepartments',
  method: 'GET',
  path: '/koodrive/ose/v1/departmentList',
  title: 'List departments',
  description:
    'The departments directly below a department: one level, without pages. Ask again with the id of each to walk the tree.',
  page: documented('listDepartments', 'page'),
  tag: 'Departments',
  authentication: 'token',
  query: () =>
    z.object({
      departmentId: parameter(
        idText().optional(),
        'KooDrive id of the department whose sub-departments are listed. Without it: reading department-list-start.',
      ),
      keyWord: parameter(z.string().max(255).optional(), 'Text that the name must contain, in any case.'),
    }),
  response: () =>
    z.object({
      list: fieldsOf('listDepartments', 'answer table')(z.array(departmentInfo()), 'Departments, in a stable order.'),
      ...managementEnvelope('listDepartments'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The sub-departments of a department',
      query: { departmentId: '1575416580416769793' },
      response: {
        list: [
          {
            id: '1248723349513736065',
            orgId: '9190086000001210958',
            deptId: 'b06f091567064db9a1f6a7dc8d08e8a7',
            parentId: '1575416580416769793',
            name: 'Dept',
            tenantId: '40086000004871666',
          },
        ],
        code: 0,
        msg: 'success',
      },
    },
  },
})
