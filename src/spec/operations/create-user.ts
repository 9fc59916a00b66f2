import { z } from 'zod'
import { documented, example } from '../evidence.ts'
import { idNumberOrText, managementEnvelope, numberOrText } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const body = fieldsOf('createUser', 'request table')
const info = fieldsOf('createUser', 'table modifyUserInfoReq')

/** Roles that CreateUser lists. */
const createdRoles = [0, 1, 2, 3, 5] as const

const modifyUserInfo = namedObject('ModifyUserInfo', 'Department and role of a new user.', () => ({
  deptId: info(
    idNumberOrText().optional(),
    'KooDrive id of the department, the root when absent. A String here, a Long in UpdateUser: both are taken.',
  ),
  role: info(
    numberOrText(createdRoles).optional(),
    '0 department administrator, 1 common user (default), 2 system administrator, 3 drive administrator, 5 member with management permissions. A String here, an Integer in UpdateUser: both are taken.',
  ),
}))

export const createUser = defineOperation({
  id: 'create-user',
  operationId: 'createUser',
  method: 'POST',
  path: '/koodrive/ose/v1/users',
  title: 'Add a user',
  description:
    'Adds a member of the OrgID organisation to KooDrive, where the member gets a new id. Which id the answer carries is the reading created-user-id.',
  page: documented('createUser', 'page'),
  tag: 'Users',
  authentication: 'token',
  body: () =>
    z.object({
      userId: body(
        z.string().regex(/^[1-9][0-9]{0,19}$/, '1 to 20 digits that do not begin with 0'),
        'OrgID id of the member, such as 1008600000029937613.',
      ),
      modifyUserInfoReq: body(
        modifyUserInfo().optional(),
        'Department and role. The table says mandatory, the example leaves it out.',
        example('createUser', 'example; the table says mandatory'),
      ),
    }),
  response: () =>
    z.object({
      data: fieldsOf('createUser', 'answer table')(
        z
          .object({
            id: fieldsOf('createUser', 'table DeptData')(
              z.string(),
              'Id; the table calls it that of a department. Reading created-user-id.',
            ),
          })
          .optional(),
        'The new user; the example leaves it out. Reading created-user-id.',
      ),
      ...managementEnvelope('createUser'),
    }),
  successMessage: { 'en-US': 'success', 'zh-CN': '成功' },
  errors: [
    'verifyParametersFailed',
    'resourceNotFound',
    'userExists',
    'noSpacePermission',
    'unauthorized',
    ...bodyErrors,
  ],
  links: [
    {
      operationId: 'getUser',
      description: 'The id is the userId of getUser.',
      params: { userId: '/data/id' },
    },
  ],
  examples: {
    reference: {
      summary: 'A member of the organisation, with the defaults',
      body: { userId: '1008600000029937613' },
      response: { data: { id: '1289290865663084545' }, code: 0, msg: 'success' },
    },
    department: {
      summary: 'A common user of a department',
      body: {
        userId: '1008600000029937614',
        modifyUserInfoReq: { deptId: '1575416580416769793', role: '1' },
      },
      response: { data: { id: '1289290865663084673' }, code: 0, msg: 'success' },
    },
  },
})
