import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2'
import type { Refusal } from '../refusal.ts'

/** A request as Node has it, HTTP/1.1 or a stream of HTTP/2, with what the server found out about it. */
export type Incoming = (IncomingMessage | Http2ServerRequest) & {
  /** The target as sent, where `url` had to be written as a URL takes it. */
  rawTarget?: string
  /** Why it cannot be served, whatever it asks for. */
  rejection?: Refusal
  /** Why its body is not read to the end, said with an event `broken`: the bytes of it are not what its headers say, or come too late. */
  brokenBody?: Refusal
  /** Gives up the body that was read of it: its call is over. */
  dropBody?: () => void
}

/** Where the answer goes on a socket: HTTP/1.1, or a stream of HTTP/2. */
export type Outgoing = ServerResponse | Http2ServerResponse
