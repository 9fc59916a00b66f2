import { connect as connectHttp2, type OutgoingHttpHeaders } from 'node:http2'
import { request } from 'node:https'
import { connect, type TLSSocket } from 'node:tls'
import { onTestFinished } from 'vitest'
import { createMock, type Listening, type ListenOptions, type Mock, type MockOptions } from '../../src/index.ts'

export const protocols = ['HTTP/1.1', 'HTTP/2'] as const
export type Protocol = (typeof protocols)[number]

/** What a client saw of an answer over TLS. */
export interface SecureReply {
  /** 0 when the connection broke before an answer. */
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
  /** Code of the error that cut it short. */
  readonly broken: string | undefined
}

export interface SecureCall {
  readonly method?: string
  readonly path: string
  readonly headers?: Readonly<Record<string, string | string[]>>
  readonly body?: string
}

/** A mock on a free port, closed after the test, with what it noticed. */
export async function listening(
  how: ListenOptions = {},
  options: MockOptions = {},
): Promise<{ mock: Mock; port: Listening; notices: string[]; ca: string }> {
  const mock = createMock({ now: '2026-04-16T08:00:00Z', ...options })
  onTestFinished(() => mock.close())
  const notices: string[] = []
  const port = await mock.listen({ port: 0, onNotice: (notice) => notices.push(notice), ...how })
  return { mock, port, notices, ca: port.ca ?? '' }
}

/** Calls by one protocol or the other over TLS, and shows whatever comes. */
export const callSecurely = (protocol: Protocol, url: string, ca: string, call: SecureCall): Promise<SecureReply> =>
  (protocol === 'HTTP/2' ? callHttp2 : callHttp1)(url, ca, call)

function callHttp1(url: string, ca: string, { method = 'GET', path, headers = {}, body }: SecureCall) {
  return new Promise<SecureReply>((resolve) => {
    let reply: SecureReply = { status: 0, headers: {}, text: '', broken: undefined }
    const broken = (error: NodeJS.ErrnoException) => {
      reply = { ...reply, broken: error.code ?? error.message }
    }
    const options = {
      method,
      headers: { ...headers },
      ca,
      agent: false,
      servername: 'localhost',
      ALPNProtocols: ['http/1.1'],
    }
    const outgoing = request(url + path, options, (incoming) => {
      reply = { ...reply, status: incoming.statusCode ?? 0, headers: incoming.headers }
      incoming.setEncoding('utf8')
      incoming.on('data', (chunk) => {
        reply = { ...reply, text: reply.text + chunk }
      })
      incoming.on('error', broken)
      incoming.on('close', () => resolve(reply))
    })
    outgoing.on('error', (error) => {
      broken(error)
      resolve(reply)
    })
    outgoing.end(body)
  })
}

function callHttp2(url: string, ca: string, { method = 'GET', path, headers = {}, body }: SecureCall) {
  return new Promise<SecureReply>((resolve) => {
    let reply: SecureReply = { status: 0, headers: {}, text: '', broken: undefined }
    const broken = (error: NodeJS.ErrnoException) => {
      reply = { ...reply, broken: error.code ?? error.message }
    }
    const { host, ...rest } = headers
    const authority = host === undefined ? {} : { ':authority': String(host) }
    const session = connectHttp2(url, { ca })
    session.on('error', broken)
    const all = { ':method': method, ':path': path, ...authority, ...rest } as OutgoingHttpHeaders
    const stream = session.request(all)
    stream.setEncoding('utf8')
    stream.on('response', (answered) => {
      reply = { ...reply, status: answered[':status'] ?? 0, headers: answered }
    })
    stream.on('data', (chunk) => {
      reply = { ...reply, text: reply.text + chunk }
    })
    stream.on('error', broken)
    stream.on('close', () => {
      session.destroy()
      resolve(reply)
    })
    stream.end(body)
  })
}

/** A connection that has shaken hands, or the code of the error that ended the handshake. */
export const shakeHands = (port: number, options: object = {}): Promise<TLSSocket | string> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ...options }, () => resolve(socket))
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
