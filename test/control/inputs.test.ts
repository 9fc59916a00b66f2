import { describe, expect, it } from 'vitest'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { paths } from '../support/client.ts'
import { closeServers, controlServer } from '../support/control-server.ts'

closeServers()

type Row = readonly [method: string, path: string, body: unknown, detail: RegExp]

const sandboxes: readonly Row[] = [
  ['POST', '', { sede: 1 }, /"sede".*Did you mean "seed"\?.*Allowed: seed, users, departments/],
  ['POST', '', { seed: -1 }, /^seed: expected a number of at least 0, got -1/],
  ['POST', '', { seed: '1' }, /^seed: expected a number, got "1"/],
  ['POST', '', { users: 1.5 }, /^users: expected a whole number/],
  ['POST', '', { users: 10_000_001 }, /^users: expected a number of at most 10000000/],
  ['POST', '', { departments: 0 }, /^departments: /],
  ['POST', '', { scenario: 'duplicate' }, /"duplicate".*Did you mean "duplicates"/],
  ['POST', '', { scenario: { batch: { rowsPerSecond: 0 } } }, /^scenario\.batch\.rowsPerSecond: /],
  ['POST', '', { scenario: 5 }, /^scenario: expected a string or an object, got 5/],
  ['POST', '', { readings: { 'code-tpe': 'string' } }, /Did you mean "code-type"/],
  ['POST', '', { readings: { 'code-type': 'boolean' } }, /code-type.*number, string/],
  ['POST', '', { now: 'yesterday' }, /^now: .*ISO 8601.*"yesterday"/],
  ['POST', '', { speed: 0 }, /^speed: /],
  ['POST', '', [], /expected an object, got a list/],
  ['POST', '', '{', /not JSON/],
]

const below: readonly Row[] = [
  ['PUT', '/scenario', { scenario: 'nope' }, /"nope".*Built in: happy-path/],
  ['PUT', '/scenario', { name: 'mine', batsh: {} }, /"batsh".*Did you mean "batch"/],
  ['PUT', '/readings', { nope: 'x' }, /nope/],
  ['PUT', '/readings', { 'code-type': 'x' }, /number, string/],
  ['POST', '/faults', { kind: 'gremlin' }, /^kind: .*"gremlin".*Allowed: latency, error, throttle/],
  ['POST', '/faults', { kind: 'latency' }, /^delay: /],
  ['POST', '/faults', { kind: 'error' }, /^error: it is missing.*"resourceNotFound".*status/],
  ['POST', '/faults', { kind: 'error', error: 'resourceNotFond' }, /^error: .*Did you mean "resourceNotFound"/],
  ['POST', '/faults', { kind: 'error', error: 13000999 }, /^error: it does not take 13000999.*13000102/],
  ['POST', '/faults', { kind: 'error', error: 'unauthorized', status: 401 }, /^status: it does not go with error/],
  ['POST', '/faults', { kind: 'error', error: 'unauthorized', msg: 'x' }, /^msg: it does not go with error/],
  ['POST', '/faults', { kind: 'error', status: 301 }, /^status: expected 200, or a number from 400 to 599, got 301/],
  ['POST', '/faults', { kind: 'error', status: 200 }, /^code: with status 200 a code that is not 0/],
  ['POST', '/faults', { kind: 'error', status: 400, code: '' }, /^code: /],
  ['POST', '/faults', { kind: 'error', status: 400, msg: 7 }, /^msg: expected a string, got 7/],
  ['POST', '/faults', { kind: 'reset', operation: 'listUser' }, /^operation: .*Did you mean "listUsers"/],
  ['POST', '/faults', { kind: 'reset', probability: 2 }, /^probability: .*at most 1, got 2/],
  ['POST', '/auth-codes', {}, /^login: /],
  ['POST', '/auth-codes', { login: 7 }, /^login: /],
  ['POST', '/auth-codes', { login: '' }, /^login: /],
  [
    'POST',
    '/auth-codes',
    { login: 'nobody' },
    /^login: login nobody is nobody of this organisation.*admin, deptAdmin, user/,
  ],
  // A required field that is misspelt is named as it was given.
  ['POST', '/faults', { knd: 'latency' }, /there is no field "knd"\. Did you mean "kind"/],
  ['POST', '/faults', { kind: 'error', eror: 'userExists' }, /there is no field "eror"\. Did you mean "error"/],
  ['POST', '/faults', { operation: 'listUsers' }, /^kind: it is missing\. Allowed: latency, /],
  ['POST', '/clock/advance', { By: 'PT1M' }, /there is no field "By"\. Did you mean "by"/],
  ['POST', '/auth-codes', { logn: 'admin' }, /there is no field "logn"\. Did you mean "login"/],
  [
    'PUT',
    '/routes',
    { routes: [{ mathod: 'GET' }] },
    /^routes\[0\]: there is no field "mathod"\. Did you mean "method"/,
  ],
  ['POST', '/tokens', { kind: 'root' }, /^kind: .*admin, deptAdmin, user, app/],
  ['POST', '/tokens', { kind: 'admin', lifeSeconds: 0 }, /^lifeSeconds: /],
]

