import { z } from 'zod'
import { type Department, levelOf } from '../../../world/directory/departments.ts'
import { maskMobile } from '../../../world/directory/mobiles.ts'
import type { User } from '../../../world/directory/user.ts'
import { badRequest } from '../../problem.ts'
import { issueAuthCode } from '../../sandboxes/actions.ts'
import { authCodeInput } from '../../sandboxes/inputs.ts'
import { defineControl } from '../control-route.ts'
import { issuedAuthCode } from '../shapes/sandboxes.ts'

const MAX_PAGE = 1000

const department = z.object({
  id: z.string(),
  name: z.string(),
  parentId: z.string().nullable().describe('null for the root department.'),
  level: z.int().describe('1 for the root department.'),
})
const user = z.object({
  id: z.string().describe('Id on KooDrive, as X-User-Id carries it.'),
  userId: z.string(),
  name: z.string(),
  mobile: z.string().describe('Masked.'),
  departmentId: z.string(),
  role: z.int(),
  status: z.int(),
  spaceGb: z.number().nullable().describe('Individual space in GB; null without one.'),
})

export const directoryRoutes = [
  defineControl({
    id: 'get-directory',
    method: 'GET',
    path: '/sandboxes/:id/directory',
    summary: 'Departments and users of a sandbox.',
    query: z.strictObject({
      dept: z.string().optional().describe('Id of a department; the whole organisation when absent.'),
      keyWord: z.string().optional().describe('Part of a name.'),
      offset: z.coerce.number().int().min(0).optional().describe('Users to pass over, from 0.'),
      limit: z.coerce
        .number()
        .int()
        .min(1)
        .max(MAX_PAGE)
        .optional()
        .describe('Users of the page, 1 to 1000; 100 when absent.'),
    }),
    answers: '`{departments, total, users}`; mobiles are masked',
    response: z.object({ departments: z.array(department), total: z.int(), users: z.array(user) }),
    handle: ({ sandbox, query: { dept, keyWord = '', offset = 0, limit = 100 } }) => {
      const { directory } = sandbox.read()
      const scope = dept === undefined ? directory.root : directory.departments.find(dept)
      if (scope === undefined)
        throw badRequest(`There is no department "${dept}". Leave dept out to see all departments.`)
      const selection = { scope, direct: false, withSpace: false, keyWord, inMobile: false, spaceStatus: undefined }
      const { total, users } = directory.list(selection, offset, limit)
      return { departments: directory.departments.all().map(toDepartment), total, users: users.map(toUser) }
    },
  }),
]

const toDepartment = (department: Department) => ({
  id: department.id,
  name: department.name,
  parentId: department.parent?.id ?? null,
  level: levelOf(department),
})

const toUser = ({ id, userId, name, mobile, department: { id: departmentId }, role, status, space }: User) => ({
  id,
  userId,
  name,
  mobile: maskMobile(mobile),
  departmentId,
  role,
  status,
  spaceGb: space?.capacityGb ?? null,
})

export const authCodeRoutes = [
  defineControl({
    id: 'create-auth-code',
    method: 'POST',
    path: '/sandboxes/:id/auth-codes',
    summary:
      'Issues an authorization code for POST /koodrive/ose/v1/session, as the sign-in page does. It is good once, within five minutes of virtual time.',
    body: authCodeInput(),
    status: 201,
    answers: '`{code, expiresAt}`',
    response: issuedAuthCode,
    handle: ({ sandbox, body: { login } }) => issueAuthCode(sandbox, login),
  }),
]
