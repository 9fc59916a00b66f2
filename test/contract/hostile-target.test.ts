import { readdirSync, readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { createMock } from '../../src/index.ts'
import { sample } from '../support/judge.ts'
import { localServer } from '../support/local-server.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

type Hostile = (incoming: IncomingMessage, outgoing: ServerResponse) => void

/** What is answered, the exit code when everything is answered so, and when only preverify is. */
type Row = readonly [name: string, always: number, partly: number, hostile: Hostile]

/** Everything that was sent, secrets included, as an echo. */
const echo = ({ headers }: IncomingMessage): string => JSON.stringify(headers).slice(1, -1)
const json =
  (text: (incoming: IncomingMessage) => string): Hostile =>
  (incoming, outgoing) =>
    outgoing.setHeader('Content-Type', 'application/json').end(text(incoming))
const envelope = (msg: string): string => `{"code":${msg},"msg":${msg},"list":[{"name":${msg}}],"data":[${msg}]}`
const forever = (outgoing: ServerResponse, chunk: Buffer): void => {
  const more = (): void => {
    while (!outgoing.destroyed && outgoing.write(chunk));
    if (!outgoing.destroyed) outgoing.once('drain', more)
  }
  more()
}
const MEGABYTE = Buffer.alloc(1024 * 1024, 0x20)
const DEEP = 100_000

const invalidUtf8: Hostile = (_, outgoing) =>
  outgoing.end(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d]))
const table: readonly Row[] = [
  ['HTML', 3, 1, (incoming, outgoing) => outgoing.end(`<html><script>alert(1)</script>${echo(incoming)}</html>`)],
  ['nothing', 3, 1, (_, outgoing) => outgoing.end()],
  [
    '1 GB',
    3,
    3,
    (_, outgoing) => {
      outgoing.writeHead(200, { 'Content-Length': 1024 ** 3, 'Content-Type': 'application/json' })
      forever(outgoing, MEGABYTE)
    },
  ],
  ['endless chunks', 3, 3, (_, outgoing) => forever(outgoing, MEGABYTE.subarray(0, 1000))],
  [
    'a redirect to another host',
    4,
    4,
    (_, outgoing) => outgoing.writeHead(302, { Location: 'http://evil.invalid/' }).end(),
  ],
  ['a redirect to a file', 4, 4, (_, outgoing) => outgoing.writeHead(302, { Location: 'file:///etc/passwd' }).end()],
  ['ANSI escapes', 1, 1, json(() => envelope('"\\u001b[2J\\u001b]0;x\\u0007\\u009b31m"'))],
  ['raw ANSI escapes', 3, 1, (_, outgoing) => outgoing.end('\u001b[2J\u001b]8;;http://evil\u0007')],
  [
    'workflow commands',
    1,
    1,
    json((incoming) => envelope(JSON.stringify(`\n::error title=a::b\r\n${echo(incoming)}`))),
  ],
  ['raw workflow commands', 3, 1, (_, outgoing) => outgoing.end('\n::error title=forged::b\n##[error]x\n')],
  ['NUL', 1, 1, json(() => envelope('"a\\u0000b"'))],
  ['raw NUL', 3, 1, (_, outgoing) => outgoing.end(Buffer.from([0x7b, 0, 0, 0x7d]))],
  ['signs that turn the direction of text', 1, 1, json(() => envelope('"a\\u202eb\\u2066c\\u2028d"'))],
  ['invalid UTF-8', 1, 1, invalidUtf8],
  ['JSON 100,000 deep', 3, 1, json(() => `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`)],
  ['an envelope 100,000 deep', 1, 1, json(() => envelope(`${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`))],
  [
    'a list of other things',
    1,
    1,
    json(() => '{"code":0,"msg":"ok","list":[null,5,"x",[[]],{}],"data":{"__proto__":{}}}'),
  ],
  ['its own secrets', 1, 1, json((incoming) => envelope(JSON.stringify(echo(incoming))))],
  ['silence', 3, 3, () => undefined],
]

