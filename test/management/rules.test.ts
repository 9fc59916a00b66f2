import { describe, expect, it } from 'vitest'
import { management, newDepartment, newUser, rootOf, signIn } from '../support/management.ts'
import { inProcess, type Target } from '../support/targets.ts'
import { fingerprint } from './wrong-input.ts'

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
