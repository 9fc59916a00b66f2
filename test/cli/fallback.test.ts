import { writeFileSync } from 'node:fs'
import { createServer, request as forward } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runToEnd, startCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A proxy as companies have it, which notes what it was asked for. */
async function startProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    const onward = forward(incoming.url ?? '', { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(`CONNECT ${url}`)
    const { hostname, port } = new URL(`http://${url}`)
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.pipe(socket).pipe(onward)
    })
    for (const end of [onward, socket]) end.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

/** Another mock with a route that the first one does not have, over TLS with a certificate of its own if told so. */
async function startOther(...flags: string[]) {
  const routes = join(temporaryFolder(), 'routes.yaml')
  writeFileSync(routes, 'routes:\n  - { method: GET, path: /groups, answer: { text: from there } }\n')
  return startCommand(['--port', '0', '--routes', routes, '--log-level', 'silent', ...flags])
}

const silent = ['--port', '0', '--log-level', 'silent']

describe('serve --fallback', () => {
  it('trusts an https server by --fallback-ca, and says so where it is missing', async () => {
    const ca = join(temporaryFolder(), 'ca.pem')
    const other = await startOther('--tls', '--tls-ca-out', ca)
    const trusting = await startCommand([...silent, '--fallback', other.url, '--fallback-ca', ca])
    expect(await (await fetch(`${trusting.url}/groups`)).text()).toBe('from there')

    const strange = await startCommand([...silent, '--fallback', other.url])
    const refused = await fetch(`${strange.url}/groups`)
    expect(refused.status).toBe(502)
    expect(refused.headers.get('x-mock-diagnosis')).toMatch(/--fallback-ca/)
  })

  it.each([
    ['an https server by CONNECT', ['--tls'], 'HTTPS_PROXY', /^CONNECT 127\.0\.0\.1:\d+$/],
    ['an http server by its whole URL', [], 'HTTP_PROXY', /^GET http:\/\/127\.0\.0\.1:\d+\/groups$/],
  ])('goes through the proxy of the environment: %s', async (_, tls, variable, line) => {
    const ca = join(temporaryFolder(), 'ca.pem')
    const proxy = await startProxy()
    const other = await startOther(...tls, ...(tls.length > 0 ? ['--tls-ca-out', ca] : []))
    const trust = tls.length > 0 ? ['--fallback-ca', ca] : []
    const mock = await startCommand([...silent, '--fallback', other.url, ...trust], {
      [variable]: proxy.url,
      NO_PROXY: '',
    })
    expect(await (await fetch(`${mock.url}/groups`)).text()).toBe('from there')
    expect(proxy.asked).toEqual([expect.stringMatching(line)])

    const direct = await startCommand([...silent, '--fallback', other.url, ...trust], {
      [variable]: proxy.url,
      NO_PROXY: '127.0.0.1',
    })
    expect(await (await fetch(`${direct.url}/groups`)).text()).toBe('from there')
    expect(proxy.asked).toHaveLength(1)
  })

  it.each([
    [
      '--fallback-ca',
      ['--fallback', 'https://other.example', '--fallback-ca', '/no/such.pem'],
      /--fallback-ca.*such\.pem/,
    ],
    ['a lone --fallback-ca', ['--fallback-ca', 'ca.pem'], /without --fallback/],
    ['a URL that is none', ['--fallback', 'other.example'], /URL/],
  ])('refuses %s that cannot be with one line and exit code 2', async (_, flags, words) => {
    const { code, err } = await runToEnd([...silent, ...flags])
    expect([code, err.trim().split('\n').length]).toEqual([2, 1])
    expect(err).toMatch(words)
  })
})
