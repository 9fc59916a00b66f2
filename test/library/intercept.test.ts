import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setupServer } from 'msw/node'
import { getGlobalDispatcher, request, setGlobalDispatcher } from 'undici'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMock, type Mock } from '../../src/index.ts'
import type { InterceptOptions } from '../../src/intercept.ts'
import { mockHandlers } from '../../src/msw.ts'
import { createDocument } from '../../src/spec/openapi/document.ts'
import { productionOrigins } from '../../src/spec/production-origins.ts'
import { mockDispatcher } from '../../src/undici.ts'
import { createTestClient, paths } from '../support/client.ts'

const [PRODUCTION = ''] = productionOrigins
const body = JSON.stringify({ userList: [{ firstname: 'Ada', phone: '13900000001' }] })

type Intercept = (mock: Mock, options?: InterceptOptions) => () => Promise<void> | void

const throughMsw: Intercept = (mock, options) => {
  const server = setupServer(...mockHandlers(mock, options))
  server.listen({ onUnhandledRequest: 'bypass' })
  return () => server.close()
}

const throughUndici: Intercept = (mock, options) => {
  const before = getGlobalDispatcher()
  const dispatcher = mockDispatcher(mock, options)
  setGlobalDispatcher(dispatcher)
  return () => {
    setGlobalDispatcher(before)
    return dispatcher.destroy()
  }
}

describe.each([
  ['msw', throughMsw],
  ['undici', throughUndici],
])('code that calls the production host by fetch, through %s', (_, intercept) => {
  let mock: Mock
  let stop: ReturnType<Intercept>
  const client = () =>
    createTestClient(PRODUCTION, fetch, mock.credentials, () => mock.world.get('default')?.clock.now() ?? 0)

  beforeEach(() => {
    mock = createMock()
    stop = intercept(mock)
  })
  afterEach(async () => {
    await stop()
    await mock.close()
  })

  it('provisions a user, signed for that host', async () => {
    const created = await client().signed('POST', paths.create, { body })
    expect(created).toMatchObject({ status: 200, json: { code: 0 } })
    mock.defaultSandbox.clock.advance('PT1M')
    const queried = await client().signed('GET', `${paths.query}?taskId=${created.json.data}`)
    expect(queried.json.data.taskInfo).toMatchObject({ status: '2', successCount: 1 })
    expect(queried.text).toContain('13900000001')
  })

  it.each(productionOrigins)('is served at %s', async (origin) => {
    const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
    const response = await fetch(`${origin}${paths.users}?offset=0&limit=1`, { headers })
    expect(await response.json()).toMatchObject({ total: 200 })
  })

  it('sees the refusals of the mock with their diagnosis', async () => {
    const headers = { Authorization: 'SDK-HMAC-SHA256 Access=1, SignedHeaders=host, Signature=2' }
    const reply = await client().signed('GET', `${paths.query}?taskId=1`, { headers })
    expect(reply.status).toBe(401)
    expect(reply.headers.get('X-Mock-Diagnosis')).toContain('SDK-HMAC-SHA256')
  })

  it('sees a broken connection as fetch shows one', async () => {
    mock.defaultSandbox.faults.add({ kind: 'reset', times: 1 })
    await expect(client().get(`${paths.users}?offset=0&limit=1`)).rejects.toThrow(TypeError)
    expect((await client().get(`${paths.users}?offset=0&limit=1`)).status).toBe(200)
  })

  it('sees half an answer as fetch shows one', async () => {
    mock.defaultSandbox.faults.add({ kind: 'truncate', times: 1 })
    await expect(client().get(`${paths.users}?offset=0&limit=50`)).rejects.toThrow(TypeError)
  })

  it('may give up a slow answer', async () => {
    mock.defaultSandbox.faults.add({ kind: 'latency', delay: { ms: 60_000 } })
    const abort = new AbortController()
    const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
    const lost = fetch(`${PRODUCTION}${paths.users}?offset=0&limit=1`, { headers, signal: abort.signal })
    abort.abort()
    await expect(lost).rejects.toThrow(/abort/)
  })

  it('reaches every other host as before', async () => {
    const other = createServer((_, response) => response.end('someone else')).listen(0, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    const response = await fetch(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    expect(await response.text()).toBe('someone else')
    other.close()
    other.closeAllConnections()
  })
})

describe('an interception', () => {
  it('of undici serves its own request() too, over one connection kept alive', async () => {
    const mock = createMock()
    const dispatcher = mockDispatcher(mock)
    const headers = { Authorization: `Bearer ${mock.credentials.tokens.admin}` }
    for (const offset of [0, 1, 2]) {
      const { statusCode, body } = await request(`${PRODUCTION}${paths.users}?offset=${offset}&limit=1`, {
        dispatcher,
        headers,
      })
      expect([statusCode, await body.json()]).toMatchObject([200, { total: 200 }])
    }
    expect(mock.defaultSandbox.journal.list()).toHaveLength(3)
    await mock.close()
    await dispatcher.destroy()
  })

  it.each([
    ['msw', (options: InterceptOptions) => mockHandlers(createMock(), options)],
    ['undici', (options: InterceptOptions) => mockDispatcher(createMock(), options)],
  ])('through %s refuses what is not an origin', (_, make) => {
    for (const origin of ['intl.example.com', 'https://intl.example.com/koodrive', 'ftp://intl.example.com']) {
      expect(() => make({ origins: [origin] })).toThrow(`"${origin}" is not an origin`)
    }
  })

  it('stands for the hosts that the description names', () => {
    const hosts = createDocument().servers?.map(({ url }: { url: string }) => url) ?? []
    expect(hosts.filter((url: string) => url.startsWith('https:')).sort()).toEqual([...productionOrigins].sort())
  })
})
