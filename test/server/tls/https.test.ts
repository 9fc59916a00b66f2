import { writeFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { join } from 'node:path'
import { Agent, fetch as fetchUndici } from 'undici'
import { describe, expect, it } from 'vitest'
import { createClient } from '../../../src/client/index.ts'
import { judge, run } from '../../support/judge.ts'
import { callSecurely, listening, protocols, shakeHands } from '../../support/secure.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const list = '/koodrive/ose/v1/userList?offset=0&limit=1'
const token = { authorization: 'Bearer mock-admin-token' }

describe.each(protocols)('over TLS by %s, the mock', (protocol) => {
  it('says https and answers like over plain HTTP', async () => {
    const { port, ca } = await listening({ tls: true })
    const plain = await listening()
    expect(port.url).toBe(`https://127.0.0.1:${port.port}`)
    const reply = await callSecurely(protocol, port.url, ca, { path: list, headers: token })
    const same = await fetch(plain.port.url + list, { headers: token })
    expect([reply.status, reply.text]).toEqual([same.status, await same.text()])
    expect(reply.headers['x-mock-rule']).toBe(same.headers.get('x-mock-rule'))
  })

  it('lets a client provision users: signed, with bodies, polled to the end', async () => {
    const { mock, port, ca } = await listening({ tls: true }, { speed: 100_000 })
    const { appId, appSecret, userId, tokens } = mock.credentials
    const agent = new Agent({ allowH2: protocol === 'HTTP/2', connect: { ca } })
    const seen = new Set<string>()
    const client = createClient({
      ...{ baseUrl: port.url, appId, appSecret, userId, accessToken: tokens.admin },
      now: () => Date.UTC(2026, 3, 16, 8),
      sleep: async () => void mock.defaultSandbox.clock.advance('PT1S'),
      async fetch({ url, method, headers, body }) {
        const init = { method, headers: [...headers], body, duplex: 'half' as const, dispatcher: agent }
        const response = await fetchUndici(url, init as Parameters<typeof fetchUndici>[1])
        seen.add(String(response.status))
        return response as unknown as Response
      },
    })
    const users = Array.from({ length: 1000 }, (_, row) => ({ firstname: 'Ada', phone: `1390001${1000 + row}` }))
    const { outcomes } = await client.provision(users)
    expect(new Set(outcomes.map(({ outcome }) => outcome))).toEqual(new Set(['created']))
    expect(seen).toEqual(new Set(['200']))
    await agent.destroy()
  })

  it.each([
    ['a Host that is not ours', { host: 'evil.example' }],
    ['a page of another origin', { origin: 'https://evil.example' }],
  ])('keeps its control plane from %s', async (_, headers) => {
    const { port, ca } = await listening({ tls: true })
    expect((await callSecurely(protocol, port.url, ca, { path: '/__admin/sandboxes', headers })).status).toBe(403)
    expect((await callSecurely(protocol, port.url, ca, { path: '/__admin/sandboxes' })).status).toBe(200)
  })

  it('lets its own pages call the control plane', async () => {
    const { port, ca } = await listening({ tls: true })
    const headers = { origin: port.url }
    expect((await callSecurely(protocol, port.url, ca, { path: '/__admin/sandboxes', headers })).status).toBe(200)
  })

  it('refuses huge headers in the shape of the service, takes many and repeated ones, and goes on', async () => {
    const { port, ca } = await listening({ tls: true })
    const call = (headers: Record<string, string | string[]>) =>
      callSecurely(protocol, port.url, ca, { path: list, headers: { ...token, ...headers } })
    const huge = await call({ 'x-huge': 'x'.repeat(40_000) })
    expect([huge.status, JSON.parse(huge.text)]).toEqual([431, { code: 431, msg: 'Request Header Fields Too Large' }])
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x-${index}`, 'v']))
    expect((await call(many)).status).toBe(200)
    expect((await call({ 'x-twice': ['a', 'b'] })).status).toBe(200)
    expect((await call({})).status).toBe(200)
  })

  it('refuses a body that is too large, and goes on', async () => {
    const { port, ca } = await listening({ tls: true })
    const body = `{"curDeptId": 1, "users": [], "x": "${'x'.repeat(12 * 1024 * 1024)}"}`
    const path = '/koodrive/ose/v1/users/batchimport/preverify'
    const reply = await callSecurely(protocol, port.url, ca, { method: 'POST', path, headers: token, body })
    expect(reply.status === 413 || reply.broken !== undefined).toBe(true)
    expect((await callSecurely(protocol, port.url, ca, { path: list, headers: token })).status).toBe(200)
  })

  it('hands out the certificate to trust, without a control token too', async () => {
    const { port, ca } = await listening({ tls: true }, { control: { token: 'secret' } })
    const reply = await callSecurely(protocol, port.url, ca, { path: '/__admin/ca.pem' })
    expect([reply.status, reply.text]).toEqual([200, ca])
  })
})

describe('a port with TLS', () => {
  it('closes at once although sessions and connections are open', async () => {
    const { port, ca } = await listening({ tls: true })
    const session = connect(port.url, { ca })
    await new Promise((resolve) => session.request({ ':path': '/__admin/health' }).resume().on('close', resolve))
    const idle = await shakeHands(port.port, { ca })
    const gone = new Promise((resolve) => session.on('close', resolve))
    await port.close()
    await gone
    expect(typeof idle === 'string' ? idle : idle.destroyed || idle.readable !== undefined).toBeTruthy()
  })

  it('serves many calls over one session, and one call that is reset takes none of the others with it', async () => {
    const { mock, port, ca } = await listening({ tls: true })
    const broken = mock.sandbox()
    broken.faults.add({ kind: 'reset' })
    const session = connect(port.url, { ca })
    const call = (authorization: string) =>
      new Promise((resolve) => {
        const stream = session.request({ ':path': list, authorization })
        let status = 0
        stream.on('response', (headers) => {
          status = headers[':status'] ?? 0
        })
        stream.on('error', () => undefined)
        stream.on('close', () => resolve(status))
        stream.resume()
      })
    const tokens = [mock.credentials, broken.credentials, mock.credentials].map(({ tokens: { admin } }) => admin)
    expect(await Promise.all(tokens.map((one) => call(`Bearer ${one}`)))).toEqual([200, 0, 200])
    expect(session.destroyed).toBe(false)
    session.destroy()
  })

  it('is good for further names, and every port of a mock is made by one authority', async () => {
    const { mock, port, ca } = await listening({ tls: { names: ['mock.test'] } })
    const other = await mock.listen({ port: 0, tls: true })
    expect(other.ca).toBe(port.ca)
    expect(await shakeHands(port.port, { ca, servername: 'mock.test' })).toBeTypeOf('object')
    expect(await shakeHands(other.port, { ca, servername: 'mock.test' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID')
  })

  it('has no certificate to hand out when it speaks plain HTTP', async () => {
    const { port } = await listening()
    expect(port.ca).toBeUndefined()
    expect((await fetch(`${port.url}/__admin/ca.pem`)).status).toBe(404)
  })
})

judge('curl speaks both protocols and reaches the mock under the name of production', 'curl', async (curl) => {
  const { port, ca } = await listening({ tls: true })
  const file = join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, ca)
  const call = (...args: string[]) =>
    run(curl, ['-sS', '-o', '/dev/null', '-w', '%{http_version} %{http_code}', '--cacert', file, ...args])
  expect(await call('--http1.1', `${port.url}/__admin/health`)).toBe('1.1 200')
  expect(await call('--http2', `${port.url}/__admin/health`)).toBe('2 200')
  const origin = `intl.myhuaweicloud-koodrive.com:${port.port}`
  const production = [`--resolve`, `${origin}:127.0.0.1`, '-H', 'Authorization: mock-admin-token']
  expect(await call(...production, `https://${origin}${list}`)).toBe('2 200')
  await expect(run(curl, ['-sS', `${port.url}/__admin/health`])).rejects.toThrow(/certificate/)
})

judge('Python trusts the certificate by its strict rules', 'python3', async (python) => {
  const { port, ca } = await listening({ tls: true })
  const file = join(temporaryFolder(), 'ca.pem')
  writeFileSync(file, ca)
  const program = [
    'import ssl, sys, urllib.request',
    'context = ssl.create_default_context(cafile=sys.argv[1])',
    'context.verify_flags |= ssl.VERIFY_X509_STRICT',
    'print(urllib.request.urlopen(sys.argv[2], context=context).status)',
  ].join('\n')
  expect(await run(python, ['-c', program, file, `${port.url}/__admin/health`])).toBe('200\n')
})

judge('a curl line that the mock writes fetches the certificate that it trusts', 'curl', async () => {
  const { port, ca } = await listening({ tls: true })
  const headers = { 'content-type': 'application/json' }
  const post = (path: string, body: object) =>
    callSecurely('HTTP/1.1', port.url, ca, {
      method: 'POST',
      path: `/__admin${path}`,
      headers,
      body: JSON.stringify(body),
    })
  const signed = JSON.parse((await post('/signature/sign', { method: 'GET', url: list })).text) as { curl: string }
  const paste = (line: string) => run('sh', ['-c', line], { cwd: temporaryFolder() })
  expect(JSON.parse(await paste(signed.curl))).toMatchObject({ code: 0 })
  const samples = await callSecurely('HTTP/1.1', port.url, ca, {
    path: '/__admin/sandboxes/default/requests/default-1/samples',
  })
  expect(JSON.parse(await paste(JSON.parse(samples.text).samples.curl))).toMatchObject({ code: 0 })
  const start = await callSecurely('HTTP/1.1', port.url, ca, { path: '/__admin/console/views/sandboxes' })
  expect(start.text).toMatch(/id="first-curl">curl -sSk &#39;https:.*ca\.pem.*--cacert ca\.pem/)
  expect(
    JSON.parse((await post('/signature/sign', { method: 'GET', url: 'https://a.example/' })).text).curl,
  ).not.toMatch(/ca\.pem/)
})
