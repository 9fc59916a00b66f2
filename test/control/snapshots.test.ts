import { execFile } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMock, type Mock, type MockSandbox } from '../../src/index.ts'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import { SNAPSHOT_VERSION } from '../../src/server/snapshots/snapshot-format.ts'
import { createTestClient, paths } from '../support/client.ts'
import { closeServers, controlServer } from '../support/control-server.ts'
import { root } from '../support/source-files.ts'
import { NOW } from '../support/targets.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

closeServers()
afterEach(() => {
  vi.useRealTimers()
})

const main = `${root}dist/cli/main.js`
const clientOf = (mock: Mock, sandbox: MockSandbox) =>
  createTestClient('http://mock', mock.fetch, sandbox.credentials, () => Date.parse(sandbox.clock.read().now))

/** What a client can do to a sandbox, and what somebody who tests can. */
const steps = {
  async create(mock, sandbox, n) {
    const userList = [`1380000${1000 + (n % 50)}`, '13900000001'].map((phone) => ({ firstname: `u${n}`, phone }))
    return (await clientOf(mock, sandbox).signed('POST', paths.create, { body: JSON.stringify({ userList }) })).text
  },
  list: async (mock, sandbox, n) => (await clientOf(mock, sandbox).get(`${paths.users}?offset=${n}&limit=3`)).text,
  async session(mock, sandbox) {
    const { code } = sandbox.authCodes.issue('admin')
    return (await clientOf(mock, sandbox).send('POST', '/koodrive/ose/v1/session', { body: JSON.stringify({ code }) }))
      .text
  },
  advance: async (_, sandbox, n) => JSON.stringify(sandbox.clock.advance(`PT${n}S`)),
  fault: async (_, sandbox, n) => JSON.stringify(sandbox.faults.add({ kind: 'error', status: 503, nth: 1 + (n % 3) })),
  token: async (_, sandbox) => JSON.stringify(sandbox.tokens.issue('user', 600)),
  scenario: async (_, sandbox, n) => sandbox.scenario.set(n % 2 === 0 ? 'slow-batch' : 'happy-path'),
  readings: async (_, sandbox) => sandbox.readings.set({ 'code-type': 'string' }),
} satisfies Record<string, (mock: Mock, sandbox: MockSandbox, n: number) => Promise<unknown>>
type Step = readonly [keyof typeof steps, number]
const stepList = fc.array(fc.tuple(fc.constantFrom(...(Object.keys(steps) as Step[0][])), fc.nat(99)), { maxLength: 8 })

async function play(mock: Mock, sandbox: MockSandbox, list: readonly Step[]) {
  const answers = []
  for (const [name, n] of list) answers.push(await steps[name](mock, sandbox, n).catch((error) => String(error)))
  return answers
}

/** The clock of this process is not that of a store. */
const timeIsOfTheStore = process.env['KOODRIVE_TEST_STORE'] !== undefined

