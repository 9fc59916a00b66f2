import { mkdtempSync, readFileSync } from 'node:fs'
import type { RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { type ContractOptions, runContract } from '../../src/contract/index.ts'
import { mockRun } from '../support/contract.ts'
import { localServer } from '../support/local-server.ts'
import { overHttp } from '../support/targets.ts'

const secrets = {
  KOODRIVE_APP_ID: 'canary-app-id-1',
  KOODRIVE_APP_SECRET: 'canary-app-secret-2',
  KOODRIVE_USER_ID: 'canary-user-id-3',
  KOODRIVE_ACCESS_TOKEN: 'canary-access-token-4',
  KOODRIVE_APP_ACCESS_TOKEN: 'canary-app-token-5',
}

/** Runs the command line with credentials in the environment. */
async function contract(args: readonly string[], environment: Record<string, string> = secrets) {
  const before = { ...process.env }
  Object.assign(process.env, environment)
  let [out, err] = ['', '']
  try {
    const streams = {
      out: (text: string) => {
        out += text
      },
      err: (text: string) => {
        err += text
      },
    }
    return { code: await run(['contract', ...args], streams), out, err }
  } finally {
    process.env = before
  }
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? ''

describe('the command line', () => {
  it.each([
    ['no target', [], 2, 'there is no target'],
    ['a target that is no URL', ['--target', 'nowhere'], 2, '"nowhere" is not an http or https URL'],
    ['a target of another kind', ['--target', 'ftp://x'], 2, 'is not an http or https URL'],
    ['a target with a password', ['--target', 'http://a:b@x'], 2, 'no user, no password'],
    ['an unknown check', ['--target', 'http://127.0.0.1:1', '--only', 'nonsense'], 2, '"nonsense"'],
    ['an unknown reporter', ['--target', 'http://127.0.0.1:1', '--reporter', 'xml'], 2, 'pretty, json, junit'],
    [
      'two reports on one terminal',
      ['--target', 'http://127.0.0.1:1', '--reporter', 'json', '--reporter', 'pretty'],
      2,
      'only one report',
    ],
    [
      'a file that cannot be written',
      ['--target', 'http://127.0.0.1:1', '--reporter', 'html=/no/such/dir/r.html'],
      2,
      'cannot be written (ENOENT); nothing was sent',
    ],
    [
      'a ledger that cannot be written',
      ['--target', 'http://127.0.0.1:1', '--allow-writes', '--ledger', '/no/such/dir/l'],
      2,
      'ledger /no/such/dir/l cannot be written',
    ],
    ['a target where nothing listens', ['--target', 'http://127.0.0.1:4'], 3, 'nothing listens there'],
    ['a host that does not exist', ['--target', 'http://no-such-host.invalid'], 3, 'http://no-such-host.invalid'],
    [
      'writes without a confirmed host',
      ['--target', 'http://service.example', '--allow-writes'],
      4,
      'needs --confirm-host service.example',
    ],
    [
      'another host confirmed',
      ['--target', 'http://service.example', '--confirm-host', 'other.example'],
      4,
      'nothing was sent',
    ],
  ] as const)('answers %s with one clear line and the right exit code', async (_, args, code, text) => {
    const result = await contract(args)
    expect([result.code, lastLine(result.err)]).toEqual([code, expect.stringContaining(text)])
    expect(result.out + result.err).not.toContain('canary')
  })

  it('asks for credentials when there are none', async () => {
    const none = Object.fromEntries(Object.keys(secrets).map((name) => [name, '']))
    const result = await contract(['--target', 'http://127.0.0.1:1'], none)
    expect([result.code, lastLine(result.err)]).toEqual([3, expect.stringContaining('KOODRIVE_APP_ID')])
  })

  it('tells wrong credentials, and still reports what it learned', async () => {
    const { baseUrl } = await overHttp()
    const result = await contract(['--target', baseUrl])
    expect([result.code, lastLine(result.err)]).toEqual([3, expect.stringContaining('app signature is refused')])
    expect(result.out).toContain('checks:')
    expect(result.out + result.err).not.toContain('canary')
  })
})

describe('a target that misbehaves', () => {
  const html: RequestListener = (_, response) =>
    response.setHeader('content-type', 'text/html').end('<html>Hello</html>')
  const endless: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(`{"list":["${'x'.repeat(10 * 1024 * 1024)}"],"code":0,"msg":"ok"}`)
  }
  const cut: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': '100' })
    response.write('{"code"')
    setImmediate(() => response.destroy())
  }
  const run = async (listener: RequestListener, more: Partial<ContractOptions> = {}) =>
    runContract({
      ...mockRun(),
      fetch: undefined,
      target: await localServer(listener),
      timeoutMs: 2000,
      ...more,
    }).report()

  it.each([
    ['speaks HTML', html, 'not the KooDrive API'],
    ['answers with 10 MB', endless, 'larger than'],
    ['hangs', () => undefined, 'no complete answer within 300 ms'],
    ['closes in the middle of a body', cut, 'closed before the answer was complete'],
  ] as const)('that %s is not reachable, and violates nothing', async (_, listener, text) => {
    const { outcome, exitCode, stopped, summary } = await run(listener, {
      timeoutMs: text.includes('300') ? 300 : 5000,
    })
    expect([outcome, exitCode, stopped]).toEqual(['unreachable', 3, expect.stringContaining(text)])
    expect([summary.violation, summary.pass]).toEqual([0, 0])
  })

  it('is not reachable when TLS fails', async () => {
    const server = createTcpServer((socket) => socket.end('no TLS here'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const target = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    const { outcome, stopped } = await runContract({ ...mockRun(), fetch: undefined, target }).report()
    expect([outcome, stopped]).toEqual(['unreachable', expect.stringMatching(/TLS|closed/)])
  })

  it('that sends the kit elsewhere stops the run, and nothing goes there', async () => {
    let reached = 0
    const there = await localServer((_, response) => {
      reached += 1
      response.end()
    })
    const { outcome, exitCode, stopped, summary } = await run((_, response) =>
      response.writeHead(307, { location: there.replace('127.0.0.1', 'localhost') }).end(),
    )
    expect([outcome, exitCode, reached]).toEqual(['safety-guard', 4, 0])
    expect(stopped).toContain('redirects to http://localhost')
    expect(summary.requests).toBe(1)
  })

  it('is left alone once the budget is spent, and the rest is skipped with the reason', async () => {
    const { outcome, exitCode, summary, checks } = await runContract({ ...mockRun(), maxRequests: 20 }).report()
    expect([outcome, exitCode, summary.requests]).toEqual(['safety-guard', 4, 20])
    expect(checks.at(-1)?.reason).toContain('--max-requests')
    expect(summary.pass).toBeGreaterThan(0)
  })

  it('is asked again as late as it wishes when it is busy', async () => {
    const waits: number[] = []
    let sent = 0
    const options = mockRun()
    const { summary } = await runContract({
      ...options,
      only: ['list-users.answers'],
      sleep: async (ms) => void waits.push(ms),
      fetch: async (request) => {
        sent += 1
        return sent === 1
          ? new Response('{"code":429,"msg":"slow"}', { status: 429, headers: { 'retry-after': '3' } })
          : (options.fetch?.(request) ?? new Response())
      },
    }).report()
    expect([waits, summary.pass]).toEqual([[3000], 1])
  })

  it.each([
    ['throttles', 429, { 'retry-after': '1' }, 'HTTP 429'],
    ['asks for an hour of patience', 429, { 'retry-after': '3600' }, 'to be asked again in 3600 s'],
    ['is down behind its gateway', 503, {}, 'HTTP 503'],
  ] as const)('that %s for good is not reachable, and violates nothing', async (_, status, headers, text) => {
    const { outcome, stopped, summary } = await runContract({
      ...mockRun(),
      sleep: async () => undefined,
      fetch: async () => new Response('busy', { status, headers }),
    }).report()
    expect([outcome, stopped]).toEqual(['unreachable', expect.stringContaining(text)])
    expect([summary.violation, summary.requests <= 4]).toEqual([0, true])
  })

  it('that is busy at one call only leaves its checks without a verdict, never with a violation', async () => {
    const options = mockRun()
    const { outcome, summary, checks } = await runContract({
      ...options,
      only: ['preverify-batch-import'],
      fetch: async (request) =>
        request.url.endsWith('preverify')
          ? new Response('<html>Bad gateway</html>', { status: 502 })
          : (options.fetch?.(request) ?? new Response()),
    }).report()
    expect([outcome, summary.violation]).toEqual(['unreachable', 0])
    expect(checks.find(({ verdict }) => verdict === 'broken')?.reason).toContain('HTTP 502')
  })
})

describe('the ledger', () => {
  it('names everything before it is created, however the run ends', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'kdc-')), 'ledger.jsonl')
    const created: string[] = []
    const options = mockRun()
    const lines = () =>
      readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    await runContract({
      ...options,
      ledger: file,
      fetch: async (request) => {
        if (new URL(request.url).pathname.endsWith('/create')) {
          const { userList } = JSON.parse(await request.clone().text())
          const known = new Set(lines().flatMap(({ phones }) => phones))
          for (const user of Array.isArray(userList) ? userList : []) {
            if (typeof user.phone !== 'string') continue
            created.push(user.phone)
            expect(known, 'in the ledger before the call').toContain(user.phone)
          }
        }
        return options.fetch?.(request) ?? new Response()
      },
    }).report()
    expect(created.length).toBeGreaterThan(8)
    expect(new Set(lines().map(({ run }) => run)).size).toBe(1)
  })
})
