import { afterEach, expect, it } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { toDefaults } from '../../src/mock/mock-input.ts'
import { createService } from '../../src/mock/service.ts'
import type { Route } from '../../src/routes/route.ts'
import type { Scenario } from '../../src/scenarios/scenario.ts'
import { followFile } from '../../src/world/follow-file.ts'
import { createTestClient, paths } from '../support/client.ts'
import { readEvents } from '../support/event-reader.ts'
import { describePostgres } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

const opened: Mock[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((mock) => mock.close()))
})

const errors: unknown[] = []
function open(store: string, options: MockOptions = {}): Mock {
  const mock = createMock({ store, now: NOW, onError: (error) => errors.push(error), ...options })
  opened.push(mock)
  return mock
}

const clientOf = (mock: Mock, credentials = mock.credentials) =>
  createTestClient('http://mock', mock.fetch, credentials, () => NOW)

async function control(mock: Mock, method: string, path: string, body?: unknown) {
  const init = body === undefined ? {} : { body: JSON.stringify(body) }
  const response = await mock.fetch(`http://mock/__admin${path}`, { method, ...init })
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }
}

const phone = (number: number) => `138${String(number).padStart(8, '0')}`

describePostgres('two mocks on one store', (server) => {
  it('give the same bytes for the same call, whoever did what before', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const made = (await control(one, 'POST', '/sandboxes', { now: '2026-04-16T08:00:00Z' })).json
    const [a, b] = [clientOf(one, made), clientOf(two, made)]
    const body = JSON.stringify({ userList: [{ firstname: 'A', phone: phone(1) }] })
    const { data } = (await a.signed('POST', paths.create, { body })).json
    await control(two, 'POST', `/sandboxes/${made.id}/clock/advance`, { by: 'PT1M' })
    const now = () => NOW + 60_000
    const query = (mock: Mock) =>
      createTestClient('http://mock', mock.fetch, made, now).signed('GET', `${paths.query}?taskId=${data}`)
    const [first, second] = [await query(one), await query(two)]
    expect(first.json.data.taskInfo.status).toBe('2')
    expect(second.text).toBe(first.text)
    const list = `${paths.users}?offset=0&limit=100`
    expect((await b.get(list)).text).toBe((await a.get(list)).text)
    expect(errors).toEqual([])
  })

  it('keep one order when both write at once: nothing lost, nothing twice, no gap', async () => {
    const store = await server().createDatabase()
    const mocks = [open(store), open(store)]
    const clients = mocks.map((mock) => clientOf(mock))
    const replies = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        clients[index % 2]?.signed('POST', paths.create, {
          body: JSON.stringify({ userList: [{ firstname: 'A', phone: phone(index % 20) }] }),
        }),
      ),
    )
    expect(new Set(replies.map((reply) => reply?.status))).toEqual(new Set([200]))
    const ids = replies.map((reply) => reply?.json.data)
    expect(new Set(ids).size).toBe(60)
    expect(new Set(replies.map((reply) => reply?.headers.get('x-mock-request-id'))).size).toBe(60)
    await control(mocks[0] as Mock, 'POST', '/sandboxes/default/clock/advance', { by: 'PT1M' })
    const lists = await Promise.all(mocks.map((mock) => control(mock, 'GET', '/sandboxes/default/tasks')))
    expect(lists[0]?.json).toEqual(lists[1]?.json)
    const tasks = lists[0]?.json.tasks.filter(({ taskId }: { taskId: string }) => ids.includes(taskId))
    expect(tasks).toHaveLength(60)
    const sum = (field: string) =>
      tasks.reduce((all: number, task: Record<string, number>) => all + (task[field] ?? 0), 0)
    expect({ success: sum('successCount'), skip: sum('skipCount') }).toEqual({ success: 20, skip: 40 })
    const [count, highest] = (
      await server().sql(store, 'SELECT count(*), max(sequence) FROM koodrive_mock_commands')
    ).split('|')
    expect(Number(count)).toBe(Number(highest) + 1)
    const { requests } = (await control(mocks[1] as Mock, 'GET', '/sandboxes/default/requests')).json
    expect(requests).toHaveLength(60)
  })

  it('count nth calls, slides of tokens and verifications together', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const made = (await control(one, 'POST', '/sandboxes', { now: '2026-04-16T08:00:00Z' })).json
    await control(two, 'POST', `/sandboxes/${made.id}/faults`, { kind: 'error', status: 502, nth: 4 })
    const list = `${paths.users}?offset=0&limit=1`
    const statuses: number[] = []
    for (const mock of [one, two, one, two, one]) statuses.push((await clientOf(mock, made).get(list)).status)
    expect(statuses).toEqual([200, 200, 200, 502, 200])
    for (const mock of [one, two, one]) {
      await control(mock, 'POST', `/sandboxes/${made.id}/clock/advance`, { by: 'PT19M' })
      expect((await clientOf(mock === one ? two : one, made).get(list)).status).toBe(200)
    }
    const verified = await control(two, 'POST', `/sandboxes/${made.id}/requests/verify`, { operation: 'listUsers' })
    expect(verified.json.actual).toBe(8)
    const card = await control(one, 'GET', `/sandboxes/${made.id}/report-card`)
    expect(card.json.summary.calls).toBe(8)
    const coverage = async (mock: Mock) => (await control(mock, 'GET', `/sandboxes/${made.id}/coverage`)).json
    expect(await coverage(one)).toEqual(await coverage(two))
  })

  it('find a sandbox by tokens and codes that the other issued, and lose it when the other deletes it', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const made = (await control(one, 'POST', '/sandboxes', { now: '2026-04-16T08:00:00Z' })).json
    const { token } = (await control(one, 'POST', `/sandboxes/${made.id}/tokens`, { kind: 'admin' })).json
    const headers = { Authorization: `Bearer ${token}` }
    const list = `${paths.users}?offset=0&limit=1`
    const found = await clientOf(two).send('GET', list, { headers })
    expect(found.headers.get('x-mock-request-id')).toMatch(new RegExp(`^${made.id}-`))
    expect((await control(two, 'GET', '/sandboxes')).json.sandboxes.map(({ id }: { id: string }) => id)).toContain(
      made.id,
    )
    await control(two, 'POST', `/sandboxes/${made.id}/reset`)
    expect((await clientOf(one).send('GET', list, { headers })).status, 'a token from before the reset').toBe(401)
    expect((await clientOf(one, made).get(list)).status).toBe(200)
    await control(one, 'DELETE', `/sandboxes/${made.id}`)
    expect((await clientOf(two, made).get(list)).status).toBe(401)
    expect((await control(two, 'GET', `/sandboxes/${made.id}`)).status).toBe(404)
    expect(await server().sql(store, 'SELECT count(DISTINCT incarnation) FROM koodrive_mock_commands')).toMatch(
      /^[01]$/,
    )
  })

  it('reset a sandbox to what a file of the server says now, whichever of them read the file', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const users = async (mock: Mock) => (await control(mock, 'GET', '/sandboxes/default')).json.counts.users
    const text = async (mock: Mock) => (await mock.fetch('http://mock/own')).text()
    expect([await users(one), await users(two)]).toEqual([200, 200])
    const [before] = [...one.world.all()].map((sandbox) => sandbox.peek())
    followFile(one.world, 'default', {
      what: 'scenario',
      before: before?.scenario as Scenario,
      now: { ...(before?.scenario as Scenario), directory: { users: 30 } },
    })
    const routes = [{ id: 'own', method: 'GET', path: '/own', answer: { text: 'two' } }] as unknown as Route[]
    followFile(one.world, 'default', { what: 'routes', before: before?.routes.all() ?? [], now: routes })
    expect([await users(one), await users(two)]).toEqual([30, 30])
    await control(two, 'POST', '/sandboxes/default/reset')
    expect([await users(two), await users(one)], 'after a reset by the other').toEqual([30, 30])
    expect([await text(two), await text(one)]).toEqual(['two', 'two'])
    const third = open(store)
    await control(third, 'POST', '/sandboxes/default/reset')
    expect(await users(third), 'after a reset by one that came later').toBe(30)
  })

  it('let a sandbox go over to what a file says now, though no call of that process has met it yet', async () => {
    const store = await server().createDatabase()
    const one = open(store)
    const { scenario } = one.world.get('default')?.peek() ?? {}
    const { id } = (await control(one, 'POST', '/sandboxes', {})).json
    const other = (await control(one, 'POST', '/sandboxes', { scenario: { name: 'own', directory: { users: 7 } } }))
      .json
    const service = createService({ store, defaults: toDefaults({}), mutation: undefined })
    const before = scenario as Scenario
    await service.follow({ what: 'scenario', before, now: { ...before, directory: { users: 30 } } })
    const users = async (named: string) => (await control(one, 'GET', `/sandboxes/${named}`)).json.counts.users
    expect([await users(id), await users('default')]).toEqual([30, 30])
    expect(await users(other.id), 'one that plays another scenario stays with it').toBe(7)
    await service.close()
  })

  it('let users arrive behind the same page', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const scenario = { name: 'busy', directory: { users: 10, arrivals: { everyPages: 3, count: 5, position: 'last' } } }
    const made = (await control(one, 'POST', '/sandboxes', { now: '2026-04-16T08:00:00Z', scenario })).json
    const totals: number[] = []
    for (const mock of [one, two, one, two, one, two, one]) {
      totals.push((await clientOf(mock, made).get(`${paths.users}?offset=0&limit=1`)).json.total)
    }
    expect(totals).toEqual([10, 10, 10, 11, 11, 11, 12])
  })

  it('show requests of nobody to each other, numbered in one order, and after a restart', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const nobody = async (mock: Mock) => {
      const headers = { Authorization: 'Bearer of-nobody' }
      const reply = await clientOf(mock).send('GET', `${paths.users}?offset=0&limit=1`, { headers })
      expect(reply.status).toBe(401)
      return reply.headers.get('x-mock-request-id')
    }
    const list = async (mock: Mock) =>
      (await control(mock, 'GET', '/sandboxes/unattributed/requests')).json.requests.map(
        ({ requestId }: { requestId: string }) => requestId,
      )
    const named = (...numbers: number[]) => numbers.map((number) => `unattributed-${number}`)
    const reader = await readEvents({ baseUrl: 'http://mock', fetch: two.fetch })
    expect([await nobody(one), await nobody(two), await nobody(one)]).toEqual(named(1, 2, 3))
    const told = await reader.next(({ type, data }) => type === 'request' && JSON.stringify(data).includes('ted-3'))
    expect(told.data).toMatchObject({ sandbox: 'unattributed' })
    await reader.hangUp()
    expect([await list(one), await list(two)]).toEqual([named(3, 2, 1), named(3, 2, 1)])
    const card = await control(two, 'GET', '/sandboxes/default/report-card')
    expect(card.json.journal.unattributed).toBe(3)
    const detail = await control(two, 'GET', '/sandboxes/default/requests/unattributed-1')
    expect(detail.status).toBe(200)
    await control(one, 'POST', '/sandboxes/default/reset')
    expect(await list(two), 'a reset of default is none of theirs').toEqual(named(3, 2, 1))
    await control(two, 'DELETE', '/sandboxes/unattributed/requests')
    expect([await list(one), await list(two)]).toEqual([[], []])
    expect([await nobody(one), await list(two)]).toEqual(['unattributed-4', named(4)])
    const third = open(store)
    expect([await list(third), await nobody(third)]).toEqual([named(4), 'unattributed-5'])
    await Promise.all(Array.from({ length: 30 }, (_, index) => nobody(index % 2 === 0 ? one : two)))
    expect([...(await list(third))].sort()).toEqual([...(await list(one))].sort())
    expect(new Set(await list(two)).size).toBe(32)
    expect(errors).toEqual([])
  })

  it('empty a journal for both', async () => {
    const store = await server().createDatabase()
    const [one, two] = [open(store), open(store)]
    const list = `${paths.users}?offset=0&limit=1`
    for (const mock of [one, two, one]) await clientOf(mock).get(list)
    const read = async (mock: Mock) => (await control(mock, 'GET', '/sandboxes/default/requests')).json
    expect((await read(one)).requests).toHaveLength(3)
    await control(two, 'DELETE', '/sandboxes/default/requests')
    expect(await read(one)).toEqual({ requests: [], dropped: 0 })
    await clientOf(two).get(list)
    expect((await read(one)).requests).toHaveLength(1)
    expect(await read(two)).toEqual(await read(one))
  })

  it('answer 503 in the shape of the service while the database is away, and go on when it is back', async () => {
    const store = await server().createDatabase()
    const one = open(store)
    const list = `${paths.users}?offset=0&limit=1`
    expect((await clientOf(one).get(list)).status).toBe(200)
    await server().kill()
    const refused = await clientOf(one).get(list)
    expect(refused.status).toBe(503)
    expect(refused.json).toEqual({ code: expect.any(Number), msg: expect.any(String) })
    expect(refused.headers.get('retry-after')).toBe('1')
    expect(refused.headers.get('x-mock-diagnosis')).toMatch(/^The store postgres:\/\/localhost\/test\d+.*nobody|socket/)
    expect((await control(one, 'GET', '/health')).status).toBe(200)
    expect((await control(one, 'GET', '/ready')).status).toBe(503)
    const problem = await control(one, 'GET', '/sandboxes')
    expect(problem.status).toBe(503)
    expect(problem.headers.get('retry-after')).toBe('1')
    await server().start()
    expect((await clientOf(one).get(list)).status).toBe(200)
    expect((await control(one, 'GET', '/ready')).status).toBe(200)
    expect(errors).toEqual([])
  })
})
