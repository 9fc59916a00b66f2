import { z } from 'zod'
import { documented, inferred, type Page } from './evidence.ts'
import { fieldsOf, namedObject } from './schemas.ts'

/** Fields of a department, with their provenance on a page. */
export const departmentFields = (page: Page) => {
  const of = fieldsOf(page, 'answer table')
  return {
    id: of(z.string(), 'KooDrive id of the department.'),
    orgId: of(z.string(), 'OrgID organisation.'),
    deptId: of(z.string(), 'OrgID id of the department, 32 hex digits.'),
    parentId: of(
      z.string().optional(),
      'KooDrive id of the parent; the root has none, see the reading root-parent.',
      inferred('No page shows the root department; reading root-parent'),
    ),
    name: of(z.string(), 'Name of the department.'),
    tenantId: of(z.string(), 'Id of the tenant.'),
  }
}

/** A department of a list. GetDepartmentList. */
export const departmentInfo = namedObject('DepartmentInfo', 'A department.', () => departmentFields('listDepartments'))

const userFields = (page: Page, table: string) => {
  const of = fieldsOf(page, table)
  return {
    role: of(z.string(), '0 department administrator, 1 common user, 2 system administrator. Text, unlike elsewhere.'),
    userName: of(z.string(), 'Name.'),
    innerUserId: of(z.string(), 'KooDrive id of the user: `id` of listUsers, and X-User-Id.'),
    userId: of(z.string(), 'OrgID id of the user: `userId` of listUsers.'),
    tenantId: of(z.string(), 'Code of the enterprise.'),
    orgId: of(z.string(), 'OrgID organisation.'),
    orgName: of(z.string(), 'Name of the organisation.'),
    userCount: of(z.int().min(0), 'Users of the organisation.'),
    deptId: of(z.string(), 'KooDrive id of the department. A number in the example of authSession.'),
  }
}

/** The user of a new session. createSession, table SessionUserInfo. */
export const sessionUserInfo = namedObject('SessionUserInfo', 'The user of a new session.', () => ({
  ...userFields('createSession', 'table SessionUserInfo'),
  xHwSchema: fieldsOf('createSession', 'table SessionUserInfo')(z.string(), 'Set of database objects of the tenant.'),
}))

/** The user of a token. authSession, table OrgUserInfo. */
export const orgUserInfo = namedObject('OrgUserInfo', 'The user that a token stands for.', () =>
  userFields('authSession', 'table OrgUserInfo'),
)

const space = fieldsOf('batchGetSpace', 'table SpaceInfo')

/** A space, all fields text. GetSpace; the table is complete on the sister page batchGetSpace. */
export const spaceInfo = namedObject('SpaceInfo', 'A space of a department or a user.', () => ({
  type: space(z.enum(['0', '1', '2']), '0 department, 1 individual, 2 group.'),
  status: space(
    z.enum(['0', '1']),
    '0 normal, 1 disabled.',
    documented('batchGetSpace', 'table SpaceInfo; values from UpdateSpace'),
  ),
  ownerId: space(z.string(), 'Id of the department or user that owns the space.'),
  containerId: space(z.string(), 'Id of the space.'),
  bizRootFileId: space(z.string(), 'Root of the plain files.'),
  bizSboxFileId: space(z.string(), 'Root of the safe with encrypted files.'),
  capacity: space(
    z.string(),
    'Size in GB.',
    documented('batchGetSpace', 'table SpaceInfo; the unit is that of CreateSpace'),
  ),
  spaceUsed: space(
    z.string(),
    'Used space in KB.',
    inferred('No page gives the unit; the usage pages of the carrier reference count in KB'),
  ),
  tenantId: space(z.string(), 'Id of the tenant.'),
  creator: space(z.string(), 'KooDrive id of the user who created it.'),
  createTime: space(z.string(), 'When it was created, ISO 8601 in UTC with milliseconds.'),
  modifier: space(z.string(), 'KooDrive id of the user who changed it last.'),
  updateTime: space(z.string(), 'When it was changed last, ISO 8601 in UTC with milliseconds.'),
  rootFileId: space(z.string(), 'Root of the space, the same as bizRootFileId.'),
}))
