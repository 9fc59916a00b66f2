import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMock } from '../../src/index.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { LOG_MAX_WEIGHT, LOGS_MAX_WEIGHT, MemoryLog } from '../../src/world/log.ts'
import { World } from '../../src/world/world.ts'
import { paths } from '../support/client.ts'
import { closeServers, controlServer } from '../support/control-server.ts'

closeServers()
afterEach(() => {
  vi.useRealTimers()
})

const own = {
  appId: 'checkout-app',
  appSecret: 'a secret of the team',
  userId: '1724000000000000042',
  tokens: { admin: 'checkout-admin', deptAdmin: 'checkout-dept', user: 'checkout-user', app: 'checkout-app-token' },
}
const ids = (json: { sandboxes: { id: string }[] }) => json.sandboxes.map(({ id }) => id)

/** Which no test can set. */
const timeIsOfTheStore = process.env['KOODRIVE_TEST_STORE'] !== undefined

describe('ids and credentials', () => {
  it('are drawn anew at each start, so that no client of another time ends up in somebody’s organisation', () => {
    const [first, second] = [createMock(), createMock()].map((mock) => mock.sandbox())
    expect(first?.id).not.toBe(second?.id)
    const words = [first, second].map((sandbox) => {
      const { appId, appSecret, userId, tokens } = sandbox?.credentials ?? own
      return [appId, appSecret, userId, ...Object.values(tokens)]
    })
    expect(new Set(words.flat()).size).toBe(14)
    expect(first?.credentials.appId).toMatch(/^[0-9a-f]{64}$/)
  })

  it('are the same bytes with an explicit seed, and the organisation is so without one', () => {
    const sandboxes = () => {
      const mock = createMock({ seed: 7 })
      return [mock.sandbox(), mock.sandbox({ seed: 3 })].map(({ id, credentials }) => ({ id, credentials }))
    }
    expect(sandboxes()).toEqual(sandboxes())
    expect(sandboxes().map(({ id }) => id)).toEqual(['sandbox-1', 'sandbox-2'])
    const users = () => createMock().sandbox({ seed: 3 }).tasks.list()
    expect(users()).toEqual(users())
  })

  it('are those of the well-known sandbox at every start', () => {
    expect(createMock().credentials).toEqual(createMock({ seed: 9 }).credentials)
  })

  it('are one’s own on request, and work at once and for as long as the sandbox lives', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ id: 'checkout', name: 'Checkout CI', credentials: own })
    expect({ id: sandbox.id, ...sandbox.credentials }).toEqual({ id: 'checkout', ...own })
    await sandbox.provision('13800000001')
    await sandbox.advance('P30D')
    expect((await sandbox.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
    expect((await sandbox.control('GET', '')).json).toMatchObject({ name: 'Checkout CI', labels: {}, appId: own.appId })
  })

  it('are drawn where one’s own leave them out; then tokens end as usual', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ credentials: { appId: 'mine' } })
    expect(sandbox.credentials.appId).toBe('mine')
    expect(sandbox.credentials.tokens.admin).toMatch(/^[0-9a-f]{48}$/)
    await sandbox.advance('PT21M')
    expect((await sandbox.get(`${paths.users}?offset=0&limit=1`)).status).toBe(401)
  })

  it('take the name as the id where it has the form of one', async () => {
    const server = await controlServer()
    expect((await server.sandbox({ name: 'team-a' })).id).toBe('team-a')
    expect((await server.sandbox({ name: 'Team B' })).id).toMatch(/^sandbox-1-[0-9a-f]{8}$/)
    expect((await server.sandbox({ name: 'team-c', id: 'c' })).id).toBe('c')
  })

  it.each([
    ['an id', { id: 'taken' }, /sandbox "taken" already/],
    ['the id of the well-known sandbox', { id: 'default' }, /sandbox "default" already/],
    ['a name', { name: 'Taken name' }, /name "Taken name" belongs to sandbox "taken"/],
    ['a name that would be the id', { name: 'taken' }, /sandbox "taken" already/],
    ['an AppId', { credentials: { appId: own.appId } }, /AppId.*belongs to sandbox "taken"/],
    ['a token', { credentials: { tokens: { user: own.tokens.admin } } }, /tokens\.user belongs to sandbox "taken"/],
    ['a well-known token', { credentials: { tokens: { app: 'mock-admin-token' } } }, /belongs to sandbox "default"/],
  ])('of another sandbox are refused (%s), and nothing changes', async (_, input, detail) => {
    const server = await controlServer()
    const taken = await server.sandbox({ id: 'taken', name: 'Taken name', credentials: own })
    const before = (await server.call('GET', 'sandboxes')).json
    const { status, type, json } = await server.call('POST', 'sandboxes', input)
    expect([status, type]).toEqual([409, 'application/problem+json'])
    expect(json.detail).toMatch(detail)
    expect(json.detail).not.toContain(own.tokens.admin)
    expect((await server.call('GET', 'sandboxes')).json).toEqual(before)
    expect((await taken.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
  })

  it.each([
    [{ id: 'Upper' }, 'id'],
    [{ id: '-x' }, 'id'],
    [{ id: '' }, 'id'],
    [{ id: 'a/b' }, 'id'],
    [{ id: 'unattributed' }, 'id'],
    [{ id: 'x'.repeat(65) }, 'id'],
    [{ name: '' }, 'name'],
    [{ name: ' x' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ name: 7 }, 'name'],
    [{ labels: [] }, 'labels'],
    [{ labels: { a: 1 } }, 'labels.a'],
    [{ labels: { 'a b': 'c' } }, 'labels'],
    [{ labels: { a: 'x'.repeat(257) } }, 'labels.a'],
    [{ labels: Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`k${n}`, 'v'])) }, 'labels'],
    [{ credentials: { appId: 'a,b' } }, 'credentials.appId'],
    [{ credentials: { appId: '' } }, 'credentials.appId'],
    [{ credentials: { userId: '42' } }, 'credentials.userId'],
    [{ credentials: { tokens: { admin: 'short' } } }, 'credentials.tokens.admin'],
    [{ credentials: { tokens: { admin: 'twice-the-same', user: 'twice-the-same' } } }, 'credentials.tokens'],
    [{ credentials: { secret: 'x' } }, 'credentials'],
  ])('and labels of another form are refused: %j', async (input, path) => {
    const server = await controlServer()
    const { status, json } = await server.call('POST', 'sandboxes', input)
    expect(status).toBe(400)
    expect(json.path).toBe(path)
    expect((await server.call('GET', 'sandboxes')).json.total).toBe(1)
  })

  it('stay with a sandbox that is reset, and are free for others once it is deleted', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ name: 'x', labels: { owner: 'a' }, credentials: own })
    await sandbox.control('POST', '/reset')
    expect((await sandbox.control('GET', '')).json).toMatchObject({ name: 'x', labels: { owner: 'a' }, ...own })
    await sandbox.control('DELETE', '')
    expect((await server.sandbox({ name: 'x', credentials: own })).credentials).toEqual(own)
  })
})

