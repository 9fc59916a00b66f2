import type { Writable } from 'node:stream'
import type { Incoming } from './app.ts'
import { hasBody, isStream, type Outgoing } from './exchange.ts'
import { closeSoon } from './hang-up.ts'

/** An answer on its way out: to a socket as it is, in process as a Response. */
export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** A stream is for what comes in pieces. */
  readonly body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>
}

/** So long a client may go on sending behind its answer: hung up on at once, it would not read the answer. */
const REST_OF_BODY_MS = 500
/** Code of RST_STREAM behind a whole answer, RFC 9113 section 8.1. */
const NO_ERROR = 0

/** A reply as what `fetch` gives. */
export const toResponse = ({ status, headers, body }: Reply, method: string): Response =>
  new Response(method === 'HEAD' ? null : body, { status, headers })

/** Sends a reply over a socket. */
export function send(incoming: Incoming, outgoing: Outgoing, { status, headers, body }: Reply): void {
  if (hasBody(incoming) && !incoming.complete) endRest(incoming, outgoing)
  if (typeof body === 'string' || body instanceof Uint8Array) {
    writeHead(outgoing, status, headers, Buffer.byteLength(body))
    if (incoming.method === 'HEAD') outgoing.end()
    else outgoing.end(body)
  } else {
    writeHead(outgoing, status, headers)
    void pour(body, outgoing)
  }
}

/** Sends status and headers, and the length of the body where it is known. */
export function writeHead(
  outgoing: Outgoing,
  status: number,
  headers: Readonly<Record<string, string>>,
  length?: number,
): void {
  if (isStream(outgoing)) {
    outgoing.writeHead(status, length === undefined ? headers : { ...headers, 'Content-Length': length })
    return
  }
  // A list of names and values is what Node takes without making another object of it.
  const list: string[] = []
  for (const name in headers) {
    if (length === undefined || name !== 'Content-Length') list.push(name, headers[name] as string)
  }
  if (length !== undefined) list.push('Content-Length', String(length))
  outgoing.writeHead(status, list)
}

/** Writes pieces as they come; what is left of them goes when the client does. */
async function pour(pieces: ReadableStream<Uint8Array>, outgoing: Writable): Promise<void> {
  const reader = pieces.getReader()
  outgoing.once('close', () => void reader.cancel())
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    outgoing.write(value)
  }
  outgoing.end()
}

/** Reads on for a while when an answer was sent before its request was complete, and then no more. */
function endRest(incoming: Incoming, outgoing: Outgoing): void {
  outgoing.once('finish', () => {
    if (isStream(outgoing)) return outgoing.stream.close(NO_ERROR)
    const timer = setTimeout(() => incoming.complete || closeSoon(outgoing), REST_OF_BODY_MS)
    timer.unref()
  })
}
