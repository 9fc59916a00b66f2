import { describe, expect, it } from 'vitest'
import { paths } from '../support/client.ts'
import { closeServers, controlServer } from '../support/control-server.ts'
import { cpuMs } from '../support/cpu.ts'
import { runs } from '../support/judge.ts'
import { inProcess } from '../support/targets.ts'

closeServers()

describe('sandboxes', () => {
  it('are created with credentials of their own that work at once', async () => {
    const server = await controlServer()
    const { status, json } = await server.call('POST', 'sandboxes', {})
    expect(status).toBe(201)
    expect(Object.keys(json)).toEqual(['id', 'appId', 'appSecret', 'userId', 'tokens'])
    expect(Object.keys(json.tokens)).toEqual(['admin', 'deptAdmin', 'user', 'app'])
    expect(json.appId).toMatch(/^[0-9a-f]{64}$/)
    expect(json.userId).toMatch(/^\d{19}$/)
    const sandbox = await server.sandbox()
    const taskId = await sandbox.provision('13800000001')
    expect((await sandbox.task(taskId)).taskInfo.totalCount).toBe(1)
    expect((await sandbox.get(`${paths.users}?offset=0&limit=1`)).json.total).toBe(200)
  })

  it('take every option of their creator', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({
      seed: 7,
      users: 30,
      departments: 5,
      scenario: { name: 'mine', title: 'Mine', batch: { startDelaySeconds: 3 } },
      readings: { 'code-type': 'string' },
      now: '2026-01-02T03:04:05Z',
      speed: 2,
    })
    const { json } = await sandbox.control('GET', '')
    expect(json).toMatchObject({
      id: sandbox.id,
      seed: 7,
      scenario: 'mine',
      clock: { now: '2026-01-02T03:04:05Z', frozen: true, rate: 1 },
      counts: { users: 30, departments: 5, tasks: 0, faults: 0 },
      settings: { rowsPerSecond: 2 },
    })
    expect(json.readings['code-type']).toBe('string')
    const reply = await sandbox.get(`${paths.users}?offset=0&limit=1`)
    expect(reply.json).toMatchObject({ code: '0', total: 30 })
    expect(reply.headers.get('Date')).toBe('Fri, 02 Jan 2026 03:04:05 GMT')
  })

  it('show nobody else’s secrets', async () => {
    const server = await controlServer()
    const one = await server.sandbox()
    const other = await server.sandbox()
    const shown = JSON.stringify([
      (await server.call('GET', 'sandboxes')).json,
      (await other.control('GET', '')).json,
      (await other.control('GET', '/log')).json,
    ])
    for (const secret of [one.credentials.appSecret, ...Object.values(one.credentials.tokens)]) {
      expect(shown).not.toContain(secret)
    }
    expect(JSON.stringify((await server.call('GET', 'sandboxes')).json)).not.toContain(other.credentials.appSecret)
  })

  it('are reset to how they were made, with the same credentials', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ scenario: 'slow-batch' })
    await sandbox.provision('13800000001')
    await sandbox.control('PUT', '/scenario', { name: 'race' })
    await sandbox.advance('PT1H')
    const { json: issued } = await sandbox.control('POST', '/tokens', { kind: 'admin' })
    const { status, json } = await sandbox.control('POST', '/reset')
    expect(status).toBe(200)
    expect(json).toMatchObject({ scenario: 'slow-batch', counts: { tasks: 0, requests: 0, commands: 0, tokens: 4 } })
    expect(json.appSecret).toBe(sandbox.credentials.appSecret)
    expect((await sandbox.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
    const old = { headers: { Authorization: `Bearer ${issued.token}` } }
    expect((await sandbox.send('GET', `${paths.users}?offset=0&limit=1`, old)).status).toBe(401)
  })

  it('are gone when deleted, and the others stay', async () => {
    const server = await controlServer()
    const [gone, stays] = [await server.sandbox(), await server.sandbox()]
    expect((await gone.control('DELETE', '')).status).toBe(204)
    expect((await gone.control('GET', '')).status).toBe(404)
    expect((await gone.get(`${paths.users}?offset=0&limit=1`)).status).toBe(401)
    expect((await stays.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
    const { json } = await server.call('GET', 'sandboxes')
    expect(json.sandboxes.map(({ id }: { id: string }) => id)).toEqual([stays.id, 'default'])
  })

  it('keep the default one, which can only be reset', async () => {
    const server = await controlServer()
    const { status, type, json } = await server.call('DELETE', 'sandboxes/default')
    expect({ status, type }).toEqual({ status: 409, type: 'application/problem+json' })
    expect(json.detail).toContain('reset')
    expect((await server.call('POST', 'sandboxes/default/reset')).status).toBe(200)
  })

  it.each(['delete', 'reset'] as const)('survive a %s while their requests are in flight', async (how) => {
    const server = await controlServer()
    const [sandbox, other] = [await server.sandbox(), await server.sandbox()]
    await sandbox.control('POST', '/faults', { kind: 'latency', delay: { ms: 80 } })
    const inFlight = sandbox.signed('POST', paths.create, {
      body: '{"userList":[{"firstname":"a","phone":"13800000001"}]}',
    })
    while ((await sandbox.control('GET', '/faults')).json.faults[0].injected === 0);
    await (how === 'delete' ? sandbox.control('DELETE', '') : sandbox.control('POST', '/reset'))
    const reply = await inFlight
    expect(reply.status).toBe(401)
    expect(reply.headers.get('X-Mock-Rule')).toContain('sandbox-gone')
    expect((await other.provision('13800000001')).length).toBe(19)
    if (how === 'reset') expect((await sandbox.provision('13800000001')).length).toBe(19)
  })

  it('number a thousand at once, each about a millisecond and each with users of its own', async () => {
    const { mock } = inProcess()
    const sandboxes: ReturnType<typeof mock.sandbox>[] = []
    const took = await cpuMs(() => {
      for (let at = 0; at < 1000; at += 1) sandboxes.push(mock.sandbox({ users: 1_000_000 }))
    })
    expect(took / sandboxes.length).toBeLessThan(5)
    expect(new Set(sandboxes.map(({ credentials }) => credentials.appId)).size).toBe(1000)
  })
})

describe('many clients at once', () => {
  it('provision the same phones and each sees exactly its own users and requests', async () => {
    const server = await controlServer()
    const phones = Array.from({ length: 5 }, (_, index) => `1390000000${index}`)
    const client = async (index: number) => {
      const sandbox = await server.sandbox({ users: index })
      const taskId = await sandbox.provision(...phones)
      await sandbox.advance('PT1M')
      const { taskInfo, registerList } = await sandbox.task(taskId)
      expect(taskInfo).toMatchObject({ status: '2', successCount: 5, skipCount: 0, failCount: 0 })
      const { json } = await sandbox.get(`${paths.users}?offset=${index}&limit=100`)
      expect(json.total).toBe(index + 5)
      const ids = (rows: { userId: string }[]) => rows.map(({ userId }) => userId)
      expect(ids(json.list)).toEqual(ids(registerList))
      const { json: journal } = await sandbox.control('GET', '/requests')
      const operations = journal.requests.map(({ operation }: { operation: string }) => operation)
      expect(operations).toEqual(['listUsers', 'queryBatchProvisioning', 'createBatchProvisioningTask'])
      expect(journal.requests.every(({ requestId }: any) => requestId.startsWith(`${sandbox.id}-`))).toBe(true)
    }
    await Promise.all(Array.from({ length: runs(50, 200) }, (_, index) => client(index)))
  })
})
