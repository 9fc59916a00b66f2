import type { IncomingMessage } from 'node:http'
import {
  createSecureServer,
  type Http2SecureServer,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2'
import type { Socket } from 'node:net'
import { bounds } from '../../shared/bounds.ts'
import type { OnNotice } from '../listening.ts'
import type { KeyPair } from '../tls/authority.ts'
import { openConnections } from './connections.ts'
import { handshakeTurns } from './handshake-turns.ts'
import { KEEP_ALIVE_MS, type NodeApp, TLS_HANDSHAKE } from './node-app.ts'
import { HEADERS_MAX_BYTES, headersTooLarge, rejected, unknownExpectation } from './rejections.ts'

/** To a tunnel over HTTP/2, whose request has neither path nor scheme. */
const METHOD_NOT_ALLOWED = 405
const HEADERS_MAX_COUNT = 2000
/** So much is read of headers that are too large: enough to say so instead of dropping the connection. */
const HEADERS_READ_BYTES = 256 * 1024
/** Longest wait for the first byte of a connection, and for the end of its handshake. */
const FIRST_BYTE_MS = bounds.handshakeMs.value
/** A connection on which nothing moves in either direction is ended: a slow answer or a stream of events says something before. */
const IDLE_MS = bounds.tlsIdleMs.value

/**
 * A server for an app that speaks HTTP/2 and HTTP/1.1 over TLS, whichever the client chooses, with no port yet. A client
 * that speaks plain HTTP gets an answer that says so.
 */
export function createSecureHttpServer(app: NodeApp, keyPair: KeyPair, onNotice: OnNotice): Http2SecureServer {
  const { serve, refuseBroken, refuseTunnel } = app
  const server = createSecureServer({
    ...keyPair,
    allowHTTP1: true,
    handshakeTimeout: FIRST_BYTE_MS,
    maxHeaderListPairs: HEADERS_MAX_COUNT,
    settings: { maxHeaderListSize: HEADERS_READ_BYTES, maxConcurrentStreams: bounds.streams.value },
  })
  // What plain servers take as options, HTTP/1.1 reads off the server itself.
  Object.assign(server, { keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false })
  server.on('request', (incoming: Http2ServerRequest, outgoing: Http2ServerResponse) => {
    if (incoming.httpVersionMajor < 2) return serve(incoming, outgoing)
    const tooLarge = sizeOf(incoming.rawHeaders) > HEADERS_MAX_BYTES
    nameHost(incoming)
    serve(incoming, outgoing, tooLarge ? headersTooLarge() : undefined)
  })
  server.on('checkExpectation', (incoming: Http2ServerRequest, outgoing: Http2ServerResponse) => {
    if (incoming.httpVersionMajor === 2) nameHost(incoming)
    serve(incoming, outgoing, unknownExpectation(incoming.headers))
  })
  server.on('clientError', refuseBroken)
  server.on('connect', (request: IncomingMessage | Http2ServerRequest, far: Socket | Http2ServerResponse) => {
    if (!('stream' in far)) return refuseTunnel(request as IncomingMessage, far)
    far.writeHead(METHOD_NOT_ALLOWED)
    far.end()
  })
  // A session shows only a part of its socket. It begins while the server hears of the socket.
  let latest: Socket
  server.prependListener('secureConnection', (socket: Socket) => {
    latest = socket
    const connection = openConnections.wrap(socket)
    if (connection !== undefined) handshakeTurns.end(connection)
  })
  server.on('session', (session: ServerHttp2Session) => watchSession(session, latest))
  server.on('tlsClientError', (error: NodeJS.ErrnoException) => {
    const notice = explain(error)
    if (notice !== undefined) onNotice(notice)
  })
  answerPlainHttp(server, app, onNotice)
  return server
}

const sizeOf = (rawHeaders: readonly string[]): number =>
  rawHeaders.reduce((size, text) => size + text.length + ': '.length, 0)

/** HTTP/2 has the host as a pseudo header; whoever reads headers behind here finds it where HTTP/1.1 has it. */
function nameHost({ headers, rawHeaders, authority }: Http2ServerRequest): void {
  if (headers.host !== undefined || authority === undefined) return
  headers.host = authority
  rawHeaders.push('host', authority)
}

const plainHttp = 'A client spoke plain HTTP to this port, which speaks TLS. Call it by https://.'

/** Looks at the first byte of each connection: a handshake goes on to TLS, anything else gets an answer it can read. */
function answerPlainHttp(server: Http2SecureServer, { refuseBytes }: NodeApp, onNotice: OnNotice): void {
  const acceptTls = server.listeners('connection')
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const giveUp = () => socket.destroy()
    socket.setTimeout(FIRST_BYTE_MS, giveUp)
    socket.on('error', giveUp)
    socket.once('readable', () => {
      const first: Buffer | null = socket.read()
      if (first === null) return
      socket.setTimeout(IDLE_MS)
      if (first[0] === TLS_HANDSHAKE) {
        handshakeTurns.take(socket, first, () => {
          for (const accept of acceptTls) accept.call(server, socket)
        })
        return
      }
      onNotice(plainHttp)
      refuseBytes(socket, rejected('malformedRequest', 'request-form', plainHttp), first)
    })
  })
}

/** What a failed handshake means to a person; undefined for what is nobody's mistake. */
function explain({ code = '', message }: NodeJS.ErrnoException): string | undefined {
  if (/UNKNOWN_CA|CERTIFICATE_UNKNOWN|BAD_CERTIFICATE/.test(code)) {
    return `A client does not trust the certificate of this mock (${code}). Give it the CA: NODE_EXTRA_CA_CERTS, curl --cacert, SSL_CERT_FILE.`
  }
  if (/ECONNRESET|EPIPE/.test(code)) return undefined
  if (/UNSUPPORTED_PROTOCOL|NO_SHARED_CIPHER|WRONG_VERSION/.test(code)) {
    return `A client offers no version or cipher that this mock speaks (${code}): it takes TLS 1.2 and 1.3.`
  }
  return `A TLS handshake failed: ${code === '' ? message : code}.`
}

/**
 * Ends sessions of HTTP/2 that nobody can use any more. When a client breaks the protocol, such as by a frame of the wrong
 * size, Node's library says so to the client and hears nothing further, but tells the server nothing: the socket would stay
 * open for as long as the client likes. So a session without a call is asked by a PING, which every client answers by itself
 * (RFC 9113, section 6.7); without an answer it ends.
 */
export function watchSession(session: ServerHttp2Session, socket: Socket): void {
  let streams = 0
  let isAsked = false
  // Destroying a session ends its socket, but waits for the client to end it too.
  session.once('close', () => socket.destroy())
  session.on('error', () => session.destroy())
  openConnections.wrap(socket, () => streams > 0)
  session.on('stream', (stream) => {
    streams += 1
    openConnections.use(socket)
    stream.once('close', () => (streams -= 1))
  })
  const timer = setInterval(() => {
    // It waits for its client to end the socket; a PING on it would throw.
    if (session.destroyed) return void socket.destroy()
    if (streams > 0) return
    if (isAsked) return session.destroy()
    isAsked = true
    session.ping(() => {
      isAsked = false
    })
  }, bounds.pingMs.value)
  timer.unref()
  session.once('close', () => clearInterval(timer))
  session.setTimeout(bounds.keepAliveMs.value, () => {
    if (streams === 0) session.destroy()
  })
}
