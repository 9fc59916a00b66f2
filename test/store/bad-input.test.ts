import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import { lockFolder } from '../../src/store/folder-lock.ts'
import { openStore } from '../../src/store/open-store.ts'
import { createTestClient, paths } from '../support/client.ts'
import { runToEnd } from '../support/command.ts'
import { describePostgres, newFolder } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

/** Why a store was refused: one line, without a secret. */
async function refusal(place: string): Promise<{ kind: string; message: string }> {
  const error = await openStore(place, LOG_VERSION).then(
    async (store) => {
      await store.close()
      throw new Error('it was opened')
    },
    (reason: { kind: string; message: string }) => reason,
  )
  expect(error.message).not.toMatch(/\n|se-cret/)
  return { kind: error.kind, message: error.message }
}

const folder = newFolder()

describe('a folder', () => {
  it('that holds something else is refused, and stays as it was', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'own.txt'), 'x')
    expect(await refusal(folder)).toEqual({ kind: 'usage', message: expect.stringContaining('something else') })
    expect(existsSync(join(folder, 'data'))).toBe(false)
  })

  it('that is a file or a device, or lies in no folder, is refused', async () => {
    for (const place of [join(folder, 'own.txt'), '/dev/null']) {
      expect(await refusal(place)).toEqual({ kind: 'usage', message: expect.stringContaining('is not a folder') })
    }
    expect(await refusal(join(folder, 'own.txt', 'store'))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('something above it is not a folder'),
    })
    expect(await refusal(join(folder, 'no', 'where'))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('the folder above it does not exist'),
    })
    expect((await refusal('/proc/store')).message).toContain('the folder above it')
  })

  it('that another process uses is refused while that lives, however it ends', async () => {
    const used = newFolder()
    mkdirSync(used)
    const script =
      "require('net').createServer((one) => one.end()).listen(process.argv[1], () => console.log('locked'))"
    const child = spawn(process.execPath, ['-e', script, join(used, 'in-use.sock')])
    await new Promise((done) => child.stdout.once('data', done))
    await expect(lockFolder(used)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('in use'),
    })
    child.kill('SIGKILL')
    await new Promise((done) => child.once('exit', done))
    const unlock = await lockFolder(used)
    await expect(lockFolder(used)).rejects.toMatchObject({ kind: 'refused' })
    await unlock()
    await (await lockFolder(used))()
  })
})

describe.skipIf(process.platform !== 'linux')('a folder with a long path', () => {
  it('is kept by a socket in it, never by a name that other users could take', async () => {
    const used = join(newFolder(), ...Array.from({ length: 12 }, () => 'deep-below-others'))
    mkdirSync(used, { recursive: true })
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('koodrive-mock-') && name.endsWith('.sock'))
    const unlock = await lockFolder(used)
    expect(readdirSync(used)).toEqual(['in-use.sock'])
    expect(readdirSync(tmpdir()).filter((name) => name.endsWith('.sock') && !before.includes(name))).toEqual([])
    await expect(lockFolder(used)).rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('in use'),
    })
    await unlock()
    await (await lockFolder(used))()
  })
})

describe('a URL', () => {
  it.each([
    ['of another database', 'mysql://u:se-cret@h/d', 'usage', 'not mysql://'],
    ['that is malformed', 'postgres://u:se-cret@:99999/d', 'usage', 'malformed'],
    ['that is empty', ' ', 'usage', 'empty'],
    ['with a mode of TLS that is none', 'postgres://u:se-cret@h/d?sslmode=always', 'usage', 'Allowed: disable, prefer'],
    ['where nobody listens', 'postgres://u:se-cret@127.0.0.1:1/d', 'unavailable', 'nobody listens'],
    ['of a host that is none', 'postgres://u:se-cret@store.invalid/d', 'unavailable', 'no such host'],
    ['of a socket that is none', 'postgres://u:se-cret@localhost/d?host=/nowhere', 'unavailable', 'no such socket'],
  ])('%s is refused', async (_, url, kind, what) => {
    expect(await refusal(url)).toEqual({ kind, message: expect.stringContaining(what) })
  })
})

it('the command line says it in one line, with 2 for what is wrong with the flag and 1 for the rest', async () => {
  const serve = (store: string) => runToEnd(['serve', '--port', '0'], { KOODRIVE_MOCK_STORE: store })
  const [usage, away] = await Promise.all([serve(folder), serve('postgres://u:se-cret@127.0.0.1:1/d')])
  expect(usage).toEqual({
    code: 2,
    out: '',
    err: expect.stringMatching(/^koodrive-mock: --store: .*something else.*\n$/),
  })
  expect(away).toEqual({
    code: 1,
    out: '',
    err: expect.stringMatching(/^koodrive-mock: --store: .*nobody listens.*\n$/),
  })
  expect(away.err).not.toContain('se-cret')
})

it('a URL where something else than PostgreSQL listens is refused', async () => {
  const other = createServer((socket) => socket.on('data', () => socket.destroy()))
  await new Promise<void>((done) => void other.listen(0, '127.0.0.1', done))
  const { port } = other.address() as AddressInfo
  expect(await refusal(`postgres://u:se-cret@127.0.0.1:${port}/d`)).toEqual({
    kind: 'unavailable',
    message: expect.stringContaining('Check that PostgreSQL is there'),
  })
  other.close()
})

