import { z } from 'zod'
import { documented } from '../evidence.ts'
import { departmentIdParameter, idText, managementEnvelope } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const body = fieldsOf('updateDepartment', 'request table')

export const updateDepartment = defineOperation({
  id: 'update-department',
  operationId: 'updateDepartment',
  method: 'PUT',
  path: '/koodrive/ose/v1/departments/{department_id}',
  title: 'Update a department',
  description: 'Renames and moves a department in one call; both fields are mandatory, so there is no partial update.',
  page: documented('updateDepartment', 'page'),
  tag: 'Departments',
  authentication: 'token',
  params: () => z.object(departmentIdParameter('updateDepartment')),
  body: () =>
    z.object({
      name: body(z.string().min(1).max(255), 'Name. Reading department-name.'),
      parentId: body(
        idText(),
        'KooDrive id of the parent: neither the department itself nor one below it. At most five levels, the root included.',
      ),
    }),
  response: () => z.object(managementEnvelope('updateDepartment')),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: [
    'verifyParametersFailed',
    'resourceNotFound',
    'maxLevelsExceeded',
    'noSpacePermission',
    'unauthorized',
    ...bodyErrors,
  ],
  examples: {
    reference: {
      summary: 'A new name and a new parent',
      params: { department_id: '1319678187126486144' },
      body: { name: 'test17', parentId: '1243693141656107521' },
      response: { code: 0, msg: 'success' },
    },
  },
})
