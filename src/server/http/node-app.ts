import { IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { bounds } from '../../shared/bounds.ts'
import { isOfConnection } from '../../shared/headers.ts'
import type { Refusal } from '../refusal.ts'
import { openConnections } from './connections.ts'
import { startInOrder } from './pipeline.ts'
import { hasBody, type Incoming, type Outgoing } from './read-body.ts'
import { type ClientError, HEADERS_MAX_BYTES, noTunnel, rejectionOf } from './rejections.ts'
import { type Bindings, headerCase } from './wire.ts'

/** So long a connection is kept open for a further request. */
export const KEEP_ALIVE_MS = bounds.keepAliveMs.value
/** The first byte of a TLS handshake. */
export const TLS_HANDSHAKE = 0x16
/** So long a client may keep a connection open behind the answer that ends it. */
const LINGER_MS = bounds.lingerMs.value

/** What answers behind a port: a Hono app. */
export interface App {
  readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>
}

interface NodeAppOptions {
  /** Stands in for a Host header that is absent or names no host. */
  readonly hostname: string
  /**
   * Whether this process does nothing but serve: the light Request and Response of the adapter then take the place of
   * the global ones, which halves the cost of a call. Whoever embeds the mock keeps its own.
   */
  readonly ownsProcess: boolean
}

/** An app as the servers of Node call it. */
export interface NodeApp {
  /** Answers a request; with a rejection one that cannot be served, whatever it asks for. */
  readonly serve: (incoming: Incoming, outgoing: Outgoing, rejection?: Refusal) => void
  /** Answers bytes that are no request, and ends their connection. */
  readonly refuseBytes: (socket: Duplex, rejection: Refusal, bytes?: Buffer) => void
  /** The same for an event `clientError` of a server. */
  readonly refuseBroken: (error: ClientError, socket: Duplex) => void
  /** The same for its event `connect`. */
  readonly refuseTunnel: (request: IncomingMessage, socket: Duplex) => void
}

/** Makes an app one that Node calls, through the adapter of Hono. */
export function createNodeApp(app: App, { hostname, ownsProcess }: NodeAppOptions): NodeApp {
  const answer = getRequestListener((request, bindings) => fetchOnce(app, request, bindings as Bindings), {
    hostname,
    overrideGlobalObjects: ownsProcess,
  })
  const serve: NodeApp['serve'] = (incoming, outgoing, rejection) => {
    if (rejection !== undefined) incoming.rejection = rejection
    fitIntoUrl(incoming, hostname)
    fitHeaders(outgoing)
    const start = () => void answer(incoming as IncomingMessage, outgoing as ServerResponse)
    if ('stream' in outgoing) return start()
    openConnections.use(incoming.socket)
    if (hasBody(incoming)) outgoing.once('finish', () => endAfterEarlyAnswer(incoming as IncomingMessage))
    startInOrder(incoming.socket, outgoing, start)
  }
  const refuseBytes: NodeApp['refuseBytes'] = (socket, rejection, bytes) => {
    // Node hands such a socket over whole: an error that nobody hears would end the process.
    socket.on('error', () => socket.destroy())
    if (!socket.writable) return void socket.destroy()
    const busy = (socket as { _httpMessage?: ServerResponse | null })._httpMessage
    if (busy && !busy.req.complete) return refuseBody(busy, rejection)
    if (busy) return void busy.once('close', () => refuseBytes(socket, rejection, bytes))
    const timer = setTimeout(() => socket.destroy(), LINGER_MS)
    socket.once('close', () => clearTimeout(timer))
    const incoming = readable(socket, bytes)
    const outgoing = new ServerResponse(incoming)
    outgoing.shouldKeepAlive = false
    outgoing.assignSocket(socket as Socket)
    outgoing.once('finish', () => socket.end())
    serve(incoming, outgoing, rejection)
  }
  return {
    serve,
    refuseBytes,
    refuseBroken(error, socket) {
      const rejection = rejectionOf(error, error.rawPacket)
      if (rejection === undefined) socket.destroy()
      else refuseBytes(socket, rejection, error.rawPacket)
    },
    refuseTunnel({ url, rawHeaders }, socket) {
      const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []))
      refuseBytes(socket, noTunnel(), Buffer.from([`CONNECT ${url} HTTP/1.1`, ...lines].join('\r\n')))
    },
  }
}

