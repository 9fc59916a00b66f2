import { z } from 'zod'
import { documented, example } from '../evidence.ts'
import { idText, managementEnvelope } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const body = fieldsOf('createDepartment', 'request table')

export const createDepartment = defineOperation({
  id: 'create-department',
  operationId: 'createDepartment',
  method: 'POST',
  path: '/koodrive/ose/v1/departments',
  title: 'Create a department',
  description:
    'Creates a department below another one, with a team space when the organisation gives new ones a space.',
  page: documented('createDepartment', 'page'),
  tag: 'Departments',
  authentication: 'token',
  body: () =>
    z.object({
      name: body(z.string().min(1).max(255), 'Name. Reading department-name.'),
      parentId: body(idText(), 'KooDrive id of the parent. At most five levels, the root included.'),
    }),
  response: () =>
    z.object({
      data: fieldsOf('createDepartment', 'answer table')(
        z
          .object({
            id: fieldsOf('createDepartment', 'DeptData')(
              z.string(),
              'KooDrive id of the new department.',
              example('createDepartment', 'table DeptData; the example breaks off inside the id'),
            ),
          })
          .meta({ id: 'DeptData', description: 'Id of what was created.' }),
        'The new department.',
      ),
      ...managementEnvelope('createDepartment'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: [
    'verifyParametersFailed',
    'resourceNotFound',
    'maxLevelsExceeded',
    'insufficientSpace',
    'noSpacePermission',
    'unauthorized',
    ...bodyErrors,
  ],
  links: [
    {
      operationId: 'getDepartment',
      description: 'The id is the department_id of getDepartment.',
      params: { department_id: '/data/id' },
    },
  ],
  examples: {
    reference: {
      summary: 'A department below another one',
      body: { name: 'test16', parentId: '1575416580416769793' },
      response: { data: { id: '1319678187126486144' }, code: 0, msg: 'success' },
    },
  },
})
