import type { Http2ServerResponse } from 'node:http2'
import type { HeaderPairs } from '../../signing/index.ts'
import { limits } from '../../spec/limits.ts'
import type { Refusal } from '../refusal.ts'
import { hasBody, type Incoming, type Outgoing, readFetch, readIncoming } from './read-body.ts'

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
  /** Whether a body follows the headers. */
  readonly hasBody: boolean
  /**
   * The raw body, of 12 MiB at most unless `maxBytes` says otherwise. Read once; later calls give the same bytes, or throw the
   * same Refusal.
   */
  body(maxBytes?: number): Promise<Uint8Array>
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
    hasBody: hasBody(incoming),
    body(maxBytes = limits.bodyMaxBytes) {
      body ??= readIncoming(incoming, outgoing, maxBytes)
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
    hasBody: request.body !== null,
    body(maxBytes = limits.bodyMaxBytes) {
      body ??= readFetch(request, maxBytes)
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

const isStream = (outgoing: Outgoing): outgoing is Http2ServerResponse => 'stream' in outgoing

/** Whether nothing can be sent any more. */
const isDestroyed = (outgoing: Outgoing): boolean =>
  isStream(outgoing) ? outgoing.stream.destroyed : outgoing.destroyed

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

/** The address of a call. A Host that no URL can have, such as `a.1`, reached this machine all the same. */
export function addressOf(url: string): URL {
  return new URL(URL.canParse(url) ? url : url.replace(/^(https?:\/\/)[^/?#]*/, '$1localhost'))
}