/** Refuses a body that breaks off or breaks the protocol: its call, which may wait for the rest, is answered, and nothing behind it. */
function refuseBody(outgoing: ServerResponse, rejection: Refusal): void {
  const incoming: Incoming = outgoing.req
  if (incoming.brokenBody !== undefined) return
  incoming.brokenBody = rejection
  if (!outgoing.headersSent) outgoing.shouldKeepAlive = false
  incoming.emit('broken', rejection)
}

/** Answers a call, and gives up its body behind it. */
function fetchOnce(app: App, request: Request, bindings: Bindings): Response | Promise<Response> {
  const { incoming } = bindings
  if (incoming === undefined || !hasBody(incoming)) return app.fetch(request, bindings)
  return (async () => {
    try {
      return await app.fetch(request, bindings)
    } finally {
      incoming.dropBody?.()
    }
  })()
}

/** Ends a connection whose client goes on sending a body behind the answer: nobody reads it, and it may never end. */
function endAfterEarlyAnswer(incoming: IncomingMessage): void {
  const { socket } = incoming
  if (incoming.complete || incoming.readableEnded || socket === null || socket.destroyed) return
  const timer = setTimeout(() => {
    if (!incoming.complete) socket.destroy()
  }, LINGER_MS)
  incoming.once('close', () => {
    if (incoming.complete) clearTimeout(timer)
  })
  socket.once('close', () => clearTimeout(timer))
}

/**
 * Writes the headers of an answer as its protocol takes them: names in the usual case over HTTP/1.1, where who reads by eye, or
 * compares text, finds what others send; none that it forbids, such as a route, an archive or another server may have.
 */
function fitHeaders(outgoing: Outgoing): void {
  const isHttp2 = 'stream' in outgoing
  const writeHead = outgoing.writeHead.bind(outgoing) as (status: number, headers: OutgoingHttpHeaders) => unknown
  outgoing.writeHead = (status: number, headers: unknown) => {
    const given = (headers ?? {}) as OutgoingHttpHeaders
    const fitted: OutgoingHttpHeaders = {}
    for (const name in given) {
      const written = isHttp2 ? name : headerCase(name)
      if (isHttp2 ? !isOfConnection(name) : written !== 'Trailer') fitted[written] = given[name]
    }
    writeHead(status, fitted)
    return outgoing as never
  }
}

/** As much of a request as can be read off bytes that are none. */
function readable(socket: Duplex, bytes: Buffer = Buffer.alloc(0)): IncomingMessage {
  const incoming = new IncomingMessage(socket as Socket)
  const [head = ''] = bytes.toString('utf8', 0, HEADERS_MAX_BYTES).split('\r\n\r\n', 1)
  const [line = '', ...lines] = head.split('\r\n')
  const [, method = '-', target = '-'] = /^([A-Za-z]+) +(.*?)(?: +HTTP\/\d\.\d)?$/.exec(line) ?? []
  incoming.method = method.toUpperCase()
  incoming.url = target
  incoming.rawHeaders = lines.flatMap((one) => {
    const [, name, value] = /^([\w-]+):[\t ]*(.*)$/.exec(one) ?? []
    return name === undefined || value === undefined ? [] : [name, value]
  })
  incoming.push(null)
  incoming.complete = true
  return incoming
}

/** A path with a query, and a host, that make a URL as they are. */
const PLAIN_TARGET = /^\/[\w!#$%&'()*+,\-./:;=?@[\]~]*$/
const PLAIN_HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i

/** Lets the adapter make a URL of any target and any Host; the target as sent stays beside it. */
function fitIntoUrl(incoming: Incoming, hostname: string): void {
  const { url = '', headers } = incoming
  if (!PLAIN_TARGET.test(url)) {
    incoming.rawTarget = url
    incoming.url = toPath(url)
  }
  const name = ':authority' in headers ? ':authority' : 'host'
  if (!PLAIN_HOST.test(String(headers[name] ?? ''))) headers[name] = hostname.includes(':') ? `[${hostname}]` : hostname
}

function toPath(target: string): string {
  if (/^https?:\/\/[^\\]*$/i.test(target) && URL.canParse(target)) return target
  const path = target.replace(/[^\w!#$%&'()*+,\-./:;=?@[\]~]/g, (unit) => `%${unit.charCodeAt(0).toString(16)}`)
  return path.startsWith('/') ? path : `/${path}`
}
