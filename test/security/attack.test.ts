import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { paths } from '../support/client.ts'
import { slowJudge } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A taste of it with every run of the suite, a minute of each kind in CI, as long as one likes by hand. */
const SECONDS = Number(process.env['KOODRIVE_FUZZ_SECONDS'] ?? 1)
const MINUTES = SECONDS / 60 + 1
const SEED = Number(process.env['KOODRIVE_FUZZ_SEED'] ?? 1)
/** Whether times on the clock mean something: a short run on a busy machine measures the machine. */
const IS_MEASURED = SECONDS >= 30

const MIB = 1024 * 1024

interface Server {
  readonly url: string
  readonly pid: number
  readonly errors: () => string
  readonly hasEnded: () => boolean
  /** How long the server kept its clients waiting, in milliseconds of processor time. */
  readonly stalls: () => { p99: number; longest: number }
}

function serve(flags: readonly string[], node: readonly string[] = []): Promise<Server> {
  const stalls = join(temporaryFolder(), 'stalls.json')
  const probe = ['--import', `${root}test/support/stalls.mjs`]
  const args = [...node, ...probe, `${root}dist/cli/main.js`, 'serve', '--port', '0', '--log-level', 'error', ...flags]
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', STALLS: stalls },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let [out, err, hasEnded] = ['', '', false]
  child.stderr.on('data', (chunk) => {
    err += chunk
  })
  child.on('exit', () => {
    hasEnded = true
  })
  const server = (url: string): Server => ({
    ...{ url, pid: child.pid ?? 0, errors: () => err, hasEnded: () => hasEnded },
    stalls: () => JSON.parse(readFileSync(stalls, 'utf8')),
  })
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      if (out.length < 10_000) out += chunk
      const ready = /ready on (https?:\/\/\S+)\n/.exec(out)?.[1]
      if (ready !== undefined) resolve(server(ready))
    })
    child.on('exit', () => reject(new Error(`${out}${err}`)))
  })
}

interface Count {
  readonly sent: number
  readonly answered: number
  readonly failed: number
  readonly serverErrors: readonly object[]
}

function attack(kind: string, { url }: Server, seconds = SECONDS): Promise<Count> {
  const child = spawn(process.execPath, [`${root}test/support/attack.mjs`, kind, url, String(seconds), String(SEED)])
  onTestFinished(() => void child.kill('SIGKILL'))
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk
    })
  }
  return new Promise((resolve, reject) => {
    child.on('close', () => {
      try {
        resolve(JSON.parse(text.slice(text.indexOf('{'))))
      } catch {
        reject(new Error(`${kind}: ${text}`))
      }
    })
  })
}

/** Memory of a process that cannot be given back, in bytes: Linux keeps the highest. */
const peakMemory = ({ pid }: Server): number =>
  1024 * Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])

const list = `${paths.users}?offset=0&limit=10`
const headers = { Authorization: 'Bearer mock-admin-token' }

/** A client that asks again and again beside an attack; gives the time of its slowest of a hundred, in milliseconds. */
async function politeClient({ url }: Server, seconds: number): Promise<number> {
  const times: number[] = []
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    const started = performance.now()
    const answer = await fetch(url + list, { headers })
    expect(answer.status).toBe(200)
    await answer.text()
    times.push(performance.now() - started)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  times.sort((a, b) => a - b)
  return times[Math.floor(times.length * 0.99)] ?? 0
}

/** Everything that the mock is for, in a sandbox of its own: nothing that was sent before may have broken it. */
async function stillWorks({ url }: Server): Promise<void> {
  const admin = (path: string, body?: object) =>
    fetch(`${url}/__admin${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    })
  const made = await admin('/sandboxes', {})
  expect(made.status).toBe(201)
  const { id, tokens } = (await made.json()) as { id: string; tokens: { admin: string } }
  const authorization = { Authorization: `Bearer ${tokens.admin}` }
  expect(await (await fetch(url + list, { headers: authorization })).json()).toMatchObject({ code: 0, total: 200 })
  expect((await fetch(`${url}/__admin/sandboxes/${id}`, { method: 'DELETE' })).status).toBeLessThan(300)
}

describe.skipIf(process.platform !== 'linux')('a server that is fed with whatever there is', () => {
  const kinds = ['bytes', 'frames', 'bodies', 'control', 'aborts']

  it(`lives, answers nothing with 500, says nothing of an unexpected error, and works afterwards (${SECONDS} s)`, {
    timeout: SECONDS * 1000 + 60_000,
  }, async () => {
    const server = await serve([])
    const counts = await Promise.all(kinds.map((kind) => attack(kind, server)))
    for (const [at, { sent, serverErrors }] of counts.entries()) {
      expect(sent, kinds[at]).toBeGreaterThan(3)
      expect(serverErrors, kinds[at]).toEqual([])
    }
    expect(server.errors()).toBe('')
    expect(server.hasEnded()).toBe(false)
    await stillWorks(server)
  })

  const overTls = async () => {
    trustAnyone()
    const server = await serve(['--tls'])
    const counts = await Promise.all(['bytes', 'frames', 'aborts', 'streams'].map((kind) => attack(kind, server)))
    for (const { sent, serverErrors } of counts) {
      expect(sent).toBeGreaterThan(3)
      expect(serverErrors).toEqual([])
    }
    expect(server.errors()).toBe('')
    expect(server.hasEnded()).toBe(false)
    await stillWorks(server)
  }
  slowJudge(`does so over TLS, with frames of HTTP/2 (${SECONDS} s)`, overTls, MINUTES)
})

/** The certificate of a server is made at its start. */
function trustAnyone(): void {
  const previous = process.env['NODE_TLS_REJECT_UNAUTHORIZED']
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
  onTestFinished(() => {
    if (previous === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = previous
  })
}

describe.skipIf(process.platform !== 'linux')('a server under a mixed attack', () => {
  const kinds = ['bytes', 'signatures', 'aborts', 'slow', 'endless', 'big', 'targets']

  const servers: readonly [what: string, node: string[], flags: string[]][] = [
    ['as it is', [], []],
    ['over TLS', [], ['--tls']],
    ['with 200 MB of memory for its objects', ['--max-old-space-size=200'], []],
  ]
  for (const [what, node, flags] of servers) {
    slowJudge(
      `lives, stays below 300 MB, keeps a polite client waiting for less than 250 ms, and works afterwards: ${what} (${SECONDS} s)`,
      async () => {
        trustAnyone()
        const server = await serve(flags, node)
        const [p99, ...counts] = await Promise.all([
          politeClient(server, SECONDS),
          ...kinds.map((kind) => attack(kind, server)),
        ])
        for (const [at, { sent }] of counts.entries()) expect(sent, kinds[at]).toBeGreaterThan(3)
        expect(server.hasEnded()).toBe(false)
        expect(server.errors()).toBe('')
        expect(peakMemory(server) / MIB).toBeLessThan(300)
        // A run of seconds measures how the server starts.
        if (IS_MEASURED) {
          expect(server.stalls().p99).toBeLessThan(250)
          expect(p99).toBeLessThan(250)
        }
        await stillWorks(server)
      },
      MINUTES,
    )
  }
})
