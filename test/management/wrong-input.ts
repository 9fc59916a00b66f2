import { expect } from 'vitest'
import type { Operation } from '../../src/spec/operation.ts'
import { managementOperations } from '../../src/spec/operations.ts'
import { management, newDepartment, newUser, rootOf } from '../support/management.ts'
import type { Target } from '../support/targets.ts'

/** What a refused call must leave as it was. */
export const fingerprint = (target: Target): string => {
  const { directory, managementTasks }: any = target.mock.world.get('default')?.read() ?? {}
  const departments = [...directory.departments.all()].map(({ id, name, parent, spaces }: any) => [
    ...[id, name, parent?.id],
    spaces.length,
  ])
  const { individual, department, freeGb } = directory.capacity
  return JSON.stringify([directory.size, departments, individual, department, freeGb, managementTasks.size])
}

export const VALUES = {
  'an empty string': '""',
  'a string of spaces': '" "',
  null: 'null',
  'a boolean': 'true',
  'a list': '[]',
  'an object': '{}',
  'a fraction': '1.5',
  'a negative number': '-1',
  'a number beyond 2^53': '9007199254740993',
  'its digits': '"9007199254740993"',
  'a number beyond 2^63': '9223372036854775808',
  'a number beyond every double': '1e999',
  'a text of 5,000 characters': JSON.stringify('x'.repeat(5000)),
  'a text with a line break': '"a\\nb"',
  'a text with a null byte': '"a\\u0000b"',
  'half a surrogate pair': '"\\ud800"',
  'the name of a prototype': '"__proto__"',
} as const

/** Right values of every parameter, so that one at a time can be made wrong. */
export async function rightOf(target: Target) {
  const admin = management(target)
  const root = await rootOf(admin)
  const department = await newDepartment(admin, 'Right')
  const user = await newUser(admin, { deptId: department })
  const other = await newUser(admin)
  await admin.ok('POST', `/space/${other}`, { capacity: 1, type: 1 })
  await admin.ok('POST', `/space/${user}`, { capacity: 1, type: 1 })
  const task = (await admin.ok('POST', '/task/create', { taskType: 1, resultId: '1', orgId: '1', orgUserId: '1' }))
    .taskId
  return { root: root.id, department, user, other, task }
}
export type Right = Awaited<ReturnType<typeof rightOf>>

export const bodies: Readonly<Record<string, (right: Right) => Record<string, unknown>>> = {
  createSession: () => ({ code: 'code', domain: 'localhost' }),
  createDepartment: ({ root }) => ({ name: 'Another', parentId: root }),
  updateDepartment: ({ root }) => ({ name: 'Renamed', parentId: root }),
  createUser: ({ department }) => ({
    userId: '1008600000099999999',
    modifyUserInfoReq: { deptId: department, role: '1' },
  }),
  updateUser: ({ root }) => ({ deptId: root, role: 1, status: 1 }),
  createSpace: () => ({ capacity: 1, type: 1 }),
  updateSpace: () => ({ capacity: 2, type: 1, status: 1 }),
  createTask: ({ user, other }) => ({ taskType: 0, srcUserId: user, dstUserId: other }),
}
export const queries: Readonly<Record<string, Record<string, string>>> = {
  getAuthCodeUrl: { domain: 'localhost' },
  getSpace: { type: '1' },
  deleteSpace: { type: '1' },
  listDepartmentSpaces: { offset: '0', limit: '10' },
}
const idsOfPaths: Readonly<Record<string, keyof Right>> = {
  department_id: 'department',
  userId: 'user',
  ownerId: 'user',
  task_id: 'task',
}

export const pathOf = ({ path }: Operation, right: Right, id?: string): string =>
  path
    .replace('/koodrive/ose/v1', '')
    .replace(/\{(\w+)\}/, (_, name: string) => id ?? right[idsOfPaths[name] as keyof Right])

export const all: readonly Operation[] = managementOperations

/** Sends a call and expects a refusal in the shape of the service, or a success; never a fault of the mock. */
export async function expectClear(target: Target, method: string, path: string, body?: string) {
  const before = fingerprint(target)
  const reply = await management(target).call(method, path, body)
  expect([reply.status, reply.text]).not.toEqual([expect.any(Number), ''])
  expect([200, 400, 401, 404, 405]).toContain(reply.status)
  expect(reply.json).toMatchObject({ code: expect.any(Number), msg: expect.any(String) })
  if (reply.status === 200) return reply
  expect(Object.keys(reply.json).sort()).toEqual(['code', 'msg'])
  expect(reply.headers.get('x-mock-diagnosis')).toMatch(/\S/)
  expect(fingerprint(target)).toBe(before)
  return reply
}