describePostgres('a database', (server) => {
  const as = (url: string, user: string) => url.replace('//mock@', `//${user}@`)

  it('that does not let the user in, or does not exist, is refused', async () => {
    const url = await server().createDatabase()
    await server().sql(url, "CREATE ROLE guarded LOGIN PASSWORD 'right'; CREATE ROLE guest LOGIN")
    expect(await refusal(as(url, 'guarded:se-cret'))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('the password or the user is wrong'),
    })
    expect((await refusal(as(url, 'nobody'))).kind).toBe('refused')
    expect(await refusal(as(url, 'guest'))).toEqual({
      kind: 'refused',
      message: expect.stringContaining('right to create'),
    })
    expect((await refusal(server().url('nowhere'))).message).toContain('does not exist')
    expect(await refusal(`${url}&sslmode=require`)).toEqual({
      kind: 'refused',
      message: expect.stringContaining('TLS'),
    })
  })

  it('of a version before 15 is refused, unless it only resembles PostgreSQL', async () => {
    const url = await server().createDatabase()
    // The server says of itself what these functions say.
    const claims = (about: string) =>
      server().sql(
        url,
        `CREATE OR REPLACE FUNCTION public.version() RETURNS text LANGUAGE sql AS $$ SELECT '${about}' $$;
         CREATE OR REPLACE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT '140011' $$`,
      )
    const asked = `${url}&options=${encodeURIComponent('-c search_path=public,pg_catalog')}`
    await claims('PostgreSQL 14.11 (Debian 14.11-1) on x86_64-pc-linux-gnu')
    expect(await refusal(asked)).toEqual({
      kind: 'refused',
      message: expect.stringMatching(/ is PostgreSQL 14; a store needs 15 or later\.$/),
    })
    expect(await server().sql(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")).toBe('0')
    for (const about of ['CockroachDB CCL v25.1.0', 'PostgreSQL 14.11-YB-2025.1.0.0-b0 on x86_64']) {
      await claims(about)
      await (await openStore(asked, LOG_VERSION)).close()
    }
  })

  it('that a newer mock has written is refused, and left as it is', async () => {
    const url = await server().createDatabase()
    await (await openStore(url, LOG_VERSION)).close()
    await server().sql(url, 'UPDATE koodrive_mock_schema SET version = 99')
    expect(await refusal(url)).toEqual({
      kind: 'refused',
      message: expect.stringContaining('a newer mock has written it'),
    })
    await server().sql(url, 'UPDATE koodrive_mock_schema SET version = 1, log_version = 1')
    expect((await refusal(url)).message).toContain('holds commands of version 1')
  })

  it('that a newer mock brings up to date while this one runs gives 503 with the reason', async () => {
    const store = await server().createDatabase()
    const mock = createMock({ store, now: NOW })
    const client = createTestClient('http://mock', mock.fetch, mock.credentials, () => NOW)
    const list = `${paths.users}?offset=0&limit=1`
    expect((await client.get(list)).status).toBe(200)
    await server().sql(store, 'UPDATE koodrive_mock_schema SET version = 99')
    const refused = await client.get(list)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('x-mock-diagnosis')).toContain('a newer mock has written it')
    await mock.close()
  })

  it('whose tables somebody emptied is refused: no answer comes from half of a state', async () => {
    const store = await server().createDatabase()
    const one = createMock({ store, now: NOW })
    const client = createTestClient('http://mock', one.fetch, one.credentials, () => NOW)
    const body = JSON.stringify({ userList: [{ firstname: 'A', phone: '13800000001' }] })
    for (let batch = 0; batch < 3; batch += 1) await client.signed('POST', paths.create, { body })
    await one.close()
    await server().sql(store, 'DELETE FROM koodrive_mock_commands WHERE sequence = 1')
    const two = createMock({ store })
    const refused = await createTestClient('http://mock', two.fetch, two.credentials, () => NOW).get(
      `${paths.users}?offset=0&limit=1`,
    )
    expect(refused.status).toBe(503)
    expect(refused.headers.get('x-mock-diagnosis')).toMatch(
      /is damaged: commands of sandbox default are missing from 0 on/,
    )
    await two.close()
    await server().sql(store, 'DELETE FROM koodrive_mock_schema')
    expect((await refusal(store)).kind).toBe('damaged')
  })

  it('that loses its connections in the middle keeps every call that was answered, and none twice', async () => {
    const store = await server().createDatabase()
    const mock = createMock({ store, now: NOW })
    const client = createTestClient('http://mock', mock.fetch, mock.credentials, () => NOW)
    const made: string[] = []
    const create = async (number: number) => {
      const phone = `139${String(number).padStart(8, '0')}`
      const reply = await client.signed('POST', paths.create, {
        body: JSON.stringify({ userList: [{ firstname: 'A', phone }] }),
      })
      if (reply.status === 200) made.push(reply.json.data)
      else expect(reply.status).toBe(503)
    }
    await create(0)
    for (let round = 0; round < 8; round += 1) {
      const calls = Array.from({ length: 12 }, (_, index) => create(1 + 12 * round + index))
      await server().sql(
        store,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'koodrive-mock'",
      )
      await Promise.all(calls)
    }
    expect(made.length).toBeGreaterThan(20)
    const response = await mock.fetch('http://mock/__admin/sandboxes/default/tasks')
    const { tasks } = (await response.json()) as { tasks: { taskId: string }[] }
    expect(tasks.map(({ taskId }) => taskId)).toEqual(expect.arrayContaining(made))
    expect(new Set(made).size).toBe(made.length)
    expect(await server().sql(store, 'SELECT count(*) - max(sequence) FROM koodrive_mock_commands')).toBe('1')
    await mock.close()
  })
})
