import type { ServerHttp2Session } from 'node:http2'
import type { Socket } from 'node:net'
import { bounds } from '../../shared/bounds.ts'
import { openConnections } from './connections.ts'

/**
 * Ends sessions of HTTP/2 that nobody can use any more. When a client breaks the protocol, such as by a frame of the wrong
 * size, Node's library says so to the client and hears nothing further, but tells the server nothing: the socket would stay
 * open for as long as the client likes. So a session without a call is asked by a PING, which every client answers by itself
 * (RFC 9113, section 6.7); without an answer it ends.
 */
export function watchSession(session: ServerHttp2Session, socket: Socket): void {
  let streams = 0
  let isAsked = false
  // Destroying a session ends its socket, but waits for the client to end it too.
  session.once('close', () => socket.destroy())
  session.on('error', () => session.destroy())
  openConnections.wrap(socket, () => streams > 0)
  session.on('stream', (stream) => {
    streams += 1
    openConnections.use(socket)
    stream.once('close', () => (streams -= 1))
  })
  const timer = setInterval(() => {
    // It waits for its client to end the socket; a PING on it would throw.
    if (session.destroyed) return void socket.destroy()
    if (streams > 0) return
    if (isAsked) return session.destroy()
    isAsked = true
    session.ping(() => {
      isAsked = false
    })
  }, bounds.pingMs.value)
  timer.unref()
  session.once('close', () => clearInterval(timer))
  session.setTimeout(bounds.keepAliveMs.value, () => {
    if (streams === 0) session.destroy()
  })
}
