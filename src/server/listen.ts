import type { Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { type ErrorName, errorEntry } from '../spec/errors.ts'
import type { Env } from './create-app.ts'

export interface ListenOptions {
  /** 0 picks a free port. */
  readonly port?: number | undefined
  /** Address to listen on; 127.0.0.1 when absent. */
  readonly host?: string | undefined
}

/** An open port. */
export interface Listening {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Stops listening and ends every connection, idle ones included. */
  close(): Promise<void>
}

const KEEP_ALIVE_MS = 65_000

/** Opens a port for an app. */
export async function listen(app: Hono<Env>, { port = 4010, host = '127.0.0.1' }: ListenOptions): Promise<Listening> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: host,
    serverOptions: { keepAliveTimeout: KEEP_ALIVE_MS, requireHostHeader: false },
  }) as Server
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => refuseBytes(error, socket))
  server.on('connect', (_request, socket: Socket) => refuseWith('methodNotAllowed', socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port: chosen } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${chosen}`,
    host,
    port: chosen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
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