describe('a snapshot', () => {
  it('restores sandboxes to the same bytes: every answer, token and id from then on', async () => {
    await fc.assert(
      fc.asyncProperty(stepList, stepList, fc.boolean(), async (before, after, isRunning) => {
        const mock = createMock({ now: NOW, maxJournal: 0 })
        const sandbox = mock.sandbox({ now: NOW, users: 20, name: 'kept', labels: { owner: 'a' } })
        await play(mock, sandbox, before)
        if (isRunning) sandbox.clock.set({ frozen: false, rate: 1e-9 })
        const taken = JSON.stringify(mock.snapshot())
        const other = createMock({ maxJournal: 0, snapshot: taken })
        const restored = other.restore(sandbox.snapshot())
        expect(restored).toEqual([sandbox.id])
        expect(JSON.stringify(other.snapshot())).toBe(taken)
        const twin = handleOf(other, sandbox.id)
        expect(twin.credentials).toEqual(sandbox.credentials)
        expect(await play(other, twin, after)).toEqual(await play(mock, sandbox, after))
      }),
      { numRuns: 25 },
    )
  })

  it('holds all sandboxes, oldest first, or those with a label; and no journal', async () => {
    const server = await controlServer()
    const one = await server.sandbox({ id: 'one', labels: { owner: 'a' } })
    await server.sandbox({ id: 'two', labels: { owner: 'b' } })
    await one.get(`${paths.users}?offset=7&limit=1`)
    const idsOf = (json: any) => json.sandboxes.map(({ config }: any) => config.id)
    expect(idsOf((await server.call('GET', 'snapshot')).json)).toEqual(['default', 'one', 'two'])
    expect(idsOf((await server.call('GET', 'snapshot?label=owner=b')).json)).toEqual(['two'])
    expect(idsOf((await one.control('GET', '/snapshot')).json)).toEqual(['one'])
    expect(JSON.stringify((await server.call('GET', 'snapshot')).json)).not.toContain('offset=7')
  })

  it('puts each sandbox in the place of the one with its id, and leaves others as they are', async () => {
    const server = await controlServer()
    const [kept, changed] = [await server.sandbox({ id: 'kept' }), await server.sandbox({ id: 'changed' })]
    const { json: snapshot } = await server.call('GET', 'snapshot')
    await changed.provision('13800000001')
    const later = await server.sandbox({ id: 'later' })
    await kept.control('DELETE', '')
    expect((await server.call('PUT', 'snapshot', snapshot)).json).toEqual({ restored: ['default', 'kept', 'changed'] })
    expect((await changed.control('GET', '')).json.counts.tasks).toBe(0)
    for (const sandbox of [kept, changed, later]) {
      expect((await sandbox.get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
    }
    expect((await server.call('PUT', 'snapshot?label=none', snapshot)).status).toBe(400)
    expect((await server.call('PUT', 'snapshot?name=none', snapshot)).status).toBe(400)
    expect((await changed.control('PUT', '/snapshot', snapshot)).json.detail).toMatch(/3 sandboxes/)
  })

  it('restores one sandbox in the place of another', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ id: 'a' })
    await sandbox.provision('13800000001')
    const { json: snapshot } = await sandbox.control('GET', '/snapshot')
    const other = await server.sandbox({ id: 'b' })
    const clash = await other.control('PUT', '/snapshot', snapshot)
    expect([clash.status, clash.json.detail]).toEqual([409, expect.stringMatching(/AppId.*belongs to sandbox "a"/)])
    await sandbox.control('DELETE', '')
    expect((await other.control('PUT', '/snapshot', snapshot)).json).toEqual({ restored: ['b'] })
    expect((await other.control('GET', '')).json).toMatchObject({ id: 'b', appId: sandbox.credentials.appId })
  })

  it.skipIf(timeIsOfTheStore)(
    'lets a frozen clock stand where it stood, and one that runs with the real time stay as far ahead',
    () => {
      vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 0, 1) })
      const mock = createMock()
      const [frozen, running, fast] = [mock.sandbox({ now: NOW }), mock.sandbox(), mock.sandbox()]
      running.clock.advance('PT1H')
      fast.clock.set({ rate: 60 })
      const snapshot = mock.snapshot()
      vi.setSystemTime(Date.UTC(2027, 0, 1))
      const other = createMock({ snapshot })
      expect(handleOf(other, frozen.id).clock.read()).toMatchObject({ now: '2026-04-16T08:00:00Z', frozen: true })
      expect(handleOf(other, running.id).clock.read()).toMatchObject({ now: '2027-01-01T01:00:00Z', rate: 1 })
      expect(handleOf(other, fast.id).clock.read()).toMatchObject({ now: '2026-01-01T00:00:00Z', rate: 60 })
    },
  )

  it('is a text that can be kept in a repository: the same each time, one command a line, with a line end', async () => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ id: 'fixture' })
    await sandbox.provision('13800000001')
    await sandbox.advance('PT1M')
    const read = async () => (await fetch(`${server.url}/__admin/sandboxes/fixture/snapshot`)).text()
    const text = await read()
    expect(text).toBe(await read())
    expect(text).toMatch(/^\{\n {2}"format": "koodrive-mock-snapshot",\n {2}"version": 1,\n/)
    expect(text.endsWith('\n}\n')).toBe(true)
    expect(text.match(/^ +\{"type":.*\},?$/gm)).toHaveLength(2)
    const twin = createMock({ snapshot: text.replaceAll('\n', '\r\n') })
    expect(handleOf(twin, 'fixture').tasks.list()).toHaveLength(1)
    expect(createMock({ snapshot: `\ufeff${text}` }).world.size).toBe(2)
  })

  const spoilt: [string, (snapshot: any) => unknown, RegExp][] = [
    ['of a newer version', (snapshot) => ({ ...snapshot, version: 2 }), /reads snapshots of version 1, not 2/],
    ['of no version', ({ version, ...rest }) => rest, /version 1, not none/],
    ['of another format', (snapshot) => ({ ...snapshot, format: 'koodrive-mock-log' }), /^format: /],
    ['with a field that nobody knows', (snapshot) => ({ ...snapshot, extra: 1 }), /no field "extra"/],
    ['without sandboxes', ({ sandboxes, ...rest }) => rest, /^sandboxes: /],
    [
      'with a sandbox twice',
      (snapshot) => ({ ...snapshot, sandboxes: snapshot.sandboxes.concat(snapshot.sandboxes) }),
      /twice/,
    ],
    [
      'with a command that cannot be carried out',
      (snapshot) => {
        snapshot.sandboxes[1].commands.push({ type: 'complete-task', at: NOW, taskId: '1' })
        return snapshot
      },
      /Command 0.*no task 1/,
    ],
    [
      'with an AppId that two of its sandboxes have',
      (snapshot) => {
        snapshot.sandboxes[1].config.credentials.appId = snapshot.sandboxes[0].config.credentials.appId
        return snapshot
      },
      /AppId/,
    ],
    [
      'with a clock that is none',
      (snapshot) => {
        snapshot.sandboxes[0].clock = { frozen: true }
        return snapshot
      },
      /^sandboxes\[0\]\.clock/,
    ],
    ['that is a list', () => [], /./],
    ['that is empty', () => ({}), /^format: /],
  ]
  it.each(spoilt)('%s is refused, and nothing changes', async (_, spoil, detail) => {
    const server = await controlServer()
    const sandbox = await server.sandbox({ id: 'a', name: 'A' })
    const { json: snapshot } = await server.call('GET', 'snapshot')
    await sandbox.provision('13800000001')
    const before = (await server.call('GET', 'snapshot')).json
    const { status, type, json } = await server.call('PUT', 'snapshot', spoil(structuredClone(snapshot)) as object)
    expect([400, 409]).toContain(status)
    expect(type).toBe('application/problem+json')
    expect(json.detail).toMatch(detail)
    expect((await server.call('GET', 'snapshot')).json).toEqual(before)
  })

  it('restores sandboxes that have exchanged name and credentials', () => {
    const mock = createMock()
    const [a, b] = [mock.sandbox({ id: 'a', name: 'First' }), mock.sandbox({ id: 'b', name: 'Second' })]
    const snapshot: any = structuredClone(mock.snapshot())
    const [, one, other] = snapshot.sandboxes
    for (const field of ['name', 'credentials']) {
      ;[one.config[field], other.config[field]] = [other.config[field], one.config[field]]
    }
    const [ofA, ofB] = [a.credentials, b.credentials]
    mock.restore(snapshot)
    expect([a.credentials, b.credentials]).toEqual([ofB, ofA])
    for (const [credentials, id] of [
      [ofA, 'b'],
      [ofB, 'a'],
    ] as const) {
      expect(mock.world.ofAppId(credentials.appId)?.id).toBe(id)
      for (const token of Object.values(credentials.tokens)) expect(mock.world.ofToken(token)?.id).toBe(id)
    }
    expect(() => mock.sandbox({ name: 'First' })).toThrow(/belongs to sandbox "b"/)
  })

  it('restores no more sandboxes than may exist', async () => {
    const source = createMock()
    for (let made = 0; made < 3; made += 1) source.sandbox()
    const mock = createMock({ maxSandboxes: 3 })
    expect(() => mock.restore(source.snapshot())).toThrow(/3 may exist/)
    expect(mock.world.size).toBe(1)
  })

  it('changes its version with the log that it holds', () => {
    expect([LOG_VERSION, SNAPSHOT_VERSION], 'count both up').toEqual([3, 1])
  })
})

