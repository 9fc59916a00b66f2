import { readFileSync, statSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { createMock, type FinishedExchange, type MockOptions } from '../../src/index.ts'
import { openHarFile } from '../../src/proxy/har.ts'
import { createProxy, type ProxyOptions } from '../../src/proxy/proxy.ts'
import { createReplay } from '../../src/proxy/replay.ts'
import { archive } from '../../src/server/control/shapes/requests.ts'
import { type HarExchange, toHarEntry } from '../../src/shared/har.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const NOW = Date.UTC(2026, 3, 16, 8)
const people = [
  { firstname: '张三', surname: 'Canary', phone: '13812345678', email: 'canary@corp.cn', password: 'Hunter2!Canary' },
  { firstname: 'Ada Lovelace', phone: '008613887654321' },
]
const canaries =
  /张三|Canary|13812345678|13887654321|canary@corp|Lovelace|koodrive-mock-app-secret|mock-admin-token|mock-app-token|client-secret|client-token/i

/** A proxy in front of a mock that answers in process, a client that knows no secret, and all that was written. */
function setUp(options: MockOptions = {}, more: Partial<ProxyOptions> = {}) {
  const mock = createMock({ now: NOW, ...options })
  const { appId, appSecret, userId, tokens } = mock.credentials
  const lines: FinishedExchange[] = []
  const exchanges: HarExchange[] = []
  const proxy = createProxy({
    target: 'http://127.0.0.1:1',
    reSign: true,
    credentials: { appId, appSecret, userId, accessToken: tokens.admin, appAccessToken: tokens.app },
    har: { add: (exchange) => exchanges.push(exchange), close: () => undefined },
    onExchange: (exchange) => lines.push(exchange),
    fetch: mock.fetch,
    now: () => NOW,
    ...more,
  })
  const client = createClient({
    ...{
      baseUrl: 'http://127.0.0.1:1',
      appId: 'client-app',
      appSecret: 'client-secret',
      userId: '1505084218764547201',
    },
    ...{ accessToken: 'client-token', fetch: proxy.fetch, now: () => NOW, retries: 0 },
    sleep: async () => void mock.defaultSandbox.clock.advance('PT1S'),
  })
  const har = () => JSON.stringify({ log: { entries: exchanges.map(toHarEntry) } })
  return { mock, proxy, client, lines, exchanges, har }
}

describe('a proxy', () => {
  it('lets a client without any credential work, by signing anew', async () => {
    const { client, lines } = setUp()
    const report = await client.provision(people)
    expect(report.created).toHaveLength(2)
    expect((await client.listUsers({ keyWord: '张三' })).total).toBe(1)
    expect((await client.listUserSpaces({ limit: 1 })).records).toHaveLength(1)
    expect(lines.every(({ status, diagnosis }) => status === 200 && diagnosis === undefined)).toBe(true)
  })

  it('writes down and logs nobody and no secret, and the same value always the same way', async () => {
    const { client, har, lines, exchanges } = setUp({ readings: { 'unknown-fields': 'ignored' } })
    const [ada] = (await client.provision(people)).outcomes
    await client.provision(people)
    await client.listUsers({ keyWord: 'Ada Lovelace' })
    await client.listUsers({ keyWord: '13812345678' }).catch(() => undefined)
    expect(har() + JSON.stringify(lines)).not.toMatch(canaries)
    expect(har()).not.toContain(ada?.userId)
    const created = JSON.parse(exchanges[0]?.request.body ?? '').userList[0]
    const [first, again] = exchanges.flatMap(({ response: { body } }) => JSON.parse(body).data?.registerList?.[0] ?? [])
    expect(first).toMatchObject({ phone: created.phone })
    expect(again).toMatchObject({ phone: created.phone, userId: first.userId })
    expect(exchanges[0]?.request.headers.find(([name]) => name === 'authorization')?.[1]).toMatch(/Signature=0{64}$/)
  })

  it('keeps what it does not know about itself: unknown fields, headers, paths and bodies that are no JSON', async () => {
    const { proxy, har, lines } = setUp({}, { reSign: false })
    const secretly = { 'X-Custom': 'Canary', Cookie: 'session=Canary', Authorization: 'Bearer Canary-token' }
    const body =
      '{"userList": [{"firstname": "张三", "phone": "13812345678", "nick": "Canary", "deep": {"a": ["Canary"]}}]}'
    for (const [path, text] of [
      ['/koodrive/ose/v1/user/batchRegister/create', body],
      ['/koodrive/ose/v1/user/batchRegister/create', 'name=Canary'],
      ['/koodrive/ose/v1/user/Canary/13812345678?who=Canary', '{}'],
    ] as const) {
      await proxy.fetch(new Request(`http://127.0.0.1:1${path}`, { method: 'POST', headers: secretly, body: text }))
    }
    expect(har() + JSON.stringify(lines)).not.toMatch(canaries)
  })

  it('explains what is wrong with a request in the words of the mock, and passes it on all the same', async () => {
    const { client, mock, lines } = setUp()
    await client.listUsers({ limit: 101 }).catch(() => undefined)
    const [{ diagnosis: own } = { diagnosis: '' }] = mock.defaultSandbox.journal.list()
    expect(own).toMatch(/^limit/)
    expect(lines[0]).toMatchObject({ status: 400, diagnosis: `request: ${own}` })
  })

  it('explains a signature that the service will refuse, when it may know the secret', async () => {
    const { proxy, lines, mock } = setUp({}, { reSign: false })
    const { appId, userId } = mock.credentials
    const wrong = createClient({
      ...{ baseUrl: 'http://127.0.0.1:1', appId, appSecret: 'koodrive-mock-app-secret ', userId, retries: 0 },
      ...{ now: () => NOW, fetch: proxy.fetch },
    })
    await wrong.queryBatchProvisioning({ taskId: '1' }).catch(() => undefined)
    expect(lines.at(-1)?.diagnosis).toMatch(/signature: .*AppSecret.*trim/)
  })

  describe('that has to rewrite the Host that a client signed', () => {
    const rewritten = async (more: Partial<ProxyOptions> = {}, appSecret = 'koodrive-mock-app-secret') => {
      const { proxy, lines, mock } = setUp({}, { target: 'http://127.0.0.1:1', reSign: false, ...more })
      const { appId, userId } = mock.credentials
      let diagnosis: string | null = null
      const client = createClient({
        ...{ baseUrl: 'http://127.0.0.1:4011', appId, appSecret, userId, retries: 0, now: () => NOW },
        fetch: async (request) => {
          const response = await proxy.fetch(request)
          diagnosis = response.headers.get('X-Mock-Diagnosis')
          return response
        },
      })
      await client.queryBatchProvisioning({ taskId: '1' }).catch(() => undefined)
      return { diagnosis, line: lines.at(-1)?.diagnosis, journal: mock.defaultSandbox.journal.list()[0]?.diagnosis }
    }
    const reason =
      /the client signed Host: 127\.0\.0\.1:4011, but the proxy has to send Host: 127\.0\.0\.1:1,.*--re-sign/

    it.each([
      ['with the credentials', {}],
      ['without any', { credentials: {} }],
      ['in front of a service that says nothing', { fetch: async () => new Response('{"code":401}', { status: 401 }) }],
    ])('says so to the client and in its log, %s', async (_, more) => {
      const { diagnosis, line } = await rewritten(more)
      expect([diagnosis, line]).toEqual([expect.stringMatching(reason), expect.stringMatching(reason)])
      expect(diagnosis).not.toContain('check the AppSecret')
    })

    it('tells a mock that stands behind, whose journal says so too', async () => {
      expect((await rewritten()).journal).toMatch(/host of a proxy was signed/)
    })

    it('says what else is wrong before', async () => {
      expect((await rewritten({}, 'koodrive-mock-app-secret ')).diagnosis).toMatch(/AppSecret.*trim[\s\S]*Host: 127/)
    })

    it('says nothing where it signs anew', async () => {
      expect(await rewritten({ reSign: true })).toMatchObject({ diagnosis: expect.stringContaining('task') })
    })
  })

  it.each([
    ['envelope.msg-object', /response: msg: expected string, .*; [A-Z]/],
    ['envelope.code-missing', /response: .*code/],
    ['envelope.code-200', /response: code 200 is not documented for listUsers/],
  ])('names where an answer deviates from the description, and the table that says so: %s', async (mutant, pattern) => {
    const { proxy, lines } = setUp({ mutant })
    await proxy.fetch(new Request('http://127.0.0.1:1/koodrive/ose/v1/userList?offset=0&limit=1'))
    expect(lines[0]?.diagnosis).toMatch(pattern)
  })

  it.each([
    ['to another host', 'https://evil.example/x', 502, /redirects to https:\/\/evil\.example/],
    ['on the same host', '/elsewhere', 302, undefined],
  ])('follows no redirect %s', async (_, location, shown, diagnosis) => {
    const asked: string[] = []
    const answer = async (sent: Request) => {
      asked.push(sent.url)
      return new Response('{"code": 302, "msg": "x"}', { status: 302, headers: { location } })
    }
    const { proxy } = setUp({}, { fetch: answer })
    const response = await proxy.fetch(new Request('http://127.0.0.1:1/koodrive/ose/v1/userList?offset=0&limit=1'))
    expect([response.status, asked.length]).toEqual([shown, 1])
    if (diagnosis) expect(response.headers.get('x-mock-diagnosis')).toMatch(diagnosis)
  })

  it('passes an answer on although it cannot be written down, and says so', async () => {
    const add = () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    const { client, lines } = setUp({}, { har: { add, close: () => undefined } })
    expect((await client.listUsers({ limit: 1 })).records).toHaveLength(1)
    expect(lines[0]?.diagnosis).toBe('archive: it cannot be written (ENOSPC)')
  })

  it('leaves numbers alone that are counts, and gives any other the sign and the length that it had', async () => {
    const body = '{"code":0,"msg":"success","list":[],"total":0,"ratio":-1234567.5,"big":12345678901234567890}'
    const { proxy, exchanges } = setUp({}, { fetch: async () => new Response(body) })
    await proxy.fetch(new Request('http://127.0.0.1:1/koodrive/ose/v1/userList?offset=0&limit=1'))
    expect(exchanges[0]?.response.body).toMatch(/"total":0,"field-1":-1000001\.5,"field-2":1\d{19}\}$/)
    expect(exchanges[0]?.response.body).not.toContain('12345678901234567890')
  })

  it('says that the service cannot be reached, in the shape of the service', async () => {
    const down = async () => {
      throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) })
    }
    const { proxy } = setUp({}, { fetch: down })
    const response = await proxy.fetch(new Request('http://127.0.0.1:1/koodrive/ose/v1/userList?offset=0&limit=1'))
    expect([response.status, await response.json()]).toEqual([502, { code: 502, msg: 'Bad Gateway' }])
    expect(response.headers.get('x-mock-diagnosis')).toMatch(/ECONNREFUSED.*--target/)
  })

  it('signs nothing but documented operations', async () => {
    const { proxy, lines, mock } = setUp()
    const before = mock.defaultSandbox.journal.list().length
    const response = await proxy.fetch(new Request('http://127.0.0.1:1/koodrive/ose/v1/files', { method: 'DELETE' }))
    expect([response.status, lines[0]?.diagnosis]).toEqual([404, expect.stringMatching(/Only documented operations/)])
    expect(mock.defaultSandbox.journal.list()).toHaveLength(before)
  })

  it.each<[string, Partial<ProxyOptions>, RegExp]>([
    ['a target that is none', { target: 'service' }, /not an http or https URL/],
    ['a host that is not confirmed', { target: 'https://service.example' }, /--confirm-host service\.example/],
    ['another host confirmed', { target: 'https://service.example', confirmHost: 'example' }, /--confirm-host/],
    ['nothing to sign with', { credentials: {} }, /--re-sign needs KOODRIVE_APP_ID/],
  ])('is not made with %s', (_, more, reason) => {
    expect(() => setUp({}, more)).toThrow(reason)
  })
})

