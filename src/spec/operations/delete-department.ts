import { z } from 'zod'
import { documented } from '../evidence.ts'
import { departmentIdParameter, managementEnvelope } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'

export const deleteDepartment = defineOperation({
  id: 'delete-department',
  operationId: 'deleteDepartment',
  method: 'DELETE',
  path: '/koodrive/ose/v1/departments/{department_id}',
  title: 'Delete a department',
  description:
    'Deletes a department and its team space. What happens to members and sub-departments is the reading department-deletion.',
  page: documented('deleteDepartment', 'page'),
  tag: 'Departments',
  authentication: 'token',
  params: () => z.object(departmentIdParameter('deleteDepartment')),
  response: () => z.object(managementEnvelope('deleteDepartment')),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'A department without members',
      params: { department_id: '1319678187126486144' },
      response: { code: 0, msg: 'success' },
    },
  },
})
