import { createServer, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { OnNotice } from '../listening.ts'
import { KEEP_ALIVE_MS, type NodeApp, TLS_HANDSHAKE } from './node-app.ts'
import { type ClientError, unknownExpectation } from './rejections.ts'

export { openConnections } from './connections.ts'
export { createNodeApp } from './node-app.ts'

/** An HTTP server for an app, with no port yet. */
export function createHttpServer(app: NodeApp, onNotice: OnNotice = () => {}): Server {
  const { serve, refuseBroken, refuseTunnel } = app
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false }, serve)
  server.on('clientError', (error: ClientError, socket: Duplex) => {
    // Many a client says "wrong version number" to an answer in plain HTTP, Go says what it is; none would show more.
    if (error.rawPacket?.[0] === TLS_HANDSHAKE) onNotice(speaksTls)
    refuseBroken(error, socket)
  })
  server.on('connect', refuseTunnel)
  server.on('checkExpectation', (incoming, outgoing) => serve(incoming, outgoing, unknownExpectation(incoming.headers)))
  return server
}

const speaksTls =
  'A client spoke TLS to this port, which speaks plain HTTP. Call it by http://, or start the mock with --tls.'
