import { z } from 'zod'
import { documented } from '../evidence.ts'
import { departmentIdParameter, managementEnvelope } from '../management-fields.ts'
import { departmentFields } from '../management-objects.ts'
import { defineOperation } from '../operation.ts'

export const getDepartment = defineOperation({
  id: 'get-department',
  operationId: 'getDepartment',
  method: 'GET',
  path: '/koodrive/ose/v1/departments/{department_id}',
  title: 'Get a department',
  description: 'One department. The fields stand beside code and msg, not in `data`.',
  page: documented('getDepartment', 'page'),
  tag: 'Departments',
  authentication: 'token',
  params: () => z.object(departmentIdParameter('getDepartment')),
  response: () => z.object({ ...departmentFields('getDepartment'), ...managementEnvelope('getDepartment') }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'The department that the reference pages name',
      params: { department_id: '1575416580416769793' },
      response: {
        id: '1575416580416769793',
        orgId: '9190086000001210958',
        deptId: 'a4fd0d798f5344ccac2c695646ef66d3',
        parentId: '1245640257345455489',
        name: 'Product',
        tenantId: '40086000004871666',
        code: 0,
        msg: 'success',
      },
    },
  },
})
