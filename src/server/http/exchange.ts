import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { HeaderPairs } from '../../signing/index.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'

/** Where the answer goes on a socket: HTTP/1.1, or a stream of HTTP/2. */
export type Outgoing = ServerResponse | Http2ServerResponse

/** Whether an answer goes over a stream of HTTP/2. */
export const isStream = (outgoing: Outgoing): outgoing is Http2ServerResponse => 'stream' in outgoing

/** A request as it came over the wire, from a socket or in process. */
export interface Exchange {
  readonly method: string
  /** Path and query exactly as sent; in process as the URL standard writes them. */
  readonly target: string
  /** Headers in order, with their names as sent. */
  readonly headers: HeaderPairs
  /** The raw body. Read once; later calls give the same bytes. */
  body(): Promise<Uint8Array>
  /** Calls back when the client hangs up before it has its answer; the result stops that. */
  whenGone(listener: () => void): () => void
  /** The answer on a socket, for faults that break it; undefined in process. */
  readonly outgoing: Outgoing | undefined
}

const EMPTY = new Uint8Array()

/** The request of a socket: raw target, raw headers, raw bytes. */
export function exchangeOfSocket(incoming: IncomingMessage | Http2ServerRequest, outgoing: Outgoing): Exchange {
  const { rawHeaders } = incoming
  const headers: [string, string][] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? ''
    if (!name.startsWith(':')) headers.push([name, rawHeaders[at + 1] ?? ''])
  }
  let body: Promise<Uint8Array> | undefined
  return {
    method: incoming.method ?? 'GET',
    target: incoming.url ?? '/',
    headers,
    body() {
      body ??= readIncoming(incoming)
      return body
    },
    whenGone(listener) {
      if (isDestroyed(outgoing)) queueMicrotask(listener)
      else outgoing.once('close', listener)
      return () => void outgoing.off('close', listener)
    },
    outgoing,
  }
}

/** The request of a fetch call in process. */
export function exchangeOfFetch(request: Request): Exchange {
  const { pathname, search, host } = new URL(request.url)
  const headers: [string, string][] = [...request.headers]
  if (!request.headers.has('host')) headers.unshift(['Host', host])
  let body: Promise<Uint8Array> | undefined
  return {
    method: request.method,
    target: pathname + search,
    headers,
    body() {
      body ??= readFetch(request)
      return body
    },
    whenGone(listener) {
      if (request.signal.aborted) queueMicrotask(listener)
      else request.signal.addEventListener('abort', listener, { once: true })
      return () => request.signal.removeEventListener('abort', listener)
    },
    outgoing: undefined,
  }
}

/** The value of a header by its lower-case name; repeats are joined as HTTP joins them. */
export function headerOf({ headers }: Pick<Exchange, 'headers'>, name: string): string | undefined {
  let value: string | undefined
  for (const [key, text] of headers) {
    if (key.length === name.length && key.toLowerCase() === name)
      value = value === undefined ? text : `${value}, ${text}`
  }
  return value
}

/** How often a header was sent. */
export function headerCount({ headers }: Exchange, name: string): number {
  let count = 0
  for (const [key] of headers) if (key.length === name.length && key.toLowerCase() === name) count += 1
  return count
}

const tooLarge = () =>
  new Refusal('bodyTooLarge', {
    rule: 'body-size',
    detail: `The body is larger than ${limits.bodyMaxBytes} bytes. Split the batch: 1,000 users are far smaller.`,
  })

/** Whether nothing can be sent any more. */
const isDestroyed = (outgoing: Outgoing): boolean =>
  isStream(outgoing) ? outgoing.stream.destroyed : outgoing.destroyed

/** Whether a body follows the headers; HTTP/2 needs no header to say so. */
export const hasBody = (incoming: IncomingMessage | Http2ServerRequest): boolean =>
  'stream' in incoming
    ? !incoming.stream.endAfterHeaders
    : Number(incoming.headers['content-length'] ?? 0) > 0 || incoming.headers['transfer-encoding'] !== undefined

function readIncoming(incoming: IncomingMessage | Http2ServerRequest): Promise<Uint8Array> {
  const announced = Number(incoming.headers['content-length'] ?? 0)
  if (announced > limits.bodyMaxBytes) return Promise.reject(tooLarge())
  if (!hasBody(incoming)) return Promise.resolve(EMPTY)
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
    const lost = () => reject(new ClientGoneError())
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

/** The client hung up before its request was complete; nobody is left to answer. */
export class ClientGoneError extends Error {
  override name = 'ClientGoneError' as const
}
