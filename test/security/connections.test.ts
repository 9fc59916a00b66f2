import { EventEmitter } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createMock, type ListenOptions, type MockOptions } from '../../src/index.ts'
import { watchSession } from '../../src/server/http/secure-server.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { paths } from '../support/client.ts'

async function served(where: ListenOptions = {}, options: MockOptions = {}) {
  const mock = createMock(options)
  onTestFinished(() => mock.close())
  return { mock, ...(await mock.listen({ port: 0, ...where })) }
}

/** Opens a connection, sends bytes, and gives what came until it ended, and how long that took. */
function talk(socket: Socket, bytes: string | Buffer, andThen: (socket: Socket) => void = () => undefined) {
  const started = performance.now()
  let text = ''
  socket.on('error', () => undefined)
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
  })
  socket.write(bytes)
  andThen(socket)
  return new Promise<{ text: string; tookMs: number }>((resolve) => {
    socket.on('close', () => resolve({ text, tookMs: performance.now() - started }))
  })
}

function settleable() {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** A body without an end. */
const endless = (socket: Socket): void => {
  const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`
  const more = (): void => {
    while (!socket.destroyed && socket.write(chunk));
  }
  socket.on('drain', more)
  more()
}

describe('a connection whose client does not stop is ended', () => {
  it.each([
    ['by a body without an end', paths.create, endless],
    ['by a body of the control plane without an end', '/__admin/sandboxes', endless],
    ['by a body that never comes behind an early answer', '/__admin/nowhere', () => undefined],
  ])('%s', { timeout: 60_000 }, async (_, path, andThen) => {
    const { port } = await served()
    const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`
    const { text } = await talk(connect(port, '127.0.0.1'), head, andThen)
    if (andThen !== endless) expect(text).toMatch(/^HTTP\/1\.1 404/)
  })

  describe('by frames of HTTP/2 that break the protocol', () => {
    const frame = (
      type: number,
      flags: number,
      stream: number,
      payload: Buffer | number[],
      length?: number,
    ): Buffer => {
      const head = Buffer.alloc(9)
      head.writeUIntBE(length ?? payload.length, 0, 3)
      head[3] = type
      head[4] = flags
      head.writeUInt32BE(stream, 5)
      return Buffer.concat([head, Buffer.from(payload)])
    }
    const start = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')
    const settings = frame(4, 0, 0, [])
    const behind = (...frames: Buffer[]) => Buffer.concat([start, settings, ...frames])

    it.each<[string, Buffer]>([
      ['a frame that is too large', behind(frame(0, 0, 1, Buffer.alloc(20_000)))],
      ['the head of one', behind(frame(0, 0, 1, [], 1 << 23))],
      ['settings of a wrong length', Buffer.concat([start, frame(4, 0, 0, Buffer.alloc(5))])],
      ['settings of no meaning', Buffer.concat([start, frame(4, 0, 0, [0, 5, 0, 0, 0, 1])])],
      ['a ping of a wrong length', behind(frame(6, 0, 0, Buffer.alloc(7)))],
      ['a reset of a wrong length', behind(frame(3, 0, 1, Buffer.alloc(3)))],
      ['a window that grows by nothing', behind(frame(8, 0, 0, Buffer.alloc(4)))],
      ['a window without an end', behind(frame(8, 0, 0, [0x7f, 0xff, 0xff, 0xff]))],
      ['data of no stream', behind(frame(0, 0, 0, Buffer.alloc(3)))],
      ['data of a stream that nobody opened', behind(frame(0, 0, 1, Buffer.alloc(3)))],
      ['headers of an even stream', behind(frame(1, 4, 2, [0x82]))],
      ['headers that cannot be unpacked', behind(frame(1, 4, 1, Buffer.alloc(6, 0xff)))],
      ['a continuation of nothing', behind(frame(9, 4, 1, [0x82]))],
      ['headers that are not continued', behind(frame(1, 0, 1, [0x82]), settings)],
      ['a promise of a client', behind(frame(5, 4, 1, Buffer.alloc(8)))],
      ['half a frame', behind(Buffer.from([0, 0, 4]))],
      ['no frame', start],
      ['a preface of something else', Buffer.from('PRI * HTTP/2.0\r\n\r\nNO\r\n\r\n')],
      ['no HTTP at all', Buffer.from('these are no frames at all, but a sentence')],
    ])('%s', async (_, bytes) => {
      const every = vi.spyOn(bounds, 'pingMs', 'get').mockReturnValue({ ...bounds.pingMs, value: 50 as never })
      onTestFinished(() => every.mockRestore())
      const { port } = await served({ tls: true })
      // A client that never ends its half: only the server can.
      const options = { host: '127.0.0.1', port, rejectUnauthorized: false, ALPNProtocols: ['h2'], allowHalfOpen: true }
      const socket = connectTls(options)
      await new Promise((resolve) => socket.once('secureConnect', resolve))
      const ended = new Promise((resolve) => {
        socket.on('data', () => undefined)
        socket.on('error', resolve)
        socket.on('end', resolve)
      })
      socket.write(bytes)
      await ended
    })

    it('also when the session is over and only its socket is left', async () => {
      const every = vi.spyOn(bounds, 'pingMs', 'get').mockReturnValue({ ...bounds.pingMs, value: 5 as never })
      onTestFinished(() => every.mockRestore())
      const { promise: destroyed, resolve } = settleable()
      const session = Object.assign(new EventEmitter(), {
        destroyed: true,
        setTimeout: () => undefined,
        ping() {
          throw new Error('The session has been destroyed')
        },
      })
      onTestFinished(() => void session.emit('close'))
      watchSession(session as never, Object.assign(new EventEmitter(), { destroy: resolve }) as never)
      await destroyed
    })

    it('while one that answers a PING stays open without a call', async () => {
      const every = vi.spyOn(bounds, 'pingMs', 'get').mockReturnValue({ ...bounds.pingMs, value: 250 as never })
      onTestFinished(() => every.mockRestore())
      const { url } = await served({ tls: true })
      const session = connectHttp2(url, { rejectUnauthorized: false })
      onTestFinished(() => session.destroy())
      let pings = 0
      await new Promise<void>((resolve) => {
        session.on('ping', () => {
          pings += 1
          if (pings === 3) resolve()
        })
      })
      expect(session.destroyed).toBe(false)
    })
  })
})

