import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { defineOperation } from '../operation.ts'
import { envelope, fieldsOf, listQuery, namedObject } from '../schemas.ts'

const space = fieldsOf('listSpaces', 'Table 4')

/** States of a space. UpdateSpace (2025-12-12), `status`. */
export const spaceStatuses = { normal: '0', disabled: '1' } as const

/** A user's individual space. Listing User Spaces, Table 4. */
export const userSpaceInfo = namedObject('UserSpaceInfo', "A user's individual space.", () => ({
  name: space(z.string(), 'Name of the user.'),
  deptId: space(z.string(), 'Id of the department.'),
  deptName: space(z.string(), 'Name of the department.'),
  mobile: space(z.string(), 'Mobile number, masked: the first 7 and the last 4 digits.'),
  role: space(z.int(), 'Role of the user, as in listUsers.'),
  status: space(z.int(), 'Status of the account, as in listUsers.'),
  containerId: space(z.string(), 'Id of the space.'),
  capacity: space(
    z.int().min(0),
    'Size of the space in GB.',
    documented('listSpaces', 'Table 4; the unit is that of CreateSpace (2025-08-28)'),
  ),
  spaceUsed: space(
    z.int().min(0),
    'Used space in KB.',
    inferred('No page gives the unit; the usage pages of the carrier reference count in KB'),
  ),
  tenantId: space(z.string(), 'Id of the tenant.'),
  id: space(z.string(), 'Id of the user space.'),
  userId: space(z.string(), 'Id of the user.'),
  spaceStatus: space(
    z.enum(Object.values(spaceStatuses)),
    '0 normal, 1 disabled.',
    inferred('The page lists no values; those of UpdateSpace (2025-12-12)'),
  ),
}))

export const listUserSpaces = defineOperation({
  id: 'list-user-spaces',
  operationId: 'listUserSpaces',
  method: 'GET',
  path: '/koodrive/ose/v1/space/userList',
  title: 'List user spaces',
  description:
    'The individual spaces of the users of a department or of the organisation, in a stable order, page by page; of a user with several the newest.',
  page: documented('listSpaces', 'page'),
  tag: 'Organisation',
  authentication: 'token',
  query: () =>
    z.object({
      ...listQuery('listSpaces', 'Text that the name or the full mobile number must contain, in any case.'),
      spaceStatus: fieldsOf('listSpaces', 'Table 1')(
        z.enum(Object.values(spaceStatuses)).optional(),
        'Only spaces in this state: 0 normal, 1 disabled.',
        inferred('The page lists no values; those of UpdateSpace (2025-12-12)'),
      ),
    }),
  response: () =>
    z.object({
      total: fieldsOf('listSpaces', 'example; the table says String')(
        z.int().min(0),
        'Number of spaces before paging.',
      ),
      users: fieldsOf('listSpaces', 'Table 3')(z.array(userSpaceInfo()), 'Spaces of this page.'),
      ...envelope,
    }),
  successMessage: { 'en-US': 'OK', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'A page of the whole organisation; optional parameters may be empty',
      query: { deptId: '', isDirect: '', offset: '0', limit: '100', keyWord: '' },
      response: {
        total: 1,
        users: [
          {
            tenantId: 'cad444830661464d9da88784a96d960c',
            status: 0,
            capacity: 10,
            spaceUsed: 189,
            containerId: 'IAAE49hOR8LulgAAA1410765425310141185',
            id: '1410765364786334592',
            role: 1,
            name: 'xx',
            deptName: 'xxx',
            userId: '1008600000445114904',
            deptId: '1410183811475666001',
            mobile: '0086147****6900',
            spaceStatus: '0',
          },
        ],
        code: 0,
        msg: 'OK',
      },
    },
  },
})
