import type { Socket } from 'node:net'
import { bounds } from '../../shared/bounds.ts'

interface Connection {
  readonly socket: Socket
  /** Whether a call is under way on it. */
  isBusy: () => boolean
}

/** Where the other end is: what a connection and the TLS that is spoken on it have in common. */
type Ends = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localPort'>
const endsOf = ({ remoteAddress, remotePort, localPort }: Ends): string => `${remoteAddress} ${remotePort} ${localPort}`

/**
 * The connections that are open at once. When there are as many as there may be, a new one takes the place of the one that has
 * been without a call for longest: whoever opens many and says nothing keeps nobody out. Where all have a call under way, the
 * new one is closed.
 */
export class Connections {
  readonly #most: number
  /** Those without a call for longest come first. */
  readonly #open = new Set<Connection>()
  readonly #byEnds = new Map<string, Connection>()
  readonly #bySocket = new WeakMap<object, Connection>()

  constructor(most: number) {
    this.#most = most
  }

  /** How many are open. */
  get size(): number {
    return this.#open.size
  }

  /** Counts a connection until it is closed, which may be at once. */
  add(socket: Socket): void {
    if (this.#open.size >= this.#most && !this.#makeRoom()) return void socket.destroy()
    const connection: Connection = { socket, isBusy: () => hasCall(socket) }
    const ends = endsOf(socket)
    this.#open.add(connection)
    this.#byEnds.set(ends, connection)
    this.#bySocket.set(socket, connection)
    socket.once('close', () => {
      this.#open.delete(connection)
      if (this.#byEnds.get(ends) === connection) this.#byEnds.delete(ends)
    })
  }

  /**
   * Says that the calls of a connection come by another socket, that of TLS; `isBusy` tells whether one is under way.
   *
   * @returns the socket of the connection, undefined when it is closed.
   */
  wrap(secured: Socket, isBusy = () => hasCall(secured)): Socket | undefined {
    const connection = this.#byEnds.get(endsOf(secured))
    if (connection === undefined) return undefined
    connection.isBusy = isBusy
    this.#bySocket.set(secured, connection)
    return connection.socket
  }

  /** A call has come on a connection. */
  use(socket: object): void {
    const connection = this.#bySocket.get(socket)
    if (connection !== undefined && this.#open.delete(connection)) this.#open.add(connection)
  }

  #makeRoom(): boolean {
    for (const connection of this.#open) {
      if (connection.isBusy()) continue
      this.#open.delete(connection)
      connection.socket.destroy()
      return true
    }
    return false
  }
}

/** Whether an answer of HTTP/1.1 is being made: Node keeps it at the socket from the last header of its request on. */
const hasCall = (socket: Socket): boolean => Boolean((socket as { _httpMessage?: unknown })._httpMessage)

/** The connections of all ports of this process: memory is of the process, so its bound is too. */
export const openConnections = new Connections(bounds.connections.value)
