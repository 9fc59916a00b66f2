import { createServer, type Server } from 'node:http'
import type { Socket } from 'node:net'
import type { OnNotice } from '../listening.ts'
import type { App } from './app.ts'
import { createListener } from './listener.ts'
import { refuseBytes, refuseWith } from './refuse-bytes.ts'
import { KEEP_ALIVE_MS, TLS_HANDSHAKE } from './wire.ts'

/**
 * An HTTP server for an app, with no port yet. `hostname` and `isAlone` are those of its listener.
 */
export function createHttpServer(app: App, hostname: string, isAlone: boolean, onNotice: OnNotice = () => {}): Server {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false }
  const server = createServer(options, createListener(app, hostname, isAlone))
  server.on('clientError', (error: NodeJS.ErrnoException & { rawPacket?: Buffer }, socket: Socket) => {
    // Many a client says "wrong version number" to an answer in plain HTTP, Go says what it is; none would show more.
    if (error.rawPacket?.[0] === TLS_HANDSHAKE) onNotice(speaksTls)
    refuseBytes(error, socket)
  })
  server.on('connect', (_request, socket: Socket) => refuseWith('methodNotAllowed', socket))
  return server
}

const speaksTls =
  'A client spoke TLS to this port, which speaks plain HTTP. Call it by http://, or start the mock with --tls.'
