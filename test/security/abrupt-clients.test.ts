import { writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { paths } from '../support/client.ts'
import { startCommand } from '../support/command.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** First bytes of clients that do not wait for an answer. */
const openings: Readonly<Record<string, string>> = {
  CONNECT: 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'CONNECT without a host': 'CONNECT / HTTP/1.1\r\n\r\n',
  'an upgrade to WebSocket':
    'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n',
  'an upgrade to HTTP/2': 'GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n',
  'the preface of HTTP/2': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'bytes that are no request': '\0\x01\x02\r\n\r\n',
  'half a request': 'POST /koodrive/ose/v1/user/batchRegister/create HTTP/1.1\r\nContent-Length: 99\r\n\r\n{',
  'headers beyond the limit': `GET / HTTP/1.1\r\nHost: a\r\nX-Big: ${'a'.repeat(80_000)}\r\n\r\n`,
  'a TLS handshake': '\x16\x03\x01\x02\x00\x01\x00\x01\xfc',
  nothing: '',
}

type Leave = (socket: Socket) => void
const departures: Readonly<Record<string, Leave>> = {
  'resets the connection at once': (socket) => socket.resetAndDestroy(),
  'closes without reading': (socket) => socket.destroy(),
  'says nothing more and goes': (socket) => socket.end(() => socket.destroy()),
}

/** Opens a connection, sends the bytes, leaves. */
function call(port: number, bytes: string, leave: Leave): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1', () => leave(socket)))
    socket.on('error', () => undefined)
    socket.on('close', () => resolve())
  })
}

/** The same inside TLS, where the bytes of HTTP/1.1 come after a handshake. */
function callInTls(port: number, bytes: string, leave: Leave): Promise<void> {
  return new Promise((resolve) => {
    const raw = connect(port, '127.0.0.1')
    const socket = connectTls({ socket: raw, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] }, () =>
      socket.write(bytes, 'latin1', () => leave(raw)),
    )
    for (const end of [raw, socket]) end.on('error', () => undefined)
    raw.on('close', () => resolve())
  })
}

async function everyAbruptClient(port: number, ...calls: (typeof call)[]): Promise<void> {
  for (const one of calls)
    for (const bytes of Object.values(openings))
      for (const leave of Object.values(departures))
        for (let count = 0; count < 3; count += 1) await one(port, bytes, leave)
}

const entry = {
  startedDateTime: '2026-04-16T08:00:00.000Z',
  request: { method: 'GET', url: `http://localhost${paths.users}?offset=0&limit=1`, headers: [] },
  response: { status: 200, headers: [], content: { mimeType: 'application/json', text: '{"code":0}' } },
}
const archive = { log: { version: '1.2', creator: { name: 'test', version: '1' }, entries: [entry] } }

describe('a client that leaves without waiting for its answer ends nobody', () => {
  const servers: Readonly<Record<string, () => string[]>> = {
    serve: () => ['serve', '--port', '0'],
    'serve over TLS': () => ['serve', '--port', '0', '--tls'],
    proxy: () => ['proxy', '--target', 'http://127.0.0.1:9', '--port', '0'],
    replay: () => {
      const file = join(temporaryFolder(), 'archive.har')
      writeFileSync(file, JSON.stringify(archive))
      return ['serve', '--port', '0', '--replay', file]
    },
  }

  it.each(Object.entries(servers))('%s goes on and answers the next one', async (name, args) => {
    const { child, url } = await startCommand([...args(), '--log-level', 'silent'])
    const port = Number(new URL(url).port)
    await everyAbruptClient(port, call, ...(name.includes('TLS') ? [callInTls] : []))
    expect(child.exitCode).toBeNull()
    const polite = await new Promise<string>((resolve, reject) => {
      const open = name.includes('TLS') ? connectTls({ port, rejectUnauthorized: false }) : connect(port)
      open.on('error', reject)
      open.end('GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
      open.once('data', (bytes) => resolve(bytes.toString('latin1')))
    })
    expect(polite).toMatch(/^HTTP\/1\.1 (404|502) /)
  })

  describe('in the process of a test', () => {
    const uncaught: unknown[] = []
    const note = (error: unknown) => void uncaught.push(error)
    beforeEach(() => {
      uncaught.length = 0
      process.on('uncaughtException', note)
    })
    afterEach(() => {
      process.off('uncaughtException', note)
    })

    it.each([false, true])('mock.listen({ tls: %s }) throws nothing at it', async (tls) => {
      const mock = createMock()
      const { port } = await mock.listen({ port: 0, tls })
      await everyAbruptClient(port, call, ...(tls ? [callInTls] : []))
      await mock.close()
      expect(uncaught).toEqual([])
    })
  })

  it('a reader of the output that goes away leaves the server to its clients', async () => {
    const { child, url } = await startCommand(['serve', '--port', '0'])
    child.stdout?.destroy()
    child.stderr?.destroy()
    for (let count = 0; count < 3; count += 1) expect((await fetch(`${url}/nothing`)).status).toBe(404)
    expect(child.exitCode).toBeNull()
  })
})
