import { createServer, request as forward, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient, networkFetch } from '../../src/client/index.ts'
import { runContract, toTarget } from '../../src/contract/index.ts'
import { createAuthority } from '../../src/server/tls/authority.ts'
import { account } from './independent-organisation.ts'
import { startIndependentServer } from './independent-server.ts'

const listen = async (server: Server | ReturnType<typeof createTlsServer>, host = '127.0.0.1'): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => {
    server.close()
    if ('closeAllConnections' in server) server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

/** A proxy as companies have it: CONNECT for https, whole URLs for http; remembers what it was asked for. */
async function startProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((incoming: IncomingMessage, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    const onward = forward(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('connect', ({ url = '' }: IncomingMessage, socket, head: Buffer) => {
    asked.push(`CONNECT ${url}`)
    const [host = '', port = '443'] = url.split(':')
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      onward.pipe(socket)
      socket.pipe(onward)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
  })
  return { url: `http://127.0.0.1:${await listen(server)}`, asked }
}

/** A target over TLS with a certificate of its own authority. */
async function secureTarget(options: { readonly http2Only?: boolean; readonly asksForCertificate?: boolean } = {}) {
  const authority = createAuthority(Date.now())
  const pair = authority.issue(['127.0.0.1', 'localhost'])
  if (options.http2Only === true) {
    const server = await startIndependentServer({ rowMs: 0.001, startMs: 1 }, pair)
    onTestFinished(() => server.close())
    return { url: server.url, ca: authority.pem, authority }
  }
  const inner = await startIndependentServer({ rowMs: 0.001, startMs: 1 })
  onTestFinished(() => inner.close())
  // The authority certifies servers only, so the certificate is looked at here and not by OpenSSL.
  const tls = options.asksForCertificate === true && { requestCert: true, rejectUnauthorized: false }
  const outer = createTlsServer({ ...pair, ...tls, ALPNProtocols: ['http/1.1'] }, (socket) => {
    if (options.asksForCertificate === true && socket.getPeerCertificate().subject === undefined) socket.destroy()
    const onward = connect(Number(new URL(inner.url).port), '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  return { url: `https://127.0.0.1:${await listen(outer)}`, ca: authority.pem, authority }
}

const run = (target: string, fetch?: (request: Request) => Promise<Response>) =>
  runContract({
    target,
    credentials: account,
    only: ['list-users', 'authentication'],
    ...(fetch && { fetch }),
  }).report()

describe('a run in a network of a company', () => {
  it('reaches an https target through an HTTP proxy, by a certificate of its own authority', async () => {
    const [target, proxy] = [await secureTarget(), await startProxy()]
    const report = await run(target.url, networkFetch({ ca: target.ca, environment: { HTTPS_PROXY: proxy.url } }))
    expect(report.outcome).toBe('conforms')
    expect(report.summary.pass).toBeGreaterThan(40)
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${new URL(target.url).host}`]))
  })

  it('asks a proxy for the URL of an http target, and not for a tunnel', async () => {
    const inner = await startIndependentServer({ rowMs: 0.001 })
    onTestFinished(() => inner.close())
    const proxy = await startProxy()
    const report = await run(inner.url, networkFetch({ environment: { http_proxy: proxy.url } }))
    expect(report.outcome).toBe('conforms')
    expect(proxy.asked.every((line) => / http:\/\//.test(line))).toBe(true)
  })

  it('leaves out the proxy for the hosts of NO_PROXY', async () => {
    const [target, proxy] = [await secureTarget(), await startProxy()]
    const environment = { HTTPS_PROXY: proxy.url, NO_PROXY: '127.0.0.1' }
    expect((await run(target.url, networkFetch({ ca: target.ca, environment }))).outcome).toBe('conforms')
    expect(proxy.asked).toEqual([])
  })

  it('says that a certificate is not trusted when nobody gave its authority', async () => {
    const target = await secureTarget()
    const { outcome, stopped } = await run(target.url, networkFetch({ environment: {} }))
    expect(outcome).toBe('unreachable')
    expect(stopped).toMatch(/certificate is not trusted/)
  })

  it('shows a client certificate to whom asks for one', async () => {
    const target = await secureTarget({ asksForCertificate: true })
    const own = target.authority.issue(['client'])
    const fetch = networkFetch({ ca: target.ca, cert: own.cert, key: own.key, environment: {} })
    expect((await run(target.url, fetch)).outcome).toBe('conforms')
    expect((await run(target.url, networkFetch({ ca: target.ca, environment: {} }))).outcome).toBe('unreachable')
  })

  it('speaks HTTP/2 to a target that speaks nothing else', async () => {
    const target = await secureTarget({ http2Only: true })
    const report = await run(target.url, networkFetch({ ca: target.ca, environment: {} }))
    expect({ outcome: report.outcome, stopped: report.stopped }).toEqual({ outcome: 'conforms' })
  })

  it('takes IPv6 literals, with and without brackets in the name of the host', () => {
    expect(toTarget('http://[::1]:4010/koodrive/ose/v1')).toEqual({
      baseUrl: 'http://[::1]:4010',
      host: '::1',
      isLoopback: true,
    })
    expect(toTarget('https://[2001:db8::7]')).toMatchObject({ host: '2001:db8::7', isLoopback: false })
  })

  it.each([
    [{ HTTPS_PROXY: 'proxy:3128' }, 'HTTPS_PROXY'],
    [{ http_proxy: 'ftp://proxy' }, 'HTTP_PROXY'],
  ])('refuses %j before anything is sent', (environment, name) => {
    expect(() => networkFetch({ environment })).toThrow(`${name} is not an http or https URL`)
  })
})

describe('the client', () => {
  it('goes through a proxy and trusts an authority as it is told', async () => {
    const [target, proxy] = [await secureTarget(), await startProxy()]
    const fetch = networkFetch({ ca: target.ca, environment: { https_proxy: proxy.url } })
    const { accessToken } = account
    const client = createClient({ baseUrl: target.url, accessToken, fetch })
    expect((await client.listUsers({ offset: 0, limit: 3 })).records).toHaveLength(3)
    const trusting = createClient({ baseUrl: target.url, accessToken, ca: target.ca })
    expect((await trusting.listUsers({ offset: 0, limit: 3 })).records).toHaveLength(3)
    expect(proxy.asked).toHaveLength(1)
  })
})
