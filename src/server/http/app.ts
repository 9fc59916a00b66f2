import type { IncomingMessage } from 'node:http'
import type { Http2ServerRequest } from 'node:http2'
import type { HttpBindings } from '@hono/node-server'
import type { Outgoing } from './exchange.ts'

/** What Hono hands to a handler: the socket's request when there is a socket. */
export type Env = { Bindings: Partial<HttpBindings> }

/** A request as Node has it: HTTP/1.1, or a stream of HTTP/2. */
export type Incoming = IncomingMessage | Http2ServerRequest

/** What answers behind a port, and in process without one. */
export interface App {
  readonly fetch: (request: Request, bindings?: Env['Bindings']) => Response | Promise<Response>
  /**
   * Answers a request of a socket as Node has it; false when `fetch` is to answer it. Node sets up a Request and a
   * Response on first use, for a quarter of the time in which it starts.
   */
  readonly serve?: (incoming: Incoming, outgoing: Outgoing) => boolean
}