describe('the list of sandboxes', () => {
  async function five() {
    const server = await controlServer()
    await server.sandbox({ id: 'a', name: 'Alpha', labels: { owner: 'payments', ci: 'run-1' } })
    await server.sandbox({ id: 'b', labels: { owner: 'payments', ci: 'run-2' } })
    await server.sandbox({ id: 'c', labels: { owner: 'people' }, scenario: 'slow-batch' })
    await server.sandbox({ id: 'd' })
    return server
  }

  it.skipIf(timeIsOfTheStore)(
    'begins with the newest and says whose each is, when it was made and when it was last used',
    async () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) })
      const server = await five()
      vi.setSystemTime(Date.UTC(2026, 0, 2))
      await server.call('POST', 'sandboxes/a/clock/advance', { by: 'PT1S' })
      await server.call('GET', 'sandboxes/b')
      const { json } = await server.call('GET', 'sandboxes')
      expect([json.total, ids(json)]).toEqual([5, ['d', 'c', 'b', 'a', 'default']])
      const [made, used] = ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'].map((text) => Date.parse(text))
      const times = json.sandboxes.map((one: any) => [Date.parse(one.createdAt), Date.parse(one.lastUsedAt)])
      expect(times).toEqual([
        [made, made],
        [made, made],
        [made, made],
        [made, used],
        [made, made],
      ])
      expect(json.sandboxes[3]).toMatchObject({ name: 'Alpha', labels: { owner: 'payments', ci: 'run-1' }, tasks: 0 })
      expect(json.sandboxes[0]).toMatchObject({ name: null, labels: {} })
      expect(JSON.stringify(json)).not.toMatch(/token|secret/i)
    },
  )

  it.skipIf(timeIsOfTheStore)('notes the calls of clients of the service, refused ones too', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) })
    const server = await controlServer()
    const sandbox = await server.sandbox()
    for (const [day, path] of [
      [2, `${paths.users}?offset=0&limit=1`],
      [3, `${paths.users}?offset=wrong`],
    ] as const) {
      vi.setSystemTime(Date.UTC(2026, 0, day))
      await sandbox.get(path)
      const { json } = await sandbox.control('GET', '')
      expect(Date.parse(json.lastUsedAt)).toBe(Date.UTC(2026, 0, day))
      expect(Date.parse(json.createdAt)).toBe(Date.UTC(2026, 0, 1))
    }
  })

  it.each([
    ['label=owner=payments', ['b', 'a']],
    ['label=owner:payments', ['b', 'a']],
    ['label=owner%3Dpayments,ci%3Drun-1', ['a']],
    ['label=owner', ['c', 'b', 'a']],
    ['label=owner=nobody', []],
    ['label=toString', []],
    ['name=Alpha', ['a']],
    ['name=alpha', []],
    ['search=ALPH', ['a']],
    ['search=run-2', ['b']],
    ['search=slow', ['c']],
    ['search=owner=people', ['c']],
    ['label=owner&search=people', ['c']],
  ])('is searched by %s', async (query, expected) => {
    const { json } = await (await five()).call('GET', `sandboxes?${query}`)
    expect([json.total, ids(json)]).toEqual([expected.length, expected])
  })

  it('comes in pages that hold together everything, once', async () => {
    const server = await five()
    const pages = []
    for (let offset = 0; offset < 6; offset += 2) {
      const { json } = await server.call('GET', `sandboxes?offset=${offset}&limit=2`)
      expect(json.total).toBe(5)
      pages.push(...ids(json))
    }
    expect(pages).toEqual(['d', 'c', 'b', 'a', 'default'])
    for (let made = 0; made < 200; made += 1) server.mock.sandbox()
    expect(ids((await server.call('GET', 'sandboxes')).json)).toHaveLength(100)
  })

  it.each(['limit=0', 'limit=1001', 'limit=x', 'offset=-1', 'label=', 'tag=x'])('refuses %s', async (query) => {
    const server = await controlServer()
    expect((await server.call('GET', `sandboxes?${query}`)).status).toBe(400)
  })

  it('is deleted by label, name or search, the well-known sandbox left out', async () => {
    const server = await five()
    expect((await server.call('DELETE', 'sandboxes?label=owner=payments')).json).toEqual({ deleted: ['b', 'a'] })
    expect((await server.call('DELETE', 'sandboxes?search=a')).json.deleted).not.toContain('default')
    expect((await server.call('DELETE', 'sandboxes?label=none')).json).toEqual({ deleted: [] })
  })

  it('is deleted by nothing else: no filter is refused, and nothing is deleted', async () => {
    const server = await five()
    for (const query of ['', '?label=', '?labels=x']) {
      const { status, json } = await server.call('DELETE', `sandboxes${query}`)
      expect(status).toBe(400)
      expect(json.detail).toMatch(/label/)
    }
    expect((await server.call('GET', 'sandboxes')).json.total).toBe(5)
  })
})

