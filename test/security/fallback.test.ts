import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { exchangeRaw } from '../support/raw.ts'

describe('the server behind --fallback', () => {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    const type = request.url === '/page' ? 'text/html;charset=UTF-8' : 'application/json'
    response.writeHead(200, { 'Content-Type': type }).end('{}')
  })
  let mock: ReturnType<typeof createMock>
  let url = ''
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    mock = createMock({ fallback: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } })
    url = (await mock.listen({ port: 0 })).url
  })
  afterAll(async () => {
    await mock.close()
    server.close()
  })
  const call = (host: string, path: string) =>
    exchangeRaw(url, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)

  it('is reached by no page whose name leads to this machine', async () => {
    const before = asked
    expect((await call('rebound.example.com:4010', '/data')).text).toMatch(
      /^HTTP\/1\.1 502 [\s\S]*rebound\.example\.com/,
    )
    expect(asked).toBe(before)
    for (const host of ['localhost:4010', '127.0.0.1', '[::1]:80', 'app.localhost']) {
      expect((await call(host, '/data')).text, host).toMatch(/^HTTP\/1\.1 200 /)
    }
  })

  it('answers pages that run in an origin of their own, not in that of the console', async () => {
    expect((await call('localhost', '/page')).text).toMatch(/\r\nContent-Security-Policy: sandbox allow-scripts/i)
    expect((await call('localhost', '/data')).text).not.toMatch(/Content-Security-Policy/i)
  })
})