describe('a wrong body', () => {
  it.each(sandboxes)('%s sandboxes%s %j is refused with what is allowed', async (method, path, body, detail) => {
    const server = await controlServer()
    const { status, type, json } = await server.call(method, `sandboxes${path}`, body)
    expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' })
    expect(json.detail).toMatch(detail)
    expect(server.mock.world.size).toBe(1)
  })

  it.each(below)(
    '%s sandboxes/:id%s %j is refused with what is allowed, and nothing changes',
    async (method, path, body, detail) => {
      const sandbox = await (await controlServer()).sandbox()
      const before = (await sandbox.control('GET', '')).json
      const { status, type, json } = await sandbox.control(method, path, body)
      expect({ status, type }).toEqual({ status: 400, type: 'application/problem+json' })
      expect(json.detail).toMatch(detail)
      expect((await sandbox.control('GET', '')).json).toEqual(before)
    },
  )
})

describe('what is not there', () => {
  it.each([
    ['GET', 'sandbox', 'GET /__admin/sandboxes'],
    ['POST', 'sandboxes/default/clok/advance', 'POST /__admin/sandboxes/default/clock/advance'],
    ['GET', 'sandboxes/default/clock/advance', 'POST /__admin/sandboxes/default/clock/advance'],
    ['GET', 'sandboxes/default/task', 'GET /__admin/sandboxes/default/tasks'],
    ['PATCH', 'sandboxes/default/scenario', 'PUT /__admin/sandboxes/default/scenario'],
  ])('%s %s answers 404 with what was probably meant', async (method, path, meant) => {
    const { status, json } = await (await controlServer()).call(method, path, method === 'GET' ? undefined : {})
    expect([status, json.detail]).toEqual([404, expect.stringContaining(`Did you mean ${meant}?`)])
  })

  const named = controlRoutes.filter(({ path }) => path.includes(':id'))
  const bodies: Record<string, unknown> = {
    'advance-clock': { by: 'PT1S' },
    'set-clock': { frozen: true },
    'set-scenario': { scenario: 'race' },
    'add-fault': { kind: 'reset' },
    'issue-token': { kind: 'admin' },
    'create-auth-code': { login: 'admin' },
    'verify-requests': { operation: 'listUsers', count: { min: 1 } },
    'set-routes': { routes: [] },
    'compare-own-text': { text: 'GET' },
  }
  it.each(named.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s answers 404 for an unknown sandbox and says how to find one',
    async (_, { id, method, path }) => {
      const { call } = await controlServer()
      const body = method === 'GET' || method === 'DELETE' ? undefined : (bodies[id] ?? {})
      const { status, type, json } = await call(
        method,
        path.slice(1).replace(':id', 'nope').replace(/:\w+/g, 'x'),
        body,
      )
      expect({ status, type }).toEqual({ status: 404, type: 'application/problem+json' })
      expect(json.detail).toContain('There is no sandbox "nope"')
    },
  )

  it.each([
    ['GET', '/tasks/1'],
    ['POST', '/tasks/1/complete'],
    ['POST', '/tasks/1/fail'],
    ['GET', '/faults/fault-9'],
    ['DELETE', '/faults/fault-9'],
    ['DELETE', '/tokens/nope'],
    ['DELETE', '/tokens/mock-admin-token'],
  ])('%s sandboxes/:id%s answers 404', async (method, path) => {
    const sandbox = await (await controlServer()).sandbox()
    expect(await sandbox.control(method, path)).toMatchObject({ status: 404, type: 'application/problem+json' })
  })
})

describe('tasks', () => {
  it('are listed, shown row by row, completed and failed', async () => {
    const sandbox = await (await controlServer()).sandbox({ scenario: 'slow-batch' })
    const [one, two] = [await sandbox.provision('13800000001', '13800000002'), await sandbox.provision('13800000003')]
    const { json: list } = await sandbox.control('GET', '/tasks')
    expect(list.tasks.map(({ taskId, status }: any) => [taskId, status])).toEqual([
      [one, '0'],
      [two, '0'],
    ])
    expect((await sandbox.control('POST', `/tasks/${one}/complete`)).json).toMatchObject({
      status: '2',
      successCount: 2,
    })
    expect((await sandbox.control('POST', `/tasks/${two}/fail`)).json).toMatchObject({ status: '3', successCount: 0 })
    expect((await sandbox.task(one)).taskInfo.status).toBe('2')
    expect((await sandbox.task(two)).taskInfo.status).toBe('3')
    const { json } = await sandbox.control('GET', `/tasks/${one}`)
    expect(json.rows.map(({ phone, outcome }: any) => [phone, outcome])).toEqual([
      ['13800000001', 'success'],
      ['13800000002', 'success'],
    ])
    expect(await sandbox.control('POST', `/tasks/${one}/fail`)).toMatchObject({ status: 409 })
  })
})

describe('scenario and readings of a running sandbox', () => {
  it('keep the users that were provisioned before', async () => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.provision('13800000001')
    await sandbox.advance('PT1M')
    for (const scenario of ['shifting-pages', 'race', 'quota-exhausted', 'throttled', 'happy-path']) {
      await sandbox.control('PUT', '/scenario', { scenario })
      expect((await sandbox.control('GET', '')).json.counts.users).toBe(201)
    }
  })

  it('are an inline scenario and a reading at once', async () => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.control('PUT', '/scenario', { batch: { finalStatus: 'failed' } })
    await sandbox.control('PUT', '/readings', { 'code-type': 'string' })
    const taskId = await sandbox.provision('13800000001')
    await sandbox.advance('PT1M')
    expect((await sandbox.task(taskId)).taskInfo.status).toBe('3')
    expect((await sandbox.get(`${paths.users}?offset=0&limit=1`)).json.code).toBe('0')
    expect((await sandbox.control('GET', '/readings')).json['code-type']).toBe('string')
    await sandbox.control('PUT', '/readings', {})
    expect((await sandbox.control('GET', '/readings')).json['code-type']).toBe('number')
  })
})
