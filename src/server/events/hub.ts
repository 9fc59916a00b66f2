/** What happens in a mock, as a console wants to know it. */
export interface MockEvent {
  readonly type: 'request' | 'task' | 'clock' | 'sandbox'
  /** Id of the sandbox it belongs to. */
  readonly sandbox: string
  /** What it tells besides. May be made when it is read, which a listener that only counts does not do. */
  readonly data: object
}

export interface Subscriber {
  readonly onEvent: (event: MockEvent) => void
  /** The server closes: nothing more comes. */
  readonly onClose: () => void
}

/** Passes events on to whoever listens now; keeps none. */
export class EventHub {
  readonly #subscribers = new Set<Subscriber>()
  readonly #onFirst: () => void
  readonly #onLast: () => void

  /** `onFirst` is called when the first listener comes, `onLast` when the last one has gone. */
  constructor({
    onFirst = () => undefined,
    onLast = () => undefined,
  }: { onFirst?: () => void; onLast?: () => void } = {}) {
    this.#onFirst = onFirst
    this.#onLast = onLast
  }

  /** Whether anybody listens: making events for nobody is wasted. */
  get isHeard(): boolean {
    return this.#subscribers.size > 0
  }

  get size(): number {
    return this.#subscribers.size
  }

  /** Listens until the returned function is called. */
  subscribe(subscriber: Subscriber): () => void {
    this.#subscribers.add(subscriber)
    if (this.#subscribers.size === 1) this.#onFirst()
    return () => {
      if (this.#subscribers.delete(subscriber) && !this.isHeard) this.#onLast()
    }
  }

  publish(event: MockEvent): void {
    for (const { onEvent } of this.#subscribers) onEvent(event)
  }

  /** Tells every listener that the server closes. */
  close(): void {
    const gone = [...this.#subscribers]
    this.#subscribers.clear()
    if (gone.length > 0) this.#onLast()
    for (const { onClose } of gone) onClose()
  }
}
