import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { MemoryLog } from '../../src/world/log.ts'
import { createTestClient, paths } from '../support/client.ts'
import { closeServers, controlServer } from '../support/control-server.ts'
import { actions, type Handle, openHandle, replies } from '../support/session.ts'
import { inProcess, NOW } from '../support/targets.ts'

closeServers()

const users = `${paths.users}?offset=0&limit=100`

/** Answers after a session: some of each kind. */
const probe = (handle: Handle) =>
  replies(handle, [
    { do: 'query', task: 0 },
    { do: 'list', offset: 0 },
    { do: 'advance', seconds: 3 },
    { do: 'query', task: 0 },
    { do: 'create', phones: [1, 2, 300] },
    { do: 'list', offset: 150 },
    { do: 'issue' },
    { do: 'list', offset: 199 },
  ])

describe('under a frozen clock', () => {
  it('two worlds with one seed answer any session byte for byte the same, and so does its replayed log', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 5 }), fc.array(actions, { maxLength: 25 }), async (seed, session) => {
        const one = openHandle(inProcess({ seed, now: NOW }).mock)
        const two = openHandle(inProcess({ seed, now: NOW }).mock)
        const answers = await replies(one, session)
        expect(await replies(two, session)).toEqual(answers)
        const log = JSON.parse(JSON.stringify(one.sandbox.log.export()))
        expect(await probe(openHandle(createMock({ seed: 99, log })))).toEqual(await probe(openHandle(one.mock)))
      }),
      { numRuns: 30 },
    )
  })
})