describe('idle sandboxes', () => {
  const scenario = createMock().defaultSandbox.scenario.read()

  function world(ttlMs: number) {
    let now = 0
    const forgotten: string[] = []
    const made = new World({ seed: 1, realNow: () => now, ttlMs, onForget: ({ id }) => forgotten.push(id) })
    made.createDefault({ scenario })
    return { made, forgotten, wait: (ms: number) => (now += ms) }
  }

  it('end, with their credentials, after so long without a call; the well-known one stays', () => {
    const { made, forgotten, wait } = world(60_000)
    const { id, config } = made.create({ scenario, name: 'idle' })
    wait(60_000)
    expect(made.get(id)).toBeDefined()
    wait(1)
    expect(made.ofAppId(config.credentials.appId)).toBeUndefined()
    expect(made.ofToken(config.credentials.tokens.admin)).toBeUndefined()
    expect([made.get(id), made.size, forgotten]).toEqual([undefined, 1, [id]])
    expect(made.create({ scenario, name: 'idle' }).id).toBe('idle')
  })

  it('are not those that somebody uses', () => {
    const { made, wait } = world(60_000)
    const [used, idle] = [made.create({ scenario }), made.create({ scenario })]
    for (let minute = 0; minute < 10; minute += 1) {
      wait(50_000)
      used.touch()
    }
    expect([...made.all()].map(({ id }) => id)).toEqual(['default', used.id])
    expect(made.get(idle.id)).toBeUndefined()
  })

  it('make room for others', () => {
    let now = 0
    const made = new World({ seed: 1, realNow: () => now, ttlMs: 1000, maxSandboxes: 3 })
    for (let turn = 0; turn < 10; turn += 1) {
      made.create({ scenario })
      made.create({ scenario })
      now += 2000
    }
    expect(made.size).toBe(0)
  })

  it.each([
    ['2s', 2000],
    ['30m', 1_800_000],
    ['12h', 43_200_000],
    ['7d', 604_800_000],
    ['PT1H', 3_600_000],
  ])('end after %s', (sandboxTtl, ttlMs) => {
    expect(createMock({ sandboxTtl }).world.ttlMs).toBe(ttlMs)
  })

  it.each(['', '10', '0s', 'PT0.5S', '1 h', '-1m', 'soon'])('end after a duration, not after "%s"', (sandboxTtl) => {
    expect(() => createMock({ sandboxTtl })).toThrow(/sandboxTtl.*such as 30m/)
  })
})

