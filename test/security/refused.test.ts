import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import { paths } from '../support/client.ts'

const NOW = Date.UTC(2026, 3, 16, 8)

interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

const send = (mock: Mock, { method, path, body }: Call) =>
  mock.fetch(`http://mock${path}`, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer mock-admin-token' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })

const own = (path: string) => `/__admin/sandboxes/default${path}`

/**
 * Everything that a call could have changed, as anybody sees it; the log and the number of sandboxes too. A call of the
 * service counts for the faults that it meets, refused or not.
 */
async function stateOf(mock: Mock, isOfService = false): Promise<string> {
  const counted = isOfService ? [] : ['/faults', '/log']
  const views = ['/scenario', '/readings', '/clock', '/tasks', '/directory', ...counted].map((path) => ({
    method: 'GET',
    path: own(path),
  }))
  const texts: string[] = []
  for (const call of [...views, { method: 'GET', path: '/__admin/sandboxes' }])
    texts.push(await (await send(mock, call)).text())
  return texts.join('\n').replace(/"requests":\d+|"lastUsedAt":"[^"]*"/g, '')
}

const fault = { kind: 'malformed', times: 1 }
const many = (count: number) => Array.from({ length: count }, () => fault)
const scenario = (faults: unknown, more: object = {}) => ({ name: 'own', title: 'own', faults, ...more })

/** Commands, some of them right, most of them wrong in one place, as early or as late in their work as can be. */
const call: fc.Arbitrary<Call> = fc.oneof(
  fc
    .constantFrom(
      scenario(many(3)),
      scenario(many(1000)),
      scenario(many(1001)),
      scenario([fault, { kind: 'nonsense' }]),
      scenario([], { directory: { users: 20 } }),
      scenario(many(1001), {
        directory: { users: 20, departments: 4 },
        batch: { rowsPerSecond: 3 },
        readings: { 'unknown-fields': 'refused' },
      }),
      scenario([], { readings: { 'unknown-fields': 'nonsense' } }),
      scenario([], { directory: { users: -1 } }),
      { scenario: 'duplicates' },
      { scenario: 'no-such-scenario' },
    )
    .map((body) => ({ method: 'PUT', path: own('/scenario'), body })),
  fc
    .constantFrom(fault, { kind: 'nonsense' }, {}, { kind: 'latency', delay: { ms: -1 } })
    .map((body) => ({ method: 'POST', path: own('/faults'), body })),
  fc
    .constantFrom(
      { 'unknown-fields': 'refused' },
      { 'unknown-fields': 'refused', nonsense: 'x' },
      { 'unknown-fields': 'x' },
    )
    .map((body) => ({ method: 'PUT', path: own('/readings'), body })),
  fc
    .constantFrom({ by: 'PT16M' }, { by: 'P9000Y' }, { by: '-PT1M' }, { by: 'nonsense' })
    .map((body) => ({ method: 'POST', path: own('/clock/advance'), body })),
  fc
    .constantFrom({ frozen: true, rate: 0 }, { now: '9999-12-31T23:59:59.999Z', rate: -1 }, { now: 'x' })
    .map((body) => ({ method: 'PUT', path: own('/clock'), body })),
  fc
    .constantFrom({ kind: 'user' }, { kind: 'nonsense' }, { kind: 'user', lifeSeconds: -1 })
    .map((body) => ({ method: 'POST', path: own('/tokens'), body })),
  fc.constantFrom('complete', 'fail').map((what) => ({ method: 'POST', path: own(`/tasks/17/${what}`), body: {} })),
  fc
    .constantFrom(
      { scenario: 'no-such-scenario' },
      { readings: { x: 'y' } },
      { users: -1 },
      { scenario: scenario(many(1001)) },
      { now: 'x' },
    )
    .map((body) => ({ method: 'POST', path: '/__admin/sandboxes', body })),
  fc
    .constantFrom(
      [],
      [{}],
      [{ firstname: 'a', phone: '13800000000' }, { firstname: 'b' }],
      Array(1001).fill({ firstname: 'a', phone: '1' }),
    )
    .map((userList) => ({ method: 'POST', path: paths.create, body: { userList } })),
)

describe('a call that is refused', () => {
  it('has changed neither state nor log, whatever came before it', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 3, maxLength: 8 }), async (calls) => {
        const mock = createMock({ now: NOW })
        for (const one of calls) {
          const isOfService = one.path === paths.create
          const before = await stateOf(mock, isOfService)
          const answer = await send(mock, one)
          if (answer.status < 400) continue
          refused += 1
          expect(
            await stateOf(mock, isOfService),
            `${answer.status} ${one.method} ${one.path} ${JSON.stringify(one.body)?.slice(0, 200)}`,
          ).toBe(before)
        }
        // What the log says is all that happened: replayed elsewhere it leads to the same.
        const log = await (await send(mock, { method: 'GET', path: own('/log') })).json()
        const other = createMock({ now: NOW })
        expect((await send(other, { method: 'PUT', path: own('/log'), body: log })).status).toBe(200)
        for (const path of ['/scenario', '/readings', '/faults', '/tasks', '/directory']) {
          const [here, there] = await Promise.all(
            [mock, other].map(async (one) => (await send(one, { method: 'GET', path: own(path) })).text()),
          )
          expect(there, path).toBe(here)
        }
      }),
      { numRuns: 25 },
    )
    expect(refused).toBeGreaterThan(20)
  })

  it('is an import of a log whose last command cannot be carried out: the sandbox stays, and its tokens', async () => {
    const mock = createMock({ now: NOW })
    await send(mock, { method: 'PUT', path: own('/scenario'), body: scenario(many(3)) })
    const log = (await (await send(mock, { method: 'GET', path: own('/log') })).json()) as { commands: object[] }
    const before = await stateOf(mock)
    for (const last of [
      { type: 'complete-task', at: NOW, taskId: '17' },
      { type: 'set-scenario', at: NOW, scenario: scenario(many(1001)) },
      { type: 'nonsense', at: NOW },
    ]) {
      const answer = await send(mock, {
        method: 'PUT',
        path: own('/log'),
        body: { ...log, commands: [...log.commands, last] },
      })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await stateOf(mock)).toBe(before)
    }
  })
})
