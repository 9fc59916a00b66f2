import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { controlRoutes } from '../../src/mock/control-routes.ts'
import { control } from '../support/control.ts'

const NOW = '2026-04-16T08:00:00Z'

interface Setting {
  readonly call: (method: string, path: string, body?: unknown) => ReturnType<typeof control>
  readonly taskId: string
  readonly faultId: string
  readonly token: string
  readonly log: string
  readonly snapshot: string
}

/** A sandbox `mine` with a task that runs, a fault and a token; its clock stands. */
async function prepared(): Promise<Setting> {
  const mock = createMock({ now: NOW })
  onTestFinished(() => mock.close())
  const call: Setting['call'] = (method, path, body) =>
    control({ baseUrl: 'http://mock', fetch: (request) => mock.fetch(request as Request) }, method, path, body)
  await call('POST', '/sandboxes', { id: 'mine', name: 'n1', scenario: 'slow-batch', now: NOW })
  const signed = await call('POST', '/signature/sign', {
    sandbox: 'mine',
    method: 'POST',
    url: '/koodrive/ose/v1/user/batchRegister/create',
    body: '{"userList":[{"firstname":"Ada","phone":"13900000001"}]}',
  })
  const { headers, body } = signed.json as { headers: [string, string][]; body: string }
  const created = await mock.fetch('http://mock/koodrive/ose/v1/user/batchRegister/create', {
    method: 'POST',
    headers,
    body,
  })
  const { data: taskId } = (await created.json()) as { data: string }
  const { faultId } = (await call('POST', '/sandboxes/mine/faults', { kind: 'reset' })).json as { faultId: string }
  const { token } = (await call('POST', '/sandboxes/mine/tokens', { kind: 'user' })).json as { token: string }
  const log = (await call('GET', '/sandboxes/mine/log')).text
  const snapshot = (await call('GET', '/sandboxes/mine/snapshot')).text
  return { call, taskId, faultId, token, log, snapshot }
}

type Call = (setting: Setting) => readonly [path: string, body?: unknown]

/** Calls that bring about a state, and what each answers the first and the second time. */
const states: Readonly<Record<string, readonly [call: Call, first: number, second: number]>> = {
  'DELETE /sandboxes': [() => ['/sandboxes?name=n1'], 200, 200],
  // What is gone stays gone; the answer says so, because it may be a typing error.
  'DELETE /sandboxes/:id': [() => ['/sandboxes/mine'], 204, 404],
  'POST /sandboxes/:id/reset': [() => ['/sandboxes/mine/reset'], 200, 200],
  'DELETE /sandboxes/:id/tokens/:token': [({ token }) => [`/sandboxes/mine/tokens/${token}`], 204, 404],
  'PUT /sandboxes/:id/clock': [() => ['/sandboxes/mine/clock', { now: '2026-05-01T00:00:00Z' }], 200, 200],
  'PUT /sandboxes/:id/scenario': [() => ['/sandboxes/mine/scenario', '"throttled"'], 200, 200],
  'PUT /sandboxes/:id/readings': [() => ['/sandboxes/mine/readings', { 'code-type': 'string' }], 200, 200],
  'DELETE /sandboxes/:id/faults': [() => ['/sandboxes/mine/faults'], 204, 204],
  'DELETE /sandboxes/:id/faults/:faultId': [({ faultId }) => [`/sandboxes/mine/faults/${faultId}`], 204, 404],
  'PUT /sandboxes/:id/routes': [
    () => ['/sandboxes/mine/routes', [{ method: 'GET', path: '/hello', answer: { text: 'hi' } }]],
    200,
    200,
  ],
  'POST /sandboxes/:id/tasks/:taskId/complete': [
    ({ taskId }) => [`/sandboxes/mine/tasks/${taskId}/complete`],
    200,
    200,
  ],
  'POST /sandboxes/:id/tasks/:taskId/fail': [({ taskId }) => [`/sandboxes/mine/tasks/${taskId}/fail`], 200, 200],
  'DELETE /sandboxes/:id/requests': [() => ['/sandboxes/mine/requests'], 204, 204],
  'PUT /sandboxes/:id/log': [({ log }) => ['/sandboxes/mine/log', log], 200, 200],
  'PUT /snapshot': [({ snapshot }) => ['/snapshot', snapshot], 200, 200],
  'PUT /sandboxes/:id/snapshot': [({ snapshot }) => ['/sandboxes/mine/snapshot', snapshot], 200, 200],
}

/** Calls that make something anew each time, move on from where something is, or only look. */
const others = [
  'POST /sandboxes',
  'POST /sandboxes/:id/tokens',
  'POST /sandboxes/:id/auth-codes',
  'POST /sandboxes/:id/clock/advance',
  'POST /sandboxes/:id/faults',
  'POST /sandboxes/:id/faults/:faultId/rearm',
  'POST /sandboxes/:id/requests/verify',
  'POST /sandboxes/:id/requests/:requestId/replay',
  'POST /sandboxes/:id/requests/:requestId/compare',
  'POST /signature/diagnose',
  'POST /signature/sign',
  'POST /mcp',
]

/** What a sandbox notes of every call: when it was used, and how long its log is; the number of a fault that begins anew. */
const noted = /"lastUsedAt":"[^"]*",|,?"commands":\d+|"faultId":"fault-\d+",/g

describe('a call of the control plane that brings about a state', () => {
  it('is one of this table, whatever is added', () => {
    const writing = controlRoutes
      .filter(({ method }) => method !== 'GET')
      .map(({ method, path }) => `${method} ${path}`)
    expect([...Object.keys(states), ...others].sort()).toEqual(writing.sort())
  })

  it.each(Object.entries(states))('may be repeated: %s', async (route, [call, first, second]) => {
    const setting = await prepared()
    const [method = ''] = route.split(' ')
    const [path, body] = call(setting)
    const views = [
      '',
      '/clock',
      '/scenario',
      '/readings',
      '/faults',
      '/routes',
      `/tasks/${setting.taskId}`,
      '/requests',
    ]
    const state = () =>
      Promise.all(
        views.map(async (view) => (await setting.call('GET', `/sandboxes/mine${view}`)).text.replace(noted, '')),
      )
    expect((await setting.call(method, path, body)).status).toBe(first)
    const once = await state()
    const again = await setting.call(method, path, body)
    expect(again.status).toBe(second)
    if (second === 404) expect(again.text).toMatch(/There is no sandbox|has no fault|has no such token/)
    expect(await state()).toEqual(once)
  })
})
