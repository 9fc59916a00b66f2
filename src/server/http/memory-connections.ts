import type { Server } from 'node:http'
import { type Duplex, duplexPair } from 'node:stream'
import type { App } from './node-app.ts'

/** Connections to an app that never leave the process: HTTP/1.1 as over a socket, without a port. */
interface MemoryConnections {
  /** Opens one; the result is the client's end. */
  open(): Duplex
  /** Ends all of them. */
  close(): void
}

export function createMemoryConnections(app: App): MemoryConnections {
  let server: Promise<Server> | undefined
  const load = async () => {
    const { createHttpServer, createNodeApp } = await import('./http-server.ts')
    return createHttpServer(createNodeApp(app, { hostname: 'localhost', ownsProcess: false }))
  }
  const open = new Set<Duplex>()
  return {
    open() {
      const [near, far] = duplexPair()
      open.add(far)
      // The ends of a pair do not tell each other when one is destroyed, as a socket would by closing.
      near.once('close', () => far.destroy())
      far.once('close', () => {
        open.delete(far)
        near.destroy(near.readableEnded ? undefined : connectionReset())
      })
      near.on('error', () => undefined)
      far.on('error', () => undefined)
      // What the client writes meanwhile waits in the pair.
      server ??= load()
      void server.then((made) => {
        if (!far.destroyed) made.emit('connection', far)
      })
      return near
    },
    close() {
      for (const stream of open) stream.destroy()
    },
  }
}

const connectionReset = () => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' })