describe('a proxy on a port', () => {
  /** Sends what `fetch` would not: any Host, any Origin. */
  const status = (url: string, headers: Record<string, string>) =>
    new Promise((resolve) => {
      request(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, { headers, agent: false }, (response) => {
        response.resume()
        resolve(response.statusCode)
      }).end()
    })

  it('keeps web pages from acting in the name of its credentials', async () => {
    const { proxy } = setUp()
    onTestFinished(() => proxy.close())
    const { url } = await proxy.listen({ port: 0 })
    expect(await status(url, {})).toBe(200)
    expect(await status(url, { Host: 'evil.example' })).toBe(403)
    expect(await status(url, { Origin: 'https://evil.example' })).toBe(403)
  })

  it('passes headers on but those of the connection, and compressed answers whole', async () => {
    let seen: NodeJS.Dict<string | string[]> = {}
    const { gzipSync } = await import('node:zlib')
    const service = createServer((incoming, outgoing) => {
      seen = incoming.headers
      outgoing.writeHead(200, { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' })
      outgoing.end(gzipSync('{"code":0,"msg":"success","list":[],"total":0}'))
    })
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void service.close())
    const target = `http://127.0.0.1:${(service.address() as AddressInfo).port}`
    const { proxy } = setUp({}, { target, fetch: undefined, reSign: false })
    onTestFinished(() => proxy.close())
    const { url } = await proxy.listen({ port: 0 })
    const headers = { 'X-Traceid': 't', Authorization: 'Bearer x', language: 'zh-CN' }
    const response = await fetch(`${url}/koodrive/ose/v1/userList?offset=0&limit=1`, { headers })
    expect(await response.json()).toMatchObject({ code: 0, list: [] })
    expect(seen).toMatchObject({
      'x-traceid': 't',
      authorization: 'Bearer x',
      language: 'zh-CN',
      host: target.slice(7),
    })
  })
})

describe('an archive', () => {
  it('is HTTP Archive 1.2, whole after every exchange, and readable by its owner only', async () => {
    const file = join(temporaryFolder(), 'run.har')
    const { client, proxy } = setUp({}, { har: openHarFile(file) })
    const count = () => archive.parse(JSON.parse(readFileSync(file, 'utf8'))).log.entries.length
    const counts = [count()]
    for (const limit of [1, 2]) {
      await client.listUsers({ limit })
      counts.push(count())
    }
    await proxy.close()
    expect(counts).toEqual([0, 1, 2])
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('replays a provisioning that was recorded: the same steps, polled to the end, for the people who ask', async () => {
    const { client, har, mock } = setUp({ speed: 1 })
    expect((await client.provision(people)).created).toHaveLength(2)
    await client.listUsers({ limit: 3 })
    const polls = mock.defaultSandbox.journal.list().filter(({ operation }) => operation === 'queryBatchProvisioning')
    const replay = createReplay(har())
    const seen: string[] = []
    const other = createClient({
      ...{ baseUrl: 'http://replay', appId: 'a', appSecret: 'b', userId: '1', accessToken: 'c' },
      fetch: replay.fetch,
      sleep: async () => undefined,
    })
    const others = [
      { firstname: 'Bo', surname: 'X', phone: '13700000001', email: 'bo@x.cn', password: 'Other-Password-1' },
      { firstname: 'Cy', phone: '13700000002' },
    ]
    const report = await other.provision(others, { onProgress: ({ status }) => seen.push(status) })
    expect(report.created.map(({ user: { phone } }) => phone)).toEqual(['13700000001', '13700000002'])
    expect(seen).toHaveLength(polls.length - 1)
    expect(seen.at(-1)).toBe('2')
    expect((await other.listUsers({ limit: 3 })).records).toHaveLength(3)
  })
})
