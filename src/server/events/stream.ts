import { bounds } from '../../shared/bounds.ts'
import type { EventHub, MockEvent } from './hub.ts'

/** What a waiting event costs besides its text. */
const CHUNK_BYTES = 256
const HEARTBEAT_MS = 15_000
/** What a browser waits before it connects again. */
const RETRY_MS = 2000

export interface StreamOptions {
  /** Only events of this sandbox. */
  readonly sandbox?: string | undefined
  readonly heartbeatMs?: number | undefined
}

/** The way to whoever reads a stream. */
interface Outlet {
  readonly send: (text: string) => void
  /** Whether as much waits for the reader as may. */
  readonly isFull: () => boolean
}

/** What becomes of the events of a hub on their way to a reader. */
interface Telling {
  readonly onEvent: (event: MockEvent) => void
  /** The reader or the hub has gone away. */
  readonly stop?: () => void
}

/** Events of a hub as server-sent events, until the reader or the hub goes away. */
export const createEventStream = (hub: EventHub, options: StreamOptions = {}): ReadableStream<Uint8Array> =>
  streamEvents(hub, options, ({ send, isFull }) => {
    let dropped = 0
    return {
      onEvent(event) {
        if (options.sandbox !== undefined && event.sandbox !== options.sandbox) return
        if (isFull()) {
          dropped += 1
          return
        }
        if (dropped > 0) send(`event: dropped\ndata: {"count":${dropped}}\n\n`)
        dropped = 0
        send(toText(event))
      },
    }
  })

/** A stream of server-sent events; `telling` says what of the events of a hub is sent. */
export function streamEvents(
  hub: EventHub,
  { sandbox, heartbeatMs = HEARTBEAT_MS }: StreamOptions,
  telling: (outlet: Outlet) => Telling,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = (): void => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => controller.enqueue(encoder.encode(text))
        const isFull = (): boolean => (controller.desiredSize ?? 0) <= 0
        const { onEvent, stop: end } = telling({ send, isFull })
        const unsubscribe = hub.subscribe({
          onEvent,
          onClose() {
            stop()
            controller.close()
          },
        })
        const heartbeat = setInterval(() => {
          if (!isFull()) send(': still here\n\n')
        }, heartbeatMs)
        heartbeat.unref()
        stop = () => {
          clearInterval(heartbeat)
          end?.()
          unsubscribe()
        }
        send(`retry: ${RETRY_MS}\n: events of ${sandbox ?? 'every sandbox'}\n\n`)
      },
      cancel: () => stop(),
    },
    { highWaterMark: bounds.eventReaderBytes.value, size: (chunk) => (chunk?.byteLength ?? 0) + CHUNK_BYTES },
  )
}

const toText = ({ type, sandbox, data }: MockEvent): string =>
  `event: ${type}\ndata: ${JSON.stringify({ sandbox, ...data })}\n\n`
