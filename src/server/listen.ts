import type { Server as HttpServer } from 'node:http'
import type { AddressInfo, Server, Socket } from 'node:net'
import { bareHost, callableHost, urlHost } from '../shared/address.ts'
import type { App } from './http/node-app.ts'
import type { Listening, ListenOptions, OnNotice, TlsChoice } from './listening.ts'
import type { Authority, KeyPair } from './tls/authority.ts'

/** How often a server that closes looks for connections that are done, in real milliseconds. */
const IDLE_LOOK_MS = 10

/**
 * Opens a port for an app. `ownsProcess` says that this process does nothing but serve; `graceMs` is what calls in flight get
 * when it is closed.
 *
 * @throws TlsError when certificate or key cannot be used; TypeError when `tls` is none of its choices, or a name fits into no
 * certificate.
 */
export async function listen(
  app: App,
  { port = 4010, host: given = '127.0.0.1', tls = false, onNotice = () => {} }: ListenOptions,
  authority: () => Promise<Authority>,
  { ownsProcess = false, graceMs = 0 }: { readonly ownsProcess?: boolean; readonly graceMs?: number } = {},
): Promise<Listening> {
  const host = bareHost(given)
  const noticed = new Set<string>()
  const tell: OnNotice = (notice) => {
    if (noticed.has(notice)) return
    noticed.add(notice)
    onNotice(notice)
  }
  const secured = tls === false ? undefined : await certificateFor(tls, host, authority)
  // Whoever answers in process needs no server.
  const { createHttpServer, createNodeApp, openConnections } = await import('./http/http-server.ts')
  const nodeApp = createNodeApp(app, { hostname: host, ownsProcess })
  const server: Server =
    secured === undefined
      ? createHttpServer(nodeApp, tell)
      : (await import('./http/secure-server.ts')).createSecureHttpServer(nodeApp, secured.keyPair, tell)
  const sockets = new Set<Socket>()
  server.prependListener('connection', (socket: Socket) => {
    sockets.add(socket)
    openConnections.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port: chosen } = server.address() as AddressInfo
  return {
    url: `${secured === undefined ? 'http' : 'https'}://${urlHost(callableHost(host))}:${chosen}`,
    host,
    port: chosen,
    ca: secured?.ca,
    close: () =>
      new Promise((resolve) => {
        const destroyAll = () => {
          for (const socket of sockets) socket.destroy()
        }
        if (graceMs === 0 || !('closeIdleConnections' in server)) {
          server.close(() => resolve())
          return destroyAll()
        }
        // A connection is closed when its answer is sent: kept alive, it would bring further calls.
        const idle = setInterval(() => (server as HttpServer).closeIdleConnections(), IDLE_LOOK_MS)
        const grace = setTimeout(destroyAll, graceMs)
        server.close(() => {
          clearInterval(idle)
          clearTimeout(grace)
          resolve()
        })
      }),
  }
}

async function certificateFor(
  tls: true | TlsChoice,
  host: string,
  authority: () => Promise<Authority>,
): Promise<{ keyPair: KeyPair; ca: string | undefined }> {
  const isOwn = typeof tls === 'object' && tls !== null && 'cert' in tls
  if (!isOwn && tls !== true && !Array.isArray((tls as { names?: unknown } | null)?.names)) {
    throw new TypeError("tls: expected true, { names: ['mock.test'] } or { cert, key } in PEM.")
  }
  if (isOwn) {
    const { ownKeyPair } = await import('./tls/own-key-pair.ts')
    return { keyPair: ownKeyPair(tls), ca: undefined }
  }
  const { namesOf } = await import('./tls/names.ts')
  const { issue, pem } = await authority()
  return { keyPair: issue(namesOf(host, tls === true ? [] : tls.names)), ca: pem }
}