describe('calls that come on one connection without waiting for their answers', () => {
  const COUNT = 500
  const bodyOf = (n: number, length: number) =>
    JSON.stringify({ curDeptId: 1, users: [], n, padding: 'a'.repeat(length) })

  it.each([false, true])('take turns with those of others, and are answered in their order (TLS: %s)', async (tls) => {
    let [turn, isOver] = [0, false]
    const next = () => {
      turn += 1
      if (!isOver) setImmediate(next)
    }
    onTestFinished(() => {
      isOver = true
    })
    const turns: number[] = []
    const { port } = await served({ tls }, { onExchange: () => turns.push(turn) })
    setImmediate(next)
    const socket = tls ? connectTls({ port, rejectUnauthorized: false }) : connect(port, '127.0.0.1')
    // Now and then a body that does not come in one piece with what is before it and behind it.
    const calls = Array.from({ length: COUNT }, (_, n) => {
      const body = bodyOf(n, n % 100 === 0 ? 200_000 : 0)
      const end = n === COUNT - 1 ? 'Connection: close\r\n' : ''
      return `POST /n/${n} HTTP/1.1\r\nHost: a\r\n${end}Content-Length: ${body.length}\r\n\r\n${body}`
    })
    const { text } = await talk(socket, calls.join(''))
    expect(text.match(/HTTP\/1\.1 404/g)).toHaveLength(COUNT)
    const answered = new Set([...text.matchAll(/\/n\/(\d+)/g)].map(([, n]) => Number(n)))
    expect([...answered]).toEqual(Array.from({ length: COUNT }, (_, n) => n))
    // One of a turn may be called for by what has come on the socket, and one more by the turn itself.
    const ofOneTurn = new Map<number, number>()
    for (const each of turns) ofOneTurn.set(each, (ofOneTurn.get(each) ?? 0) + 1)
    expect(turns).toHaveLength(COUNT)
    expect(Math.max(...ofOneTurn.values())).toBeLessThanOrEqual(2)
  })
})

describe('a port that other machines can reach', () => {
  const ask = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/__admin/sandboxes`, { headers })

  it('has a control token, which the library hands out, and believes no Host', async () => {
    const { port, controlToken } = await served({ host: '0.0.0.0' })
    const url = `http://127.0.0.1:${port}`
    expect(controlToken).toMatch(/^[\w-]{32}$/)
    expect((await ask(url)).status).toBe(401)
    expect((await ask(url, { Host: 'localhost' })).status).toBe(401)
    expect((await ask(url, { Authorization: `Bearer ${controlToken}` })).status).toBe(200)
  })

  it('keeps the token that was given', async () => {
    const { port, controlToken } = await served({ host: '0.0.0.0' }, { control: { token: 'of-mine' } })
    expect(controlToken).toBeUndefined()
    expect((await ask(`http://127.0.0.1:${port}`, { Authorization: 'Bearer of-mine' })).status).toBe(200)
  })

  it.each(['127.0.0.1', 'localhost', '127.0.0.2'])('is not one on %s', async (host) => {
    const { url, controlToken } = await served({ host })
    expect(controlToken).toBeUndefined()
    expect((await ask(url)).status).toBe(host === '127.0.0.2' ? 403 : 200)
  })
})

describe('a clock that runs to the end of time', () => {
  it('stands still at the last instant, and its log is replayed', async () => {
    const mock = createMock()
    const clock = (body: object) =>
      mock.fetch('http://mock/__admin/sandboxes/default/clock', {
        method: 'PUT',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      })
    expect((await clock({ now: '9999-12-31T23:59:59.000Z', frozen: false, rate: 1_000_000 })).status).toBe(200)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const answer = await mock.fetch(`http://mock${paths.users}?offset=0&limit=1`, {
      headers: { Authorization: 'Bearer mock-admin-token' },
    })
    expect(answer.status).toBe(200)
    expect(Date.parse(mock.defaultSandbox.clock.read().now)).toBeLessThanOrEqual(
      Date.UTC(9999, 11, 31, 23, 59, 59, 999),
    )
    const log = JSON.stringify(mock.defaultSandbox.log.export())
    expect(() => createMock({ log: JSON.parse(log) })).not.toThrow()
  })
})