describe('the log of a sandbox', () => {
  it('of a random session of a thousand commands replays to identical answers in a new process', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
    const file = join(folder, 'log.json')
    const one = openHandle(inProcess({ now: NOW }).mock)
    const session = fc.sample(actions, { numRuns: 3000, seed: 4711 })
    for (const action of session) {
      if (one.sandbox.log.export().commands.length >= 1000) break
      await replies(one, [action])
    }
    one.sandbox.faults.clear()
    const log = one.sandbox.log.export()
    expect(log.commands.length).toBeGreaterThanOrEqual(1000)
    writeFileSync(file, JSON.stringify(log))
    const main = new URL('../../dist/cli/main.js', import.meta.url).pathname
    const child = spawn(process.execPath, [main, '--port', '0', '--log', file, '--log-level', 'silent'])
    try {
      const url = await new Promise<string>((resolve, reject) => {
        let text = ''
        child.stdout.on('data', (chunk) => {
          text += chunk
          const ready = /ready on (\S+)\n/.exec(text)?.[1]
          if (ready !== undefined) resolve(ready)
        })
        child.stderr.on('data', (chunk) => reject(new Error(String(chunk))))
      })
      const now = () => Date.parse(one.sandbox.clock.read().now)
      const there = createTestClient(url, fetch, one.sandbox.credentials, now)
      const tasks = one.sandbox.tasks.list().slice(-20)
      const targets = [0, 100, 200].map((offset) => `${paths.users}?offset=${offset}&limit=100`)
      const queries = tasks.map(({ taskId }) => `${paths.query}?taskId=${taskId}`)
      for (const path of [...targets, ...queries]) {
        const [here, other] = [await one.client.signed('GET', path), await there.signed('GET', path)]
        expect(other.text).toBe(here.text)
        expect(other.status).toBe(here.status)
        for (const [name, value] of here.headers) expect([name, other.headers.get(name)]).toEqual([name, value])
      }
    } finally {
      child.kill()
      rmSync(folder, { recursive: true })
    }
  })

  it('holds its own credentials, and neither passwords nor e-mail addresses', async () => {
    const sandbox = await (await controlServer()).sandbox()
    const userList = [{ firstname: 'A', phone: '13800000001', email: 'a.secret@example.com', password: 'Secret4711' }]
    await sandbox.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
    const text = JSON.stringify((await sandbox.control('GET', '/log')).json)
    expect(text).toContain(sandbox.credentials.appSecret)
    expect(text).toContain('13800000001')
    expect(text).not.toMatch(/a\.secret|Secret4711|mock-admin-token/)
  })

  it('replays into another sandbox of the same server, which keeps credentials of its own', async () => {
    const server = await controlServer()
    const [one, other] = [await server.sandbox({ users: 3 }), await server.sandbox()]
    const taskId = await one.provision('13800000001', '13800000001')
    const { json: issued } = await one.control('POST', '/tokens', { kind: 'admin' })
    await one.advance('PT1M')
    await one.send('GET', users, { headers: { Authorization: `Bearer ${issued.token}` } })
    const { json: log } = await one.control('GET', '/log')
    const replayed = await other.control('PUT', '/log', log)
    expect(replayed).toMatchObject({ status: 200, json: { id: other.id, appId: other.credentials.appId } })
    expect(replayed.json.userId).toBe(one.credentials.userId)
    expect((await other.control('GET', '/clock')).json).toEqual((await one.control('GET', '/clock')).json)
    expect((await other.get(users)).text).toBe((await one.get(users)).text)
    const task = `/tasks/${taskId}`
    expect((await other.control('GET', task)).json).toEqual((await one.control('GET', task)).json)
  })

  it('gives its credentials to the sandbox it is replayed into when nobody else has them', async () => {
    const log = (await (await (await controlServer()).sandbox({ seed: 5 })).control('GET', '/log')).json
    const fresh = await controlServer()
    const { status, json: taken } = await fresh.call('PUT', 'sandboxes/default/log', log)
    expect(status).toBe(200)
    expect(taken).toMatchObject({ id: 'default', appId: log.config.credentials.appId, commands: 0 })
    expect((await fresh.sandbox()).credentials.appId).not.toBe(taken.appId)
  })

  const spoilt: readonly [string, (log: any) => unknown, RegExp][] = [
    ['of another version', (log) => ({ ...log, version: 1 }), /version 3, not 1/],
    ['that is no log', () => ({ hello: 1 }), /format/],
    [
      'with an unknown command',
      (log) => ({ ...log, commands: [{ type: 'explode', at: 0 }] }),
      /"explode".*create-task/,
    ],
    [
      'with an unknown field',
      (log) => ({ ...log, commands: [{ ...log.commands[0], ats: 1 }] }),
      /commands\[0\].*"ats"/,
    ],
    [
      'with a command that cannot be carried out',
      (log) => ({ ...log, commands: [...log.commands, { type: 'fail-task', at: NOW, taskId: '1' }] }),
      /Command 1 of the log \(fail-task\)/,
    ],
    ['with an unknown reading', (log) => ({ ...log, config: { ...log.config, readings: { nope: 'x' } } }), /nope/],
    [
      'with a wrong scenario',
      (log) => ({ ...log, config: { ...log.config, scenario: { batsh: {} } } }),
      /scenario.*"batch"/,
    ],
    [
      'with a user whose id is not a number',
      (log) => ({ ...log, commands: [{ type: 'create-user', at: NOW, orgUserId: '007' }] }),
      /commands\[0\].*orgUserId.*1 to 20 digits/,
    ],
  ]
  it.each(spoilt)('%s is refused, and the sandbox stays as it was', async (_, spoil, detail) => {
    const sandbox = await (await controlServer()).sandbox()
    await sandbox.provision('13800000001')
    const { json: log } = await sandbox.control('GET', '/log')
    const { status, type, json } = await sandbox.control('PUT', '/log', spoil(log))
    expect([400, 409]).toContain(status)
    expect(type).toBe('application/problem+json')
    expect(json.detail).toMatch(detail)
    expect((await sandbox.control('GET', '/log')).json).toEqual(log)
  })

  it('is given up when it grows too long', () => {
    const log = new MemoryLog({ maxWeight: 5 })
    for (let sequence = 0; sequence < 8; sequence += 1) {
      expect(log.read('a', 0)?.length).toBe(sequence <= 5 ? sequence : undefined)
      log.append('a', sequence, { type: 'clear-faults', at: 0 })
    }
  })

  it('answers a conflict, and what to do, once it was given up', async () => {
    const { mock } = inProcess({ maxJournal: 0 })
    const rows = Array.from({ length: 1000 }, () => ({ phone: '13800000001', name: 'A' }))
    for (let batch = 0; batch < 500; batch += 1) mock.world.get('default')?.execute('create-task', { userId: '', rows })
    const response = await mock.fetch(new Request('http://mock/__admin/sandboxes/default/log'))
    expect(response.status).toBe(409)
    expect(((await response.json()) as { detail: string }).detail).toMatch(/given up.*Reset/)
  })
})

describe('the log of a sandbox with a name and labels', () => {
  it('keeps them, and leaves out a name that another sandbox has', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ name: 'Team A', labels: { owner: 'a' } })
    const { json: log } = await sandbox.control('GET', '/log')
    const other = await server.sandbox()
    expect((await other.control('PUT', '/log', log)).status).toBe(200)
    expect((await other.control('GET', '')).json).toMatchObject({ name: null, labels: { owner: 'a' } })
    await sandbox.control('DELETE', '')
    expect((await other.control('PUT', '/log', log)).status).toBe(200)
    expect((await other.control('GET', '')).json).toMatchObject({ name: 'Team A', labels: { owner: 'a' } })
  })
})
