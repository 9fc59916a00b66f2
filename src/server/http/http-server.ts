import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import type { Env } from '../create-app.ts'
import type { OnNotice } from '../listening.ts'
import { refuseBytes, refuseWith } from './refuse-bytes.ts'

export const KEEP_ALIVE_MS = 65_000

/** The first byte of a TLS handshake. */
export const TLS_HANDSHAKE = 0x16

/**
 * An HTTP server for an app, with no port yet. `hostname` stands in for a Host header that is absent. With `isAlone` the
 * adapter's light Request and Response take the place of the global ones; whoever replaces `fetch` needs the latter.
 */
export function createHttpServer(
  app: Hono<Env>,
  hostname: string,
  isAlone: boolean,
  onNotice: OnNotice = () => {},
): Server {
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname,
    overrideGlobalObjects: isAlone,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false },
  }) as Server
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
