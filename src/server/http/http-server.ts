import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { OnNotice } from '../listening.ts'
import { KEEP_ALIVE_MS, type NodeApp, rejected, rejectionOf, TLS_HANDSHAKE } from './node-app.ts'

export { createNodeApp } from './node-app.ts'

type ClientError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer }

/** An HTTP server for an app, with no port yet. */
export function createHttpServer({ serve, refuseBytes }: NodeApp, onNotice: OnNotice = () => {}): Server {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false }, serve)
  server.on('clientError', (error: ClientError, socket: Socket) => {
    // Many a client says "wrong version number" to an answer in plain HTTP, Go says what it is; none would show more.
    if (error.rawPacket?.[0] === TLS_HANDSHAKE) onNotice(speaksTls)
    const rejection = rejectionOf(error, error.rawPacket)
    if (rejection === undefined) socket.destroy()
    else refuseBytes(socket, rejection, error.rawPacket)
  })
  server.on('connect', ({ url, rawHeaders }, socket: Socket) => {
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []))
    refuseBytes(socket, noTunnel(), Buffer.from([`CONNECT ${url} HTTP/1.1`, ...lines].join('\r\n')))
  })
  server.on('checkExpectation', (incoming, outgoing) => serve(incoming, outgoing, unknownExpectation(incoming.headers)))
  return server
}

/** The refusal of CONNECT: the mock is no proxy for other hosts. */
export const noTunnel = () =>
  rejected('methodNotAllowed', 'method-not-allowed', 'CONNECT asks for a tunnel, which is no method of the API.')

/** The refusal of an Expect header with anything but 100-continue, RFC 9110 section 10.1.1. */
export const unknownExpectation = ({ expect }: IncomingHttpHeaders) =>
  rejected('expectationFailed', 'header.Expect', `Expect: ${expect} is not known; only 100-continue is. Leave it out.`)

const speaksTls =
  'A client spoke TLS to this port, which speaks plain HTTP. Call it by http://, or start the mock with --tls.'
