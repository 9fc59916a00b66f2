import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { type ErrorName, errorEntry } from '../../spec/errors.ts'
import type { Env } from '../create-app.ts'

const KEEP_ALIVE_MS = 65_000

/**
 * An HTTP server for an app, with no port yet. `hostname` stands in for a Host header that is absent. With `isAlone` the
 * adapter's light Request and Response take the place of the global ones; whoever replaces `fetch` needs the latter.
 */
export function createHttpServer(app: Hono<Env>, hostname: string, isAlone: boolean): Server {
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname,
    overrideGlobalObjects: isAlone,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false },
  }) as Server
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuseBytes(error, socket))
  server.on('connect', (_request, socket: Socket) => refuseWith('methodNotAllowed', socket))
  return server
}

/** Bytes that are no HTTP request get an answer in the vendor's shape too. */
function refuseBytes({ code }: NodeJS.ErrnoException, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) socket.destroy()
  else if (code === 'HPE_HEADER_OVERFLOW') refuseWith('headersTooLarge', socket)
  else if (code === 'ERR_HTTP_REQUEST_TIMEOUT') refuseWith('requestTimeout', socket)
  else refuseWith('malformedRequest', socket)
}

function refuseWith(name: ErrorName, socket: Socket): void {
  const { code, status, message } = errorEntry(name)
  const body = JSON.stringify({ code, msg: message['en-US'] })
  socket.end(
    [
      `HTTP/1.1 ${status} ${message['en-US']}`,
      'Content-Type: application/json;charset=UTF-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
