import type { Socket } from 'node:net'
import { bounds } from '../../shared/bounds.ts'

/** More than a client says before it has heard the server: one record of TLS at most. */
const HELLO_MAX_BYTES = 17 * 1024

interface Waiting {
  readonly socket: Socket
  readonly begin: () => void
}

/**
 * Turns for TLS handshakes. Each costs processor time and memory outside of the heap before it is known whether the client is
 * still there, so only some are under way at once. The others wait: those whose client leaves meanwhile cost nothing, and one
 * that has its turn and does not come to an end soon gives it up.
 */
export class HandshakeTurns {
  readonly #most: number
  readonly #turnMs: number
  /** Those under way, the oldest first, with whether they had their time. */
  readonly #underWay = new Map<Socket, { isLate: boolean }>()
  /** The newest is served first: its client is there most probably. */
  readonly #waiting: Waiting[] = []

  constructor(most: number, turnMs: number) {
    this.#most = most
    this.#turnMs = turnMs
  }

  /** Calls `accept` when it is the turn of a connection. Its first bytes, which were read, are put back before. */
  take(socket: Socket, first: Buffer, accept: () => void): void {
    const held = [first]
    let size = first.length
    const read = () => {
      for (let chunk: Buffer | null = socket.read(); chunk !== null; chunk = socket.read()) {
        held.push(chunk)
        size += chunk.length
      }
      if (size > HELLO_MAX_BYTES) socket.destroy()
    }
    const leave = () => void socket.destroy()
    const waiting: Waiting = {
      socket,
      begin: () => {
        socket.off('readable', read).off('end', leave)
        this.#begin(socket)
        socket.unshift(Buffer.concat(held))
        accept()
      },
    }
    socket.once('close', () => {
      const at = this.#waiting.indexOf(waiting)
      if (at >= 0) this.#waiting.splice(at, 1)
      this.end(socket)
    })
    this.#waiting.push(waiting)
    socket.on('readable', read).on('end', leave)
    this.#next()
  }

  /** The handshake of a connection is over. */
  end(socket: Socket): void {
    if (this.#underWay.delete(socket)) this.#next()
  }

  #begin(socket: Socket): void {
    const turn = { isLate: false }
    this.#underWay.set(socket, turn)
    const timer = setTimeout(() => {
      turn.isLate = true
      this.#next()
    }, this.#turnMs)
    timer.unref()
    socket.once('close', () => clearTimeout(timer))
  }

  #next(): void {
    while (this.#waiting.length > 0 && (this.#underWay.size < this.#most || this.#giveUpLate())) {
      const next = this.#waiting.pop()
      if (next?.socket.destroyed === false) next.begin()
    }
  }

  #giveUpLate(): boolean {
    for (const [socket, { isLate }] of this.#underWay) {
      if (!isLate) continue
      this.#underWay.delete(socket)
      socket.destroy()
      return true
    }
    return false
  }
}

/** The handshakes of all ports of this process. */
export const handshakeTurns = new HandshakeTurns(bounds.handshakes.value, bounds.handshakeTurnMs.value)
