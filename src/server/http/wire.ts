import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { HeaderPairs } from '../../signing/index.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'

/** A request as Node has it, HTTP/1.1 or a stream of HTTP/2, with what {@link listenTo} found out about it. */
export type Incoming = (IncomingMessage | Http2ServerRequest) & {
  /** The target as sent, where `url` had to be written as a URL takes it. */
  rawTarget?: string
  /** Why it cannot be served, whatever it asks for. */
  rejection?: Refusal
}

/** Where the answer goes on a socket: HTTP/1.1, or a stream of HTTP/2. */
export type Outgoing = ServerResponse | Http2ServerResponse

/** What a server hands to the app besides the request; empty in process. */
export interface Bindings {
  readonly incoming?: Incoming
  readonly outgoing?: Outgoing
}

/** A request as it came over the wire. Nobody but this file asks whether that was a socket or a call of `fetch`. */
export interface Wire {
  readonly isSocket: boolean
  readonly method: string
  /** Path and query exactly as sent; in process as the URL standard writes them. */
  readonly target: string
  /** Headers in order, with their names as sent. */
  readonly headers: HeaderPairs
  /** Why the bytes that came cannot be served. */
  readonly rejection: Refusal | undefined
  /** The raw body. Read once; later calls give the same bytes. */
  body(): Promise<Uint8Array>
  /** Calls back when the client hangs up before it has its answer; the result stops that. */
  whenGone(listener: () => void): () => void
  /**
   * Breaks the connection off. In process there is none, so the error that a reader gets from `fetch` comes back.
   * `close` sends what was written before; `reset` does not wait for it.
   */
  breakOff(how: 'close' | 'reset'): ConnectionLostError | undefined
}

/** The connection of a call in process breaks; `fetch` rejects with a TypeError then. */
export class ConnectionLostError extends TypeError {
  override name = 'TypeError' as const