/** A server that is hostile from the beginning, or only where a path says so and a mock otherwise. */
function serve(hostile: Hostile, where: RegExp): Promise<string> {
  const mock = createMock({ maxJournal: 0, control: false })
  return localServer((incoming, outgoing) => {
    if (where.test(incoming.url ?? '')) return hostile(incoming, outgoing)
    const chunks: Buffer[] = []
    incoming.on('data', (chunk) => chunks.push(chunk))
    incoming.on('end', async () => {
      const body = Buffer.concat(chunks)
      const request = new Request(`http://${incoming.headers.host}${incoming.url}`, {
        method: incoming.method ?? 'GET',
        headers: Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]),
        ...(body.length > 0 && { body }),
      })
      const response = await mock.fetch(request)
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text())
    })
  })
}

const secrets = {
  KOODRIVE_APP_ID: '0123456789abcdef'.repeat(4),
  KOODRIVE_APP_SECRET: 'koodrive-mock-app-secret',
  KOODRIVE_USER_ID: '1505084218764547200',
  KOODRIVE_ACCESS_TOKEN: 'mock-admin-token',
  KOODRIVE_APP_ACCESS_TOKEN: 'mock-app-token',
}
const FILES = ['r.json', 'r.xml', 'r.html', 'r.txt']

/** A run with every reporter, from the command line; what it printed and wrote, and the names of all that lies there now. */
async function contract(target: string) {
  const folder = temporaryFolder()
  const printed: string[] = []
  const streams = { out: (text: string) => printed.push(text), err: (text: string) => printed.push(text) }
  const file = (name: string) => join(folder, name)
  const before = { ...process.env }
  Object.assign(process.env, secrets)
  try {
    const code = await run(
      [
        ...['contract', '--target', target, '--timeout', '1', '--max-requests', '60', '--reporter', 'github'],
        ...['--only', 'list-users.answers', '--only', 'preverify-batch-import', '--only', 'list-users.fields.list'],
        ...['--reporter', `json=${file('r.json')}`, '--reporter', `junit=${file('r.xml')}`],
        ...['--reporter', `html=${file('r.html')}`, '--reporter', `pretty=${file('r.txt')}`],
      ],
      streams as never,
    )
    const texts = FILES.map((name) => [name, readFileSync(file(name), 'utf8')] as const)
    return { code, outputs: [['the terminal', printed.join('')] as const, ...texts], files: readdirSync(folder) }
  } finally {
    process.env = before
  }
}

/** What steers a terminal, or turns what a reader sees: nowhere, in no output. */
const STEERING = /[^\P{Cc}\n\t]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u

async function expectHarmless(hostile: Hostile, where: RegExp, exitCode: number): Promise<void> {
  const { code, outputs, files } = await contract(await serve(hostile, where))
  expect(code).toBe(exitCode)
  expect(files.sort()).toEqual([...FILES].sort())
  for (const [name, text] of outputs) {
    expect(text.length, name).toBeLessThan(3_000_000)
    expect(STEERING.exec(text), name).toBeNull()
    for (const [variable, secret] of Object.entries(secrets)) {
      if (variable !== 'KOODRIVE_USER_ID') expect(text.includes(secret), `${variable} in ${name}`).toBe(false)
    }
  }
  const [terminal = ''] = outputs.map(([, text]) => text)
  const commands = terminal.split('\n').filter((line) => /^\s*(?:::|##\[)/.test(line))
  for (const line of commands) expect(line).toMatch(/^::(?:error|warning|notice) title=[\w.-]+::/)
  expect(terminal.replace(/^::.*$/gm, '')).not.toMatch(/##\[|::error/)
  expect(JSON.parse(outputs[1]?.[1] ?? '')).toMatchObject({ exitCode: code })
  expect(outputs[2]?.[1]).toMatch(/^<\?xml[\s\S]*<\/testsuites>\s*$/)
  expect(outputs[3]?.[1]).not.toMatch(/<script>alert|<\/html>[\s\S]*<html/)
}

describe('a target that answers everything with', { timeout: 60_000 }, () => {
  it.each(sample(table, 2))(
    '%s ends the run within its budgets, and steers no output',
    async (_, always, __, hostile) => {
      await expectHarmless(hostile, /./, always)
    },
  )
})

describe('a target that is right at first, and answers preverify with', { timeout: 60_000 }, () => {
  it.each(sample(table.slice(1).concat(table.slice(0, 1)), 2))(
    '%s ends the run within its budgets, and steers no output',
    async (_, __, partly, hostile) => {
      await expectHarmless(hostile, /preverify/, partly)
    },
  )
})
