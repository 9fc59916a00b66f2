import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/** The calls of one connection of HTTP/1.1, one at a time: their answers go out in this order anyway, RFC 9112 section 9.3.2. */
class Pipeline {
  readonly #socket: Socket
  readonly #waiting: { readonly outgoing: ServerResponse; readonly start: () => void }[] = []
  #isBusy = false

  constructor(socket: Socket) {
    this.#socket = socket
    // Node reads on whenever a body of the connection is wanted.
    socket.on('resume', () => {
      if (this.#waiting.length > 0) socket.pause()
    })
    socket.once('close', () => {
      this.#waiting.length = 0
    })
  }

  add(outgoing: ServerResponse, start: () => void): void {
    if (this.#isBusy) {
      this.#waiting.push({ outgoing, start })
      this.#socket.pause()
    } else {
      this.#begin(outgoing, start)
    }
  }

  #begin(outgoing: ServerResponse, start: () => void): void {
    this.#isBusy = true
    outgoing.once('close', () => this.#goOn())
    start()
  }

  #goOn(): void {
    if (this.#waiting.length === 0) {
      this.#isBusy = false
      return
    }
    // Other connections are served first.
    setImmediate(() => {
      const next = this.#waiting.shift()
      if (next === undefined) {
        this.#isBusy = false
        return
      }
      // The body of the last one may not have come yet.
      if (this.#waiting.length === 0) this.#socket.resume()
      this.#begin(next.outgoing, next.start)
    })
  }
}

const pipelines = new WeakMap<Socket, Pipeline>()

/**
 * Starts a call when those before it on its connection are answered. A client may send thousands in one go; what it sends meanwhile
 * is not read, and others are served between any two.
 */
export function startInOrder(socket: Socket, outgoing: ServerResponse, start: () => void): void {
  const known = pipelines.get(socket)
  const pipeline = known ?? new Pipeline(socket)
  if (known === undefined) pipelines.set(socket, pipeline)
  pipeline.add(outgoing, start)
}
