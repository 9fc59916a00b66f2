import { z } from 'zod'
import type { Page } from './evidence.ts'
import { namedObject } from './field.ts'
import { fieldsOf } from './schemas.ts'

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
