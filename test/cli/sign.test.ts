import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { diagnose, formatXDate, sign } from '../../src/signing/index.ts'
import { defaultCredentials } from '../../src/world/world.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const main = `${root}dist/cli/main.js`
let url = ''
let seen: { readonly request: IncomingMessage; readonly body: Buffer }[] = []

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    seen.push({ request, body: Buffer.concat(chunks) })
    response.end()
  })
})
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

/** Lines by what was asked for: the shells of these tests run the same one. */
const lines = new Map<string, string>()

function signed(args: string[], input?: string | Buffer): string {
  const key = JSON.stringify([args, input])
  const line = lines.get(key) ?? execFileSync(process.execPath, [main, 'sign', ...args], { input, encoding: 'utf8' })
  lines.set(key, line)
  return line
}

/** Runs a line in a shell and looks at what arrived, in the eyes of the service. */
async function sentBy(line: string, shell: string, input?: Buffer) {
  seen = []
  const child = spawn(shell, ['-c', line], { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(input)
  await new Promise((resolve) => child.on('close', resolve))
  const [arrived] = seen
  if (arrived === undefined) throw new Error(`Nothing arrived: ${line}`)
  const { request, body } = arrived
  const pairs = request.rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, request.rawHeaders[at + 1] ?? '']] : [],
  )
  const { ok, summary } = diagnose(
    { method: request.method ?? '', url: request.url ?? '', headers: pairs, body },
    defaultCredentials,
  )
  return { ok, summary, target: request.url, body }
}

const targets: readonly (readonly [what: string, given: string, sent: string])[] = [
  ['spaces', '/a?keyWord=Sam Smith', '/a?keyWord=Sam%20Smith'],
  ['characters beyond ASCII', '/a?keyWord=李', '/a?keyWord=%E6%9D%8E'],
  ['quotes and brackets', '/a?k="<x>"|{y}`^\\', '/a?k=%22%3Cx%3E%22%7C%7By%7D%60%5E%5C'],
  ['a bare percent sign', '/a?k=100%&l=%41', '/a?k=100%25&l=%41'],
  ['an apostrophe', "/a?k=O'Brien", "/a?k=O'Brien"],
  ['a fragment', '/a?k=1#top', '/a?k=1'],
]

describe.each(['sh', 'bash'])('the line of `sign`, run in %s', (shell) => {
  it.each(targets)('sends %s as a request line can hold them, and as they were signed', async (_, given, expected) => {
    const sent = await sentBy(signed(['GET', `${url}${given}`]), shell)
    expect(sent).toMatchObject({ ok: true, target: expected })
  })

  it.each([
    ['text', '{"firstname":"O\'Brien $HOME `id`"}'],
    ['lines', '{\n  "a": 1\n}\n'],
    ['that begins with @', '@file'],
  ])('sends a body of standard input: %s', async (_, body) => {
    const sent = await sentBy(signed(['POST', `${url}/a`, '--data', '@-'], body), shell)
    expect(sent).toMatchObject({ ok: true })
    expect(sent.body.toString()).toBe(body)
  })

  it('takes bytes that are no text from its own standard input', async () => {
    const body = Buffer.from([0x1f, 0x8b, 0, 0xff])
    const sent = await sentBy(signed(['POST', `${url}/a`, '--data', '@-'], body), shell, body)
    expect(sent).toMatchObject({ ok: true, body })
  })
})

describe('`sign --compare`', () => {
  const at = formatXDate(1_700_000_000_000)
  const request = {
    method: 'GET',
    url: 'http://mock/koodrive/ose/v1/userList?offset=0',
    headers: { 'X-Date': at, 'X-User-Id': defaultCredentials.userId },
  }
  const { canonicalRequest } = sign(request, defaultCredentials)
  const compare = (own: string, input?: string) => signed(['GET', request.url, '--date', at, '--compare', own], input)

  it('shows the first line that differs, with what cannot be seen', () => {
    const file = join(temporaryFolder(), 'canonical.txt')
    writeFileSync(file, canonicalRequest.replace('userList/', 'userList\u200b/'))
    const text = compare(`@${file}`)
    expect(text).toContain('differs from the right one in line 2 (path), from character 26 on')
    expect(text).toContain('right /koodrive/ose/v1/userList/  [2f]')
    expect(text).toContain('yours /koodrive/ose/v1/userList\\u200b/  [e2 80 8b 2f]')
  })

  it('reads standard input, and says when nothing differs', () => {
    expect(compare('@-', canonicalRequest)).toContain('Your canonical request is right')
  })

  it('names a file that cannot be read', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [main, 'sign', 'GET', request.url, '--compare', '@/nowhere'],
      {
        encoding: 'utf8',
      },
    )
    expect(status).toBe(2)
    expect(stderr).toContain('--compare @/nowhere: the file cannot be read (ENOENT)')
  })
})