describe('bounds', () => {
  it('of sandboxes are those of the option, and the refusal says what to do', async () => {
    const server = await controlServer({ maxSandboxes: 3 })
    await server.sandbox()
    await server.sandbox()
    const { status, json } = await server.call('POST', 'sandboxes', {})
    expect(status).toBe(409)
    expect(json.detail).toMatch(/3 sandboxes.*Delete.*label=.*--sandbox-ttl.*--max-sandboxes/)
    expect(() => createMock({ maxSandboxes: 0 })).toThrow(/maxSandboxes/)
  })

  it('are documented as they are', () => {
    expect(bounds.sandboxes.value).toBe(createMock().world.maxSandboxes)
    expect([bounds.logWeight.value, bounds.logsWeight.value]).toEqual([LOG_MAX_WEIGHT, LOGS_MAX_WEIGHT])
  })

  it('of all logs make the largest one give way, and count anew what a sandbox that went has left', () => {
    const log = new MemoryLog({ maxWeight: 100, maxTotalWeight: 10 })
    const append = (sandbox: string, sequence: number) => log.append(sandbox, sequence, { type: 'clear-faults', at: 0 })
    for (let sequence = 0; sequence < 7; sequence += 1) append('large', sequence)
    for (let sequence = 0; sequence < 4; sequence += 1) append('small', sequence)
    expect([log.read('large', 0), log.read('small', 0)?.length]).toEqual([undefined, 4])
    append('large', 7)
    for (let sequence = 4; sequence < 10; sequence += 1) append('small', sequence)
    log.drop('small')
    for (let sequence = 0; sequence < 10; sequence += 1) append('new', sequence)
    expect(log.read('new', 0)).toHaveLength(10)
  })
})
