import { isStream, type Outgoing } from './exchange.ts'

/** Code of RST_STREAM, RFC 9113 section 7. Node has it too, in a module that costs every start more than ten milliseconds. */
const INTERNAL_ERROR = 2

/**
 * Ends the connection when all is sent. One in memory knows no more than to end. HTTP/2 shares a connection among
 * calls that have nothing to do with each other, so only the stream ends.
 */
export function closeSoon(outgoing: Outgoing): void {
  if (isStream(outgoing)) return void outgoing.stream.end()
  const { socket } = outgoing
  if (typeof socket?.destroySoon === 'function') socket.destroySoon()
  else socket?.end()
}

/** TLS hides the socket that can send RST; closing it at once is as near as it gets. HTTP/2 resets the stream. */
export function reset(outgoing: Outgoing): void {
  if (isStream(outgoing)) {
    outgoing.stream.close(INTERNAL_ERROR)
    return
  }
  const { socket } = outgoing
  try {
    socket?.resetAndDestroy()
  } catch {
    socket?.destroy()
  }
}
