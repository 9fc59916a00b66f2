import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

const main = new URL('../../dist/cli/main.js', import.meta.url).pathname
const running: ChildProcess[] = []
let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'koodrive-mock-'))
})
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL')
})

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env['PATH'] ?? '',
  NO_COLOR: '1',
  ...more,
})

/** Runs a command line to its end. */
function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...args], { env: environment(env) })
  running.push(child)
  return collect(child)
}

function collect(child: ChildProcess): Promise<Ended> {
  let out = ''
  let err = ''
  child.stdout?.on('data', (chunk) => {
    out += chunk
  })
  child.stderr?.on('data', (chunk) => {
    err += chunk
  })
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

/** Starts a server and waits for its ready line. */
async function start(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [main, ...args], { env: environment(env) })
  running.push(child)
  const ended = collect(child)
  let text = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      const ready = /^koodrive-mock ready on (http\S+)\n$/m.exec(text)?.[1]
      if (ready !== undefined) resolve(ready)
    })
    child.on('close', () => reject(new Error(`ended before it was ready: ${text}`)))
  })
  return { child, ended, url, banner: () => text }
}

describe('koodrive-mock', () => {
  it('starts without arguments of any kind but a port, and the last line says where it is', async () => {
    const { url, banner } = await start(['--port', '0'])
    expect(banner().trimEnd().split('\n').at(-1)).toBe(`koodrive-mock ready on ${url}`)
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('shows credentials and a curl line that works when pasted', async () => {
    const { banner } = await start(['--port', '0'])
    const curl =
      banner()
        .split('\n')
        .find((line) => line.trim().startsWith('curl ')) ?? ''
    const answer = JSON.parse(execFileSync('sh', ['-c', curl.trim()], { encoding: 'utf8' }))
    expect(answer).toMatchObject({ code: 0, total: 200 })
    expect(banner()).toContain('koodrive-mock-app-secret')
    expect(banner()).toContain('1505084218764547200')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends with 0 on %s although keep-alive connections are open',
    async (signal) => {
      const { child, ended, url } = await start(['--port', '0'])
      const agent = new Agent({ keepAlive: true })
      await new Promise((resolve) => {
        request(`${url}/__admin/health`, { agent }, (response) => response.resume().on('end', resolve)).end()
      })
      child.kill(signal)
      expect((await ended).code).toBe(0)
      agent.destroy()
    },
  )

  it('takes every flag from the environment, and the flag wins', async () => {
    const env = {
      KOODRIVE_MOCK_PORT: '0',
      KOODRIVE_MOCK_USERS: '7',
      KOODRIVE_MOCK_READING: 'code-type=string',
      KOODRIVE_MOCK_NO_DEBUG_HEADERS: 'true',
    }
    const ask = async (url: string) =>
      fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, { headers: { Authorization: 'mock-admin-token' } })
    const { url } = await start([], env)
    const response = await ask(url)
    expect(await response.json()).toMatchObject({ code: '0', total: 7 })
    expect(response.headers.has('X-Mock-Rule')).toBe(false)
    const other = await start(['--users', '9'], { ...env, KOODRIVE_MOCK_NO_DEBUG_HEADERS: 'false' })
    const answer = await ask(other.url)
    expect(await answer.json()).toMatchObject({ total: 9 })
    expect(answer.headers.has('X-Mock-Rule')).toBe(true)
  })

  it('is ready with a million users', async () => {
    const { url } = await start(['--port', '0', '--users', '1000000'])
    const response = await fetch(`${url}/koodrive/ose/v1/userList?offset=999900&limit=100`, {
      headers: { Authorization: 'mock-admin-token' },
    })
    expect(((await response.json()) as { list: unknown[] }).list).toHaveLength(100)
  })

  it('reads readings from a file', async () => {
    const file = join(folder, 'readings.json')
    writeFileSync(file, '{"readings": {"user-list-key": "data"}}')
    const { url } = await start(['--port', '0', '--readings', file])
    const response = await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, {
      headers: { Authorization: 'mock-admin-token' },
    })
    expect(await response.json()).toHaveProperty('data')
  })

  it('logs one line a request, for people or for machines, without a token', async () => {
    for (const format of ['pretty', 'json']) {
      const { child, ended, url } = await start(['--port', '0', '--log-format', format, '--log-level', 'info'])
      await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=0`, {
        headers: { Authorization: 'Bearer mock-admin-token' },
      })
      child.kill('SIGTERM')
      const line = (await ended).out.trimEnd().split('\n').at(-1) ?? ''
      if (format === 'json') expect(JSON.parse(line)).toMatchObject({ operation: 'listUsers', status: 400 })
      else expect(line).toMatch(/^GET {2}listUsers 400 [\d.]+ ms .*limit/)
      expect(line).not.toContain('mock-admin-token')
    }
  })

  it('refuses a port in use with exit code 3 and one line that names port and flag', async () => {
    const { url } = await start(['--port', '0'])
    const { port } = new URL(url)
    const { code, err } = await run(['--port', port])
    expect(code).toBe(3)
    expect(err).toMatch(new RegExp(`^koodrive-mock: Port ${port} .*--port.*\n$`))
  })

  it.each<[string[], Record<string, string>, RegExp]>([
    [['--sandbox-ttl', 'soon'], {}, /--sandbox-ttl.*'soon'.*such as 30m, 12h, 7d or PT12H/],
    [['--max-sandboxes', '0'], {}, /--max-sandboxes.*'0'.*1 to/],
    [['--snapshot', '/nowhere.json'], {}, /--snapshot \/nowhere\.json cannot be read: ENOENT/],
    [['--snapshot', 'a.json', '--store', 'b'], {}, /--snapshot and --store/],
    [['--port', 'many'], {}, /--port.*many.*0 to 65535/],
    [['--port', '65536'], {}, /--port.*65536/],
    [['--users', '-1'], {}, /--users.*-1/],
    [['--users', '1.5'], {}, /--users.*1\.5/],
    [['--redirect-host', 'bad host'], {}, /--redirect-host.*bad host.*app\.example\.com/],
    [[], { KOODRIVE_MOCK_REDIRECT_HOST: 'app.example.com,/' }, /--redirect-host.*REDIRECT_HOST/],
    [['--speed', '0'], {}, /--speed.*0/],
    [['--now', 'yesterday'], {}, /--now.*yesterday.*ISO/],
    [['--log-format', 'xml'], {}, /--log-format.*xml.*pretty, json/],
    [['--scenario', 'nope'], {}, /nope.*happy-path/],
    [['--scenario', '/nonexistent.yaml'], {}, /nonexistent\.yaml.*ENOENT/],
    [['--reading', 'code-type'], {}, /ID=VALUE.*code-type/],
    [['--reading', 'code-type=float'], {}, /code-type.*float.*number, string/],
    [['--reading', 'code-tipe=string'], {}, /"code-tipe"\. Did you mean "code-type"\?/],
    [['--reading', 'nope=1'], {}, /nope.*code-type/],
    [['--readings', '/nonexistent.json'], {}, /nonexistent\.json.*ENOENT/],
    [['--unknown'], {}, /unknown option.*--unknown/],
    [['frobnicate'], {}, /^koodrive-mock: There is no command "frobnicate"\. koodrive-mock --help lists them\.\n$/],
    [['sing', 'GET', 'http://127.0.0.1'], {}, /There is no command "sing"\. Did you mean sign\?/],
    [['sign', 'POST', 'http://127.0.0.1/x', '--body', '{}'], {}, /unknown option '--body' \(Did you mean --data\?\)/],
    [['sign', 'POST', 'http://127.0.0.1/x', '-d', '{}'], {}, /unknown option '-d' \(Did you mean --data\?\)/],
    [['sign', 'GET', 'http://127.0.0.1/x', '-H', 'a: b'], {}, /unknown option '-H' \(Did you mean --header\?\)/],
    [['sign', 'GET'], {}, /missing required argument 'url'\. koodrive-mock sign --help shows what it takes\.\n$/],
    [['--prt', '1'], {}, /unknown option '--prt' \(Did you mean --port\?\)/],
    [['--bind', '::1'], {}, /unknown option '--bind' \(Did you mean --host\?\)/],
    [['4011'], {}, /A port is given by --port 4011; npm passes it on after a --: npm start -- --port 4011\./],
    [[], { KOODRIVE_MOCK_PORT: 'x' }, /KOODRIVE_MOCK_PORT/],
    [[], { KOODRIVE_MOCK_PORT: 'tcp://10.0.0.7:4010' }, /Kubernetes.*enableServiceLinks: false/],
    [[], { KOODRIVE_MOCK_NO_CONTROL: 'perhaps' }, /KOODRIVE_MOCK_NO_CONTROL.*true, false/],
  ])('refuses %j with %j at start: exit code 2, one line that says what is allowed', async (args, env, reason) => {
    const { code, out, err } = await run(args, env)
    expect(code).toBe(2)
    expect(err).toMatch(reason)
    expect(err.trimEnd().split('\n')).toHaveLength(1)
    expect(err).not.toMatch(/\n\s+at /)
    expect(out).toBe('')
  })

  it.each([['--help'], ['serve', '--help'], ['sign', '--help'], ['--version']])('%s exits with 0', async (...args) => {
    expect((await run(args)).code).toBe(0)
  })
})

describe('credentials of a sandbox', () => {
  const made = async (args: string[], env: Record<string, string> = {}) => {
    const { url } = await start(['--port', '0', ...args], env)
    const response = await fetch(`${url}/__admin/sandboxes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    })
    return (await response.json()) as { id: string; appId: string; tokens: object }
  }

  it('are the same at each start with an explicit seed, of a flag or the environment, and drawn anew without one', async () => {
    const [flag, variable, none, again] = await Promise.all([
      made(['--seed', '1']),
      made([], { KOODRIVE_MOCK_SEED: '1' }),
      made([]),
      made([]),
    ])
    expect(flag).toEqual(variable)
    expect(flag.id).toBe('sandbox-1')
    for (const name of ['id', 'appId'] as const)
      expect(new Set([flag, none, again].map((one) => one[name])).size).toBe(3)
  })
})

describe('koodrive-mock healthcheck', () => {
  it('exits with 0 when a server is ready, with a control token too, and with 1 when nothing answers', async () => {
    const { url } = await start(['--port', '0'])
    expect((await run(['healthcheck', '--url', url])).code).toBe(0)
    expect((await run(['healthcheck'], { KOODRIVE_MOCK_PORT: new URL(url).port })).code).toBe(0)
    const guarded = await start(['--port', '0', '--control-token', 'secret'])
    expect((await run(['healthcheck', '--url', guarded.url])).code).toBe(0)
    const { code, err } = await run(['healthcheck', '--url', 'http://127.0.0.1:1'])
    expect([code, err]).toEqual([1, 'koodrive-mock: Nothing answers at http://127.0.0.1:1.\n'])
  })

  it('tells a store that does not answer from a process that does, with the token of the environment', async () => {
    const server = createServer(({ url, headers }, response) => {
      const isKnown = headers.authorization === 'Bearer secret'
      response.statusCode = isKnown ? (url === '/__admin/health' ? 200 : 503) : 401
      response.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const env = { KOODRIVE_MOCK_CONTROL_TOKEN: 'secret' }
    try {
      const lost = await run(['healthcheck', '--url', url], env)
      expect(lost).toEqual({ code: 1, out: '', err: `koodrive-mock: ${url}/__admin/ready answers 503.\n` })
      expect((await run(['healthcheck', '--live', '--url', url], env)).code).toBe(0)
    } finally {
      server.close()
    }
  })
})
