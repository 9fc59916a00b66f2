/** How a port speaks TLS. */
export type TlsChoice =
  /** With a certificate of the mock's own authority, which clients must be told to trust: `Listening.ca`. */
  | true
  /** The same, good for further host names or addresses. */
  | { readonly names: readonly string[] }
  /** With a certificate (and its chain) and a key of your own, as PEM. */
  | { readonly cert: string | Uint8Array; readonly key: string | Uint8Array }

export interface ListenOptions {
  /** 0 picks a free port. */
  readonly port?: number | undefined
  /** Address or name to listen on, IPv6 with or without brackets; 127.0.0.1 when absent. */
  readonly host?: string | undefined
  /** HTTP/2 and HTTP/1.1 over TLS instead of plain HTTP. */
  readonly tls?: boolean | TlsChoice | undefined
  /** Called with a line for people when a client fails before its request: at a handshake, or by the wrong protocol. */
  readonly onNotice?: OnNotice | undefined
}

/** An open port. */
export interface Listening {
  /** Where to call it from this machine, without a slash at the end. */
  readonly url: string
  readonly host: string
  readonly port: number
  /** Certificate to trust, as PEM, when the mock made its own; undefined without TLS or with a certificate of yours. */
  readonly ca: string | undefined
  /**
   * Token that the control plane asks for, over every port, since one of them can be reached from other machines and no
   * token was given; undefined when none was made.
   */
  readonly controlToken?: string | undefined
  /** Stops listening and ends every connection, idle ones included. */
  close(): Promise<void>
}

/** Called with what a client did wrong before it got as far as a request: a line for people. */
export type OnNotice = (notice: string) => void

/** The ports that were opened for an app, to be closed together. */
export class OpenPorts {
  readonly #open = new Set<Listening>()

  /** Keeps a port as soon as it is open. */
  async add(opening: Promise<Listening>): Promise<Listening> {
    const port = await opening
    this.#open.add(port)
    return port
  }

  async close(): Promise<void> {
    await Promise.all([...this.#open].map((port) => port.close()))
    this.#open.clear()
  }
}
