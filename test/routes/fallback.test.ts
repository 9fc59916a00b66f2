import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'

interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Another server, on a real socket, that remembers what it was sent. */
const seen: Seen[] = []
let answer = (response: ServerResponse): unknown => response.setHeader('X-There', 'yes').end('{"there":true}')
const usual = answer
const other = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
  answer(response)
})
await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
const there = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
const mock = createMock({ fallback: { url: `${there}/base/` }, routes: [{ method: 'GET', path: '/mine', answer: {} }] })
const { url } = await mock.listen({ port: 0 })
const { tokens, appId } = mock.credentials
afterAll(async () => {
  await mock.close()
  other.closeAllConnections()
  other.close()
})
beforeEach(() => {
  seen.length = 0
  answer = usual
})

const proofs = {
  Authorization: `Bearer ${tokens.admin}`,
  'X-Auth-Token': 'abcdefgh',
  Cookie: 'session=abcdefgh',
  'X-User-Id': '1505084218764547200',
  'X-Date': '20260416T080000Z',
  'Proxy-Authorization': 'Basic YTpi',
  'X-Own-Secret': 'abcdefgh',
  'X-Own': `app ${appId}`,
}

describe('a call that no operation and no route takes', () => {
  it('goes on to the fallback and comes back, and the journal says so', async () => {
    const response = await fetch(`${url}/koodrive/ose/v1/groups?a=1&access_token=x&b=%20`, {
      method: 'POST',
      body: '{"a":1}',
      headers: { 'Content-Type': 'application/json', language: 'zh-CN' },
    })
    expect(await response.json()).toEqual({ there: true })
    expect(response.headers.get('X-There')).toBe('yes')
    expect(response.headers.get('X-Mock-Diagnosis')).toContain(`${there} has answered it`)
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/base/koodrive/ose/v1/groups?a=1&b=%20', body: '{"a":1}' })
    expect(seen[0]?.headers).toMatchObject({ 'content-type': 'application/json', language: 'zh-CN' })
    expect(seen[0]?.headers['via']).toMatch(/^1\.1 koodrive-mock-/)
    const [entry] = mock.defaultSandbox.journal.list()
    expect(entry).toMatchObject({ passedOnTo: there, rule: 'fallback; inferred', status: 200, operation: null })
  })

  it('never takes the credentials of the client along', async () => {
    await fetch(`${url}/groups`, { headers: proofs })
    const sent = Object.keys(seen[0]?.headers ?? {})
    for (const name of Object.keys(proofs)) expect(sent).not.toContain(name.toLowerCase())
    expect(JSON.stringify(seen)).not.toContain(tokens.admin)
  })

  it.each([
    [`/groups/${tokens.admin}`, {}],
    ['/groups', { method: 'POST', body: JSON.stringify({ token: tokens.admin }) }],
  ] as const)('is not sent where path or body hold a secret: %s', async (target, init) => {
    const response = await fetch(url + target, init)
    expect(await response.json()).toMatchObject({ code: 502 })
    expect(response.headers.get('X-Mock-Diagnosis')).toContain('--fallback-credentials')
    expect(seen).toEqual([])
  })

  it('takes them along when told so', async () => {
    const trusting = createMock({ fallback: { url: there, credentials: true } })
    await trusting.fetch('http://mock/groups?access_token=x', {
      headers: { 'X-User-Id': '7', Authorization: 'Bearer abc' },
    })
    expect(seen[0]).toMatchObject({
      url: '/groups?access_token=x',
      headers: { 'x-user-id': '7', authorization: 'Bearer abc' },
    })
  })

  it('says why a signature cannot be right there: it covers a Host that could not stay', async () => {
    answer = (response) => response.writeHead(401).end('{}')
    const trusting = createMock({ fallback: { url: there, credentials: true } })
    const signed = `HMAC-SHA256 AppId=${appId},SignedHeaders=host;x-date,Signature=${'0'.repeat(64)}`
    const headers = { Authorization: signed, Host: 'mock:4010', 'X-Date': '20260416T080000Z' }
    const response = await trusting.fetch(new Request('http://mock:4010/groups', { headers }))
    expect(seen[0]?.headers).toMatchObject({ 'x-forwarded-host': 'mock:4010', host: there.slice(7) })
    expect(response.headers.get('X-Mock-Diagnosis')).toMatch(
      /the client signed Host: mock:4010, but the fallback has to send Host: 127/,
    )
  })

  it.each([
    ['GET', '/koodrive/ose/v1/userList?offset=0&limit=1', 0],
    ['GET', '/mine', 0],
    ['PATCH', '/koodrive/ose/v1/users/7', 1],
    ['GET', '/koodrive/ose/v1/groups', 1],
  ])('is what goes on, and nothing else: %s %s', async (method, target, calls) => {
    await fetch(url + target, { method, headers: { Authorization: `Bearer ${tokens.admin}` } })
    expect(seen).toHaveLength(calls)
  })

  it('stays below the path of the fallback, whatever it names', async () => {
    const { request } = await import('node:http')
    const raw = (path: string) =>
      new Promise<number>((resolve, reject) => {
        request(url, { path }, (response) => {
          response.resume()
          resolve(response.statusCode ?? 0)
        })
          .on('error', reject)
          .end()
      })
    expect(await raw('/../secret')).toBe(502)
    expect(await raw('/%2e%2e/secret')).toBe(502)
    expect(await raw(`${there}/secret`)).toBe(502)
    expect(await raw('//evil.example/x')).toBe(200)
    expect(await raw('/@evil.example')).toBe(200)
    expect(seen.map((one) => one.url)).toEqual(['/base//evil.example/x', '/base/@evil.example'])
  })

  it('of a page of another site is refused before it goes anywhere', async () => {
    const response = await fetch(`${url}/groups`, { headers: { 'Sec-Fetch-Site': 'cross-site' } })
    expect(response.status).toBe(403)
    expect(seen).toEqual([])
  })

  it('brings no rights of other sites, no redirect elsewhere and no endless body back', async () => {
    answer = (response) =>
      response.setHeader('Access-Control-Allow-Origin', '*').setHeader('Strict-Transport-Security', 'max-age=9').end()
    const { headers } = await fetch(`${url}/groups`)
    expect(headers.get('Access-Control-Allow-Origin')).toBeNull()
    expect(headers.get('Strict-Transport-Security')).toBeNull()
    answer = (response) => response.writeHead(302, { Location: 'http://evil.example/' }).end()
    const redirect = await fetch(`${url}/groups`, { redirect: 'manual' })
    expect(redirect.status).toBe(502)
    expect(redirect.headers.get('X-Mock-Diagnosis')).toContain('redirects to http://evil.example')
    answer = (response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(1_000_000)));
      }
      response.on('drain', more)
      more()
    }
    const endless = await fetch(`${url}/groups`)
    expect(endless.status).toBe(502)
    expect(endless.headers.get('X-Mock-Diagnosis')).toContain('more than 16777216 bytes')
  })

  it('answers 502 in the shape of the service when nobody is there', async () => {
    const lonely = createMock({ fallback: { url: 'http://127.0.0.1:9' } })
    const response = await lonely.fetch('http://mock/groups', { headers: { language: 'zh-CN' } })
    expect(response.status).toBe(502)
    expect(await response.json()).toEqual({ code: 502, msg: '网关错误' })
    expect(response.headers.get('X-Mock-Diagnosis')).toMatch(/127\.0\.0\.1:9.*cannot be reached.*Check --fallback/)
  })

  it('answers 504 when the fallback takes too long', async () => {
    const timeout = AbortSignal.timeout
    AbortSignal.timeout = () => AbortSignal.abort()
    const response = await fetch(`${url}/groups`).finally(() => {
      AbortSignal.timeout = timeout
    })
    expect(await response.json()).toEqual({ code: 504, msg: 'Gateway Timeout' })
  })

  it('that leads back here is refused, not passed on for ever', async () => {
    const first = createMock({ fallback: { url: 'http://second', fetch: (request) => second.fetch(request) } })
    const second = createMock({ fallback: { url: 'http://first', fetch: (request) => first.fetch(request) } })
    const response = await first.fetch('http://mock/groups')
    expect(response.status).toBe(502)
    expect(first.defaultSandbox.journal.list()[1]?.diagnosis).toContain('has come back')
  })
})

describe('the URL of a fallback', () => {
  it.each([
    ['example.com', /http or https URL/],
    ['ftp://example.com', /takes http or https, not ftp/],
    ['http://a:b@example.com', /no name and password/],
    ['http://example.com?a', /no query/],
  ])('%s is refused', (text, message) => {
    expect(() => createMock({ fallback: { url: text } })).toThrow(message)
  })
})
