import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMock, type MockOptions } from '../../src/index.ts'
import { Connections, openConnections } from '../../src/server/http/connections.ts'
import { HandshakeTurns } from '../../src/server/http/handshake-turns.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { paths } from '../support/client.ts'

async function served(tls = false, options: MockOptions = {}) {
  const mock = createMock(options)
  onTestFinished(() => mock.close())
  return mock.listen({ port: 0, tls })
}

/** Connections that say so much and no more, all open. */
async function hoard(port: number, count: number, bytes: string | Buffer = ''): Promise<Socket[]> {
  const open = Array.from(
    { length: count },
    () =>
      new Promise<Socket>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
          if (bytes.length > 0) socket.write(bytes)
          resolve(socket)
        })
        socket.on('error', () => undefined)
        socket.resume()
        onTestFinished(() => void socket.destroy())
      }),
  )
  return Promise.all(open)
}

const list = `GET ${paths.users}?offset=0&limit=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer mock-admin-token\r\n\r\n`

/** The status line of the answer on a connection. */
const answerOn = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    socket.once('data', (chunk) => resolve(String(chunk).split('\r\n')[0] ?? ''))
    socket.once('close', () => resolve('closed'))
    socket.write(list)
  })

const secured = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] }
    const socket = connectTls(options, () => resolve(socket))
    socket.on('error', reject)
    onTestFinished(() => void socket.destroy())
  })

describe('connections that are opened and kept', () => {
  it('are no more than a bound says, and keep nobody out', { timeout: 30_000 }, async () => {
    const { port } = await served()
    await hoard(port, bounds.connections.value + 100)
    await hoard(port, 100, list.slice(0, 40))
    const [polite] = await hoard(port, 1)
    expect(await answerOn(polite as Socket)).toBe('HTTP/1.1 200 OK')
    expect(openConnections.size).toBeLessThanOrEqual(bounds.connections.value)
  })

  const socketOf = (n: number, isBusy = false) => {
    const socket = Object.assign(connect({ port: 1, host: '127.0.0.1' }), { _httpMessage: isBusy ? {} : null })
    socket.on('error', () => undefined)
    return Object.defineProperties(socket, { remoteAddress: { value: 'a' }, remotePort: { value: n } })
  }

  it('end in the order in which they had a call, and never while one is under way', () => {
    const connections = new Connections(3)
    const [first, second, third, fourth, fifth] = [
      socketOf(1),
      socketOf(2, true),
      socketOf(3),
      socketOf(4),
      socketOf(5),
    ]
    for (const socket of [first, second, third]) connections.add(socket)
    connections.use(first)
    connections.add(fourth)
    expect([first, second, third, fourth].map(({ destroyed }) => destroyed)).toEqual([false, false, true, false])
    connections.add(fifth)
    expect([first, second, fourth, fifth].map(({ destroyed }) => destroyed)).toEqual([true, false, false, false])
  })

  it('leave a new one outside when all have a call', () => {
    const connections = new Connections(1)
    const [busy, late] = [socketOf(1, true), socketOf(2)]
    connections.add(busy)
    connections.add(late)
    expect([busy.destroyed, late.destroyed, connections.size]).toEqual([false, true, 1])
  })

  it('of HTTP/2 have only so many calls under way', async () => {
    const { url, ca = '' } = await served(true)
    const session = connectHttp2(url, { ca })
    onTestFinished(() => session.destroy())
    const { maxConcurrentStreams } = await new Promise<{ maxConcurrentStreams?: number }>((resolve) =>
      session.once('remoteSettings', resolve),
    )
    expect(maxConcurrentStreams).toBe(bounds.streams.value)
  })
})

describe('TLS handshakes', () => {
  it('that are begun and not gone on with keep nobody out', { timeout: 30_000 }, async () => {
    const { port } = await served(true)
    // The head of a record of a handshake, whose rest never comes.
    await hoard(port, bounds.handshakes.value * 2, Buffer.from('1603010200', 'hex'))
    expect(await answerOn(await secured(port))).toBe('HTTP/1.1 200 OK')
  })

  it('wait for their turn, the newest first, and one whose client has left has none', async () => {
    const turns = new HandshakeTurns(1, 60_000)
    const { port } = await served()
    const sockets = await hoard(port, 4)
    for (const socket of sockets) socket.pause()
    const begun: number[] = []
    for (const [n, socket] of sockets.entries()) turns.take(socket, Buffer.from([n]), () => begun.push(n))
    expect(begun).toEqual([0])
    sockets[3]?.destroy()
    turns.end(sockets[0] as Socket)
    expect(begun).toEqual([0, 2])
    turns.end(sockets[2] as Socket)
    expect(begun).toEqual([0, 2, 1])
  })
})
