import { describe, expect, it } from 'vitest'
import type { Operation } from '../../src/spec/operation.ts'
import { managementOperations } from '../../src/spec/operations.ts'
import { management, newDepartment, newUser, rootOf, signIn } from '../support/management.ts'
import { inProcess, type Target } from '../support/targets.ts'

/** What a refused call must leave as it was. */
const fingerprint = (target: Target): string => {
  const { directory, managementTasks }: any = target.mock.world.get('default')?.read() ?? {}
  const departments = [...directory.departments.all()].map(({ id, name, parent, spaces }: any) => [
    ...[id, name, parent?.id],
    spaces.length,
  ])
  const { individual, department, freeGb } = directory.capacity
  return JSON.stringify([directory.size, departments, individual, department, freeGb, managementTasks.size])
}

const VALUES = {
  'an empty text': '""',
  'a blank text': '" "',
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
async function rightOf(target: Target) {
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
type Right = Awaited<ReturnType<typeof rightOf>>

const bodies: Readonly<Record<string, (right: Right) => Record<string, unknown>>> = {
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
const queries: Readonly<Record<string, Record<string, string>>> = {
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

const pathOf = ({ path }: Operation, right: Right, id?: string): string =>
  path
    .replace('/koodrive/ose/v1', '')
    .replace(/\{(\w+)\}/, (_, name: string) => id ?? right[idsOfPaths[name] as keyof Right])

const all: readonly Operation[] = managementOperations

/** Sends a call and expects a refusal in the shape of the service, or a success; never a fault of the mock. */
async function expectClear(target: Target, method: string, path: string, body?: string) {
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

describe('every field of a body, made wrong', () => {
  const withBody = all.filter(({ body }) => body !== undefined)
  it.each(withBody.map((operation) => [operation.operationId, operation] as const))('%s', async (id, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    const body = bodies[id]?.(right) ?? {}
    const names = Object.keys(operation.body?.shape ?? {})
    for (const name of names) {
      for (const [what, value] of Object.entries(VALUES)) {
        const others = Object.entries(body).filter(([other]) => other !== name)
        const text = `{${[...others.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one)}`), `${JSON.stringify(name)}:${value}`].join(',')}}`
        // Deleting by a transfer must never follow from a wrong value.
        await expectClear(target, operation.method, pathOf(operation, right), text).catch((error: Error) => {
          throw new Error(`${name} is ${what}: ${error.message}`)
        })
      }
    }
  })

  it.each(
    withBody.flatMap((operation) =>
      Object.entries(operation.body?.shape ?? {})
        .filter(([, schema]) => !(schema as any).safeParse(undefined).success)
        .map(([name]) => [operation.operationId, name, operation] as const),
    ),
  )('%s without %s is refused', async (id, name, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    const { [name]: _left, ...body } = bodies[id]?.(right) ?? {}
    const reply = await expectClear(target, operation.method, pathOf(operation, right), JSON.stringify(body))
    expect([reply.status, reply.json.code]).toEqual([400, 13000102])
    expect(reply.headers.get('x-mock-diagnosis')).toContain(name)
  })

  it.each(withBody.map((operation) => [operation.operationId, operation] as const))(
    '%s with a body that is no object is refused',
    async (_, operation) => {
      const target = inProcess()
      const right = await rightOf(target)
      for (const body of ['', 'null', '[]', '"x"', '7', '{', '{"a":1}}', '{"name":"\\x"}']) {
        const reply = await expectClear(target, operation.method, pathOf(operation, right), body)
        expect([body, reply.json.code]).toEqual([body, 13000102])
      }
    },
  )
})

describe('every id of a path, made wrong', () => {
  const withId = all.filter(({ params }) => params !== undefined)
  it.each(withId.map((operation) => [operation.operationId, operation] as const))('%s', async (id, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    const foreign = management({ ...target, mock: target.mock }, '')
    expect(foreign.authorization).toBe('')
    const other = inProcess({ seed: 7 })
    const elsewhere = await newUser(management(other))
    const query = new URLSearchParams(queries[id]).toString()
    const body = bodies[id] && JSON.stringify(bodies[id]?.(right))
    for (const wrong of [
      ...['0', '-1', '1', 'abc', '1.5', '1e3', '%00', '%20', '%2e%2e', '%F0%9F%98%80', '__proto__', 'constructor'],
      ...['9007199254740993', '9223372036854775807', '9223372036854775808', '99999999999999999999999', elsewhere],
    ]) {
      const path = `${pathOf(operation, right, wrong)}${query === '' ? '' : `?${query}`}`
      const reply = await expectClear(target, operation.method, path, body)
      expect([wrong, reply.status]).toEqual([wrong, expect.not.stringMatching(/^200$/)])
      expect([wrong, reply.status === 200]).toEqual([wrong, false])
    }
  })
})

describe('every parameter of a query, made wrong', () => {
  const withQuery = all.filter(({ query }) => query !== undefined)
  it.each(withQuery.map((operation) => [operation.operationId, operation] as const))('%s', async (id, operation) => {
    const target = inProcess()
    const right = await rightOf(target)
    for (const name of Object.keys(operation.query?.shape ?? {})) {
      for (const value of ['', ' ', 'abc', '-1', '0', '101', '1.5', '9007199254740993', '%', 'x'.repeat(5000), '[]']) {
        const query = new URLSearchParams({ ...queries[id], [name]: value }).toString()
        await expectClear(target, operation.method, `${pathOf(operation, right)}?${query}`)
      }
      const twice = new URLSearchParams([...Object.entries(queries[id] ?? {}), [name, '1'], [name, '1']]).toString()
      await expectClear(target, operation.method, `${pathOf(operation, right)}?${twice}`)
    }
    const required = Object.keys(queries[id] ?? {})
    for (const name of required) {
      const { [name]: _left, ...others } = queries[id] as Record<string, string>
      const path = `${pathOf(operation, right)}?${new URLSearchParams(others)}`
      expect((await expectClear(target, operation.method, path)).json.code).toBe(13000102)
    }
  })
})

const CODES = { parameter: 13000102, unknown: 13000309, levels: 13000310, space: 13000311, exists: 40000009 } as const

/** What the organisation itself forbids: set up, call, the code that refuses it, and what the diagnosis says. */
const rules: Readonly<
  Record<
    string,
    (
      target: Target,
      admin: ReturnType<typeof management>,
    ) => Promise<readonly [string, string, unknown, number, RegExp]>
  >
> = {
  'a department below itself': async (_, admin) => {
    const id = await newDepartment(admin, 'Snake')
    return ['PUT', `/departments/${id}`, { name: 'Snake', parentId: id }, CODES.parameter, /cycle/]
  },
  'a cycle of departments': async (_, admin) => {
    const above = await newDepartment(admin, 'Above')
    const below = await newDepartment(admin, 'Below', above)
    return ['PUT', `/departments/${above}`, { name: 'Above', parentId: below }, CODES.parameter, /cycle/]
  },
  'a sixth level': async (_, admin) => {
    let parent = (await rootOf(admin)).id
    for (let level = 2; level <= 5; level += 1) parent = await newDepartment(admin, `Level ${level}`, parent)
    return ['POST', '/departments', { name: 'Level 6', parentId: parent }, CODES.levels, /6 levels/]
  },
  'a subtree that would reach a sixth level': async (_, admin) => {
    let parent = (await rootOf(admin)).id
    for (let level = 2; level <= 4; level += 1) parent = await newDepartment(admin, `Level ${level}`, parent)
    const tall = await newDepartment(admin, 'Tall')
    await newDepartment(admin, 'Taller', tall)
    return ['PUT', `/departments/${tall}`, { name: 'Tall', parentId: parent }, CODES.levels, /6 levels/]
  },
  'a name that is there already': async (_, admin) => {
    await newDepartment(admin, 'Twin')
    return ['POST', '/departments', { name: 'Twin', parentId: (await rootOf(admin)).id }, CODES.parameter, /already/]
  },
  'a name of 21 characters': async (_, admin) => {
    const { id } = await rootOf(admin)
    return ['POST', '/departments', { name: '部'.repeat(21), parentId: id }, CODES.parameter, /21 characters/]
  },
  'the deletion of the root': async (_, admin) => {
    return ['DELETE', `/departments/${(await rootOf(admin)).id}`, undefined, CODES.parameter, /root/]
  },
  'the deletion of a department with a member': async (_, admin) => {
    const id = await newDepartment(admin, 'Held')
    await newUser(admin, { deptId: id })
    return ['DELETE', `/departments/${id}`, undefined, CODES.parameter, /holds 1 user/]
  },
  'the deletion of a department with a sub-department': async (_, admin) => {
    const id = await newDepartment(admin, 'Held')
    await newDepartment(admin, 'Holder', id)
    return ['DELETE', `/departments/${id}`, undefined, CODES.parameter, /sub-department/]
  },
  'the deletion of oneself': async ({ mock }) => {
    return ['DELETE', `/users/${mock.credentials.userId}`, undefined, CODES.parameter, /himself or herself/]
  },
  'the deletion of the last administrator': async ({ mock }, admin) => {
    const app = management({ mock } as Target, `Bearer ${mock.credentials.tokens.app}`)
    expect(app.authorization).not.toBe(admin.authorization)
    return ['DELETE', `/users/${mock.credentials.userId}`, 'app', CODES.parameter, /last system administrator/]
  },
  'the demotion of the last administrator': async ({ mock }) => {
    return ['PUT', `/users/${mock.credentials.userId}`, { role: 1 }, CODES.parameter, /last system administrator/]
  },
  'the last administrator disabled': async ({ mock }) => {
    return ['PUT', `/users/${mock.credentials.userId}`, { status: 1 }, CODES.parameter, /last system administrator/]
  },
  'a role that no page lists': async (_, admin) => {
    return ['PUT', `/users/${await newUser(admin)}`, { role: 4 }, CODES.parameter, /0, 1, 2 or 5/]
  },
  'a status that no page lists': async (_, admin) => {
    return ['PUT', `/users/${await newUser(admin)}`, { status: 7 }, CODES.parameter, /0 or 1/]
  },
  'a user moved to a department that was deleted': async (_, admin) => {
    const id = await newDepartment(admin, 'Gone')
    await admin.ok('DELETE', `/departments/${id}`)
    return ['PUT', `/users/${await newUser(admin)}`, `{"deptId":${id}}`, CODES.unknown, /no department/]
  },
  'a member who is a user already': async (_, admin) => {
    await admin.ok('POST', '/users', { userId: '1008600000029937613' })
    return ['POST', '/users', { userId: '1008600000029937613' }, CODES.exists, /exists already/]
  },
  'an update that changes nothing': async (_, admin) => {
    return ['PUT', `/users/${await newUser(admin)}`, {}, CODES.parameter, /changes nothing/]
  },
  'a user deleted twice': async (_, admin) => {
    const id = await newUser(admin)
    await admin.ok('DELETE', `/users/${id}`)
    return ['DELETE', `/users/${id}`, undefined, CODES.unknown, /no user/]
  },
  'a space beyond what is free': async (_, admin) => {
    const { data } = await admin.ok('GET', '/service/quotaUsed')
    const free = data.personalSpaceQuota - data.personalSpaceQuotaUsed
    return ['POST', `/space/${await newUser(admin)}`, { capacity: free + 1, type: 1 }, CODES.space, /free capacity/]
  },
  'a space that grows beyond what is free': async (_, admin) => {
    const id = await newUser(admin)
    await admin.ok('POST', `/space/${id}`, { capacity: 1, type: 1 })
    return ['PUT', `/space/${id}`, { capacity: 104_857_600, type: 1 }, CODES.space, /free capacity/]
  },
  'a space that nobody has': async (_, admin) => {
    return ['GET', `/space/${await newUser(admin)}?type=1`, undefined, 13000301, /has no space/]
  },
  'a space of a group': async (_, admin) => {
    return ['GET', `/space/${await newUser(admin)}?type=2`, undefined, 13000301, /no group/]
  },
  'a transfer to oneself': async (_, admin) => {
    const id = await newUser(admin)
    return ['POST', '/task/create', { taskType: 0, srcUserId: id, dstUserId: id }, CODES.parameter, /same user/]
  },
  'a transfer without a receiver': async (_, admin) => {
    return ['POST', '/task/create', { taskType: 0, srcUserId: await newUser(admin) }, CODES.parameter, /dstUserId/]
  },
  'an import without an upload': async () => {
    return ['POST', '/task/create', { taskType: 1, orgId: '1', orgUserId: '1' }, CODES.parameter, /resultId/]
  },
}

describe('what the organisation forbids', () => {
  it.each(Object.entries(rules))('%s is refused, and nothing is half done', async (_, stage) => {
    const target = inProcess()
    const admin = management(target)
    const [method, path, body, code, why] = await stage(target, admin)
    const caller = body === 'app' ? management(target, `Bearer ${target.mock.credentials.tokens.app}`) : admin
    const before = fingerprint(target)
    const reply = await caller.call(method, path, body === 'app' ? undefined : body)
    expect([reply.status, reply.json.code]).toEqual([400, code])
    expect(reply.headers.get('x-mock-diagnosis')).toMatch(why)
    expect(reply.headers.get('x-mock-rule')).toMatch(/; inferred$/)
    expect(fingerprint(target)).toBe(before)
  })

  it('two updates at once end in one of them, whole', async () => {
    const target = inProcess()
    const admin = management(target)
    const id = await newUser(admin)
    const [left, right] = [await newDepartment(admin, 'Left'), await newDepartment(admin, 'Right')]
    await Promise.all([
      admin.ok('PUT', `/users/${id}`, `{"deptId":${left},"role":0}`),
      admin.ok('PUT', `/users/${id}`, `{"deptId":${right},"role":1}`),
    ])
    const { data } = await admin.ok('GET', `/users/${id}`)
    expect([
      [left, 0],
      [right, 1],
    ]).toContainEqual([data.deptId, data.role])
    const count = async (deptId: string) => (await admin.ok('GET', `/users/count?deptId=${deptId}`)).total
    expect([await count(left), await count(right)].sort()).toEqual([0, 1])
  })

  it('two deletions at once delete once', async () => {
    const target = inProcess()
    const admin = management(target)
    const id = await newUser(admin)
    const both = await Promise.all([admin.call('DELETE', `/users/${id}`), admin.call('DELETE', `/users/${id}`)])
    expect(both.map(({ json }) => json.code).sort()).toEqual([0, 13000309])
  })

  it('a code redeemed twice at once opens one session', async () => {
    const target = inProcess()
    const { headers } = await target.client.send('GET', '/oauth2/authorize?login=admin')
    const code = new URL(headers.get('location') ?? '').searchParams.get('code')
    const guest = management(target, '')
    const both = await Promise.all([guest.call('POST', '/session', { code }), guest.call('POST', '/session', { code })])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401])
    expect((await signIn(target, 'admin')).session.sessionId).toMatch(/^[0-9a-f]{48}$/)
  })
})
