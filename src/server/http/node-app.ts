import { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import type { ErrorName } from '../../spec/errors.ts'
import { Refusal } from '../refusal.ts'
import { type Bindings, headerCase, type Incoming, type Outgoing } from './wire.ts'

/** So long a connection is kept open for a further request. */
export const KEEP_ALIVE_MS = 65_000
/** The first byte of a TLS handshake. */
export const TLS_HANDSHAKE = 0x16
/** So long a client may keep a connection open behind the answer that ends it. */
const LINGER_MS = 500
/** Characters of headers that are kept of a request that cannot be served. */
const HEADERS_KEPT = 16 * 1024

/** What answers behind a port: a Hono app. */
export interface App {
  readonly fetch: (request: Request, bindings: Bindings) => Response | Promise<Response>
}

export interface NodeAppOptions {
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
}

/** Makes an app one that Node calls, through the adapter of Hono. */
export function createNodeApp(app: App, { hostname, ownsProcess }: NodeAppOptions): NodeApp {
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings as Bindings), {
    hostname,
    overrideGlobalObjects: ownsProcess,
  })
  const serve: NodeApp['serve'] = (incoming, outgoing, rejection) => {
    if (rejection !== undefined) incoming.rejection = rejection
    fitIntoUrl(incoming, hostname)
    if (!('stream' in outgoing)) keepCase(outgoing)
    void answer(incoming as IncomingMessage, outgoing as ServerResponse)
  }
  const refuseBytes: NodeApp['refuseBytes'] = (socket, rejection, bytes) => {
    // Node hands such a socket over whole: an error that nobody hears would end the process.
    socket.on('error', () => socket.destroy())
    if (!socket.writable) return void socket.destroy()
    const busy = (socket as { _httpMessage?: ServerResponse | null })._httpMessage
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
  return { serve, refuseBytes }
}

/** Writes names of headers in the usual case: who reads an answer by eye, or compares its text, finds what others send. */
function keepCase(outgoing: ServerResponse): void {
  const writeHead = outgoing.writeHead.bind(outgoing)
  outgoing.writeHead = (status: number, headers: unknown) => {
    const entries = Object.entries(headers ?? {}).map(([name, value]) => [headerCase(name), value])
    return writeHead(status, Object.fromEntries(entries))
  }
}

/** What is wrong with a connection that Node could make no request of; undefined when its client is gone. */
export function rejectionOf({ code = '' }: NodeJS.ErrnoException, bytes: Buffer | undefined): Refusal | undefined {
  if (code === 'ECONNRESET') return undefined
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return rejected('requestTimeout', 'request-time', 'The request did not arrive in time. Send it in one go.')
  }
  return rejected('malformedRequest', 'request-form', explain(code, firstLine(bytes)))
}

export const headersTooLarge = (): Refusal =>
  rejected('headersTooLarge', 'headers-size', `The headers exceed ${HEADERS_KEPT} bytes. Send fewer or shorter ones.`)

/** A request that cannot be served. */
export const rejected = (error: ErrorName, rule: string, detail: string): Refusal =>
  new Refusal(error, { rule, detail })

function explain(code: string, line: string): string {
  const target = /^[A-Za-z]+ +(.*?)(?: +HTTP\/\d\.\d)?$/.exec(line)?.[1] ?? ''
  if (/[^!-~]/.test(target)) {
    return 'The request target holds a space or a character beyond ASCII. Percent-encode it as UTF-8: %20 for a space, %E9%83%A8 for 部.'
  }
  if (code === 'HPE_INVALID_URL')
    return 'The request target is no path. It begins with a slash, such as /koodrive/ose/v1/userList.'
  return `The bytes are no HTTP/1.1 request (${code}). Send a request line, header lines with a colon, and an empty line.`
}

const firstLine = (bytes: Buffer | undefined): string =>
  /^[^\r\n]*/.exec(bytes?.toString('utf8', 0, HEADERS_KEPT) ?? '')?.[0] ?? ''

/** As much of a request as can be read off bytes that are none. */
function readable(socket: Duplex, bytes: Buffer = Buffer.alloc(0)): IncomingMessage {
  const incoming = new IncomingMessage(socket as Socket)
  const [head = ''] = bytes.toString('utf8', 0, HEADERS_KEPT).split('\r\n\r\n', 1)
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
