import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Hono } from 'hono'
import type { Env } from './create-app.ts'
import { createHttpServer } from './http/http-server.ts'

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

/** Opens a port for an app. */
export async function listen(app: Hono<Env>, { port = 4010, host = '127.0.0.1' }: ListenOptions): Promise<Listening> {
  const server: Server = createHttpServer(app, host, true)
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