  constructor(message: string) {
    super(message, { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
  }
}

/** The client hung up before it had its answer; nobody is left to read one. */
export class ClientGoneError extends Error {
  override name = 'ClientGoneError' as const
}

const EMPTY = new Uint8Array()
/** Code of RST_STREAM, RFC 9113 section 7. Node has it too, in a module that costs every start more than ten milliseconds. */
const INTERNAL_ERROR = 2

/** A request as it came: from the socket where there is one, else from the call of `fetch`. */
export const wireOf = (request: Request, { incoming, outgoing }: Bindings = {}): Wire =>
  incoming === undefined || outgoing === undefined ? wireOfFetch(request) : wireOfSocket(incoming, outgoing)

function wireOfSocket(incoming: Incoming, outgoing: Outgoing): Wire {
  const { rawHeaders } = incoming
  const headers: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (!name.startsWith(':')) headers.push([name, rawHeaders[at + 1] ?? ''])
  }
  let body: Promise<Uint8Array> | undefined
  return {
    isSocket: true,
    method: incoming.method ?? 'GET',
    target: incoming.rawTarget ?? incoming.url ?? '/',
    headers,
    rejection: incoming.rejection,
    body() {
      body ??= readIncoming(incoming)
      return body
    },
    whenGone(listener) {
      if (isDestroyed(outgoing)) queueMicrotask(listener)
      else outgoing.once('close', listener)
      return () => void outgoing.off('close', listener)
    },
    breakOff(how) {
      if (how === 'reset') reset(outgoing)
      else closeSoon(outgoing)
      return undefined
    },
  }
}

function wireOfFetch(request: Request): Wire {
  const { pathname, search, host } = new URL(request.url)
  const headers: [string, string][] = [...request.headers]
  if (!request.headers.has('host')) headers.unshift(['Host', host])
  let body: Promise<Uint8Array> | undefined
  return {
    isSocket: false,
    method: request.method,
    target: pathname + search,
    headers,
    rejection: undefined,
    body() {
      body ??= readFetch(request)
      return body
    },
    whenGone(listener) {
      if (request.signal.aborted) queueMicrotask(listener)
      else request.signal.addEventListener('abort', listener, { once: true })
      return () => request.signal.removeEventListener('abort', listener)
    },
    breakOff: () => new ConnectionLostError('terminated'),
  }
}

/** The value of a header by its lower-case name; repeats are joined as HTTP joins them. */
export function headerOf({ headers }: Pick<Wire, 'headers'>, name: string): string | undefined {
  let value: string | undefined
  for (const [key, text] of headers) {
    if (key.length === name.length && key.toLowerCase() === name)
      value = value === undefined ? text : `${value}, ${text}`
  }
  return value
}

const written = new Map<string, string>()

/** A name as HTTP/1.1 servers write it, `X-Mock-Rule`; Headers knows it in lower case only. Answers have few names. */
export function headerCase(name: string): string {
  const known = written.get(name)
  if (known !== undefined) return known
  const cased = name.replace(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
  if (written.size < 100) written.set(name, cased)
  return cased
}

/** How often a header was sent. */
export function headerCount({ headers }: Pick<Wire, 'headers'>, name: string): number {
  let count = 0
  for (const [key] of headers) if (key.length === name.length && key.toLowerCase() === name) count += 1
  return count
}

const tooLarge = () =>
  new Refusal('bodyTooLarge', {
    rule: 'body-size',
    detail: `The body is larger than ${limits.bodyMaxBytes} bytes. Split the batch: 1,000 users are far smaller.`,
  })

const isStream = (outgoing: Outgoing): outgoing is Http2ServerResponse => 'stream' in outgoing

/** Whether nothing can be sent any more. */
const isDestroyed = (outgoing: Outgoing): boolean =>
  isStream(outgoing) ? outgoing.stream.destroyed : outgoing.destroyed

/** Whether a body follows the headers; HTTP/2 needs no header to say so. */
const hasBody = (incoming: Incoming): boolean =>
  'stream' in incoming
    ? !incoming.stream.endAfterHeaders
    : Number(incoming.headers['content-length'] ?? 0) > 0 || incoming.headers['transfer-encoding'] !== undefined

function readIncoming(incoming: Incoming): Promise<Uint8Array> {
  const announced = Number(incoming.headers['content-length'] ?? 0)
  if (announced > limits.bodyMaxBytes) return Promise.reject(tooLarge())
  if (incoming.rejection !== undefined || !hasBody(incoming)) return Promise.resolve(EMPTY)
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limits.bodyMaxBytes) {
        incoming.removeAllListeners('data')
        incoming.resume()
        reject(tooLarge())
      } else chunks.push(chunk)
    })
    const lost = () => reject(new ClientGoneError('The client hung up before its request was complete.'))
    incoming.once('error', lost)
    incoming.once('close', lost)
    incoming.once('end', () => {
      incoming.off('close', lost)
      resolve(chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks, size))
    })
  })
}

async function readFetch(request: Request): Promise<Uint8Array> {
  if (request.body === null) return EMPTY
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > limits.bodyMaxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/**
 * Ends the connection when all is sent. One in memory knows no more than to end. HTTP/2 shares a connection among
 * calls that have nothing to do with each other, so only the stream ends.
 */
function closeSoon(outgoing: Outgoing): void {
  if (isStream(outgoing)) return void outgoing.stream.end()
  const { socket } = outgoing
  if (typeof socket?.destroySoon === 'function') socket.destroySoon()
  else socket?.end()
}

/** TLS hides the socket that can send RST; closing it at once is as near as it gets. HTTP/2 resets the stream. */
function reset(outgoing: Outgoing): void {
  if (isStream(outgoing)) {
    outgoing.stream.close(INTERNAL_ERROR)
    return
  }
  const { socket } = outgoing
  try {
    socket?.resetAndDestroy()
  } catch {
    socket?.destroy()
  }
}
