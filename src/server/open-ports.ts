import type { Listening } from './listening.ts'

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