describe('koodrive-mock snapshot', () => {
  const run = async (...args: string[]) => {
    const done = promisify(execFile)(process.execPath, [main, 'snapshot', ...args])
    return done.then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    )
  }

  it('saves to a file, restores from it, and a server begins with it', async () => {
    const file = join(temporaryFolder(), 'snapshot.json')
    const server = await controlServer()
    await server.sandbox({ id: 'a', labels: { owner: 'x' } })
    expect(await run('--url', server.url, '--label', 'owner=x', '--out', file)).toEqual({
      code: 0,
      stdout: '',
      stderr: `1 sandbox saved to ${file}\n`,
    })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const other = await controlServer()
    expect(await run('--url', other.url, '--restore', file)).toMatchObject({
      code: 0,
      stdout: '1 sandbox restored: a\n',
    })
    expect((await run('--url', other.url, '--sandbox', 'a')).stdout).toBe(readFileSync(file, 'utf8'))
    expect(createMock({ snapshot: readFileSync(file, 'utf8') }).world.get('a')).toBeDefined()
  })

  it.each([
    [
      'an address where nothing answers',
      ['--url', 'http://127.0.0.1:9'],
      1,
      /Nothing answers at http:\/\/127\.0\.0\.1:9/,
    ],
    [
      'an address that is none',
      ['--url', 'nope'],
      2,
      /'--url <url>' argument 'nope' is invalid. Allowed: a URL such as/,
    ],
    [
      'a file that is not there',
      ['--restore', '/nowhere/x.json'],
      2,
      /--restore \/nowhere\/x\.json cannot be read: ENOENT/,
    ],
    ['two directions at once', ['--restore', 'x', '--out', 'y'], 2, /give one of them/],
    ['two choices at once', ['--sandbox', 'x', '--label', 'y'], 2, /give one of them/],
  ])('refuses %s', async (_, args, code, message) => {
    const done = await run(...args)
    expect(done).toMatchObject({ code, stdout: '' })
    expect(done.stderr).toMatch(message)
    expect(done.stderr.trimEnd().split('\n')).toHaveLength(1)
  })

  it('says what the server refused', async () => {
    const file = join(temporaryFolder(), 'snapshot.json')
    writeFileSync(file, '{}')
    const server = await controlServer()
    expect(await run('--url', server.url, '--restore', file)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/format: /),
    })
    expect(await run('--url', server.url, '--sandbox', 'none')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/no sandbox "none"/),
    })
  })
})

/** A handle of a sandbox that a snapshot brought. */
const handleOf = (mock: Mock, id: string): MockSandbox => mock.openSandbox(id)
