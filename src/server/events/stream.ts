import { bounds } from '../../shared/bounds.ts'
import type { EventHub, MockEvent } from './hub.ts'

/** What a waiting event costs besides its text. */
const CHUNK_BYTES = 256
const HEARTBEAT_MS = 15_000
/** What a browser waits before it connects again. */
const RETRY_MS = 2000
/** What a digest waits for more events: a page does not fetch sooner again what it shows. */
const DIGEST_MS = 500
/** Kinds of events in that time that are told apart: about as many bytes as may wait for a reader. */
const MOST_KINDS = 1000

interface StreamOptions {
  /** Only events of this sandbox. */
  readonly sandbox?: string | undefined
  readonly heartbeatMs?: number | undefined
}

/** Whoever reads a stream. */
interface Reader {
  readonly send: (text: string) => void
  /** Whether as much waits for the reader as may. */
  readonly isFull: () => boolean
}

/** What becomes of the events of a hub on their way to a reader. */
interface Writer {
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
        if (dropped > 0) send(toText('dropped', { count: dropped }))
        dropped = 0
        send(toText(event.type, { sandbox: event.sandbox, ...event.data }))
      },
    }
  })

/** A stream of server-sent events; the writer that `open` gives says what of the events of a hub is sent. */
function streamEvents(
  hub: EventHub,
  { sandbox, heartbeatMs = HEARTBEAT_MS }: StreamOptions,
  open: (reader: Reader) => Writer,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let stop = (): void => undefined
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const send = (text: string): void => controller.enqueue(encoder.encode(text))
        const isFull = (): boolean => (controller.desiredSize ?? 0) <= 0
        const { onEvent, stop: end } = open({ send, isFull })
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

const toText = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`

interface DigestOptions extends Pick<StreamOptions, 'heartbeatMs'> {
  /** Real milliseconds between two pieces. */
  readonly everyMs?: number
}

/**
 * Which events came and how many of each, sent at once and then at most every so often: a page that fetches anew what an
 * event concerns does not wake up for each of hundreds a second, nor does the mock write each of them out.
 */
export function createDigestStream(
  hub: EventHub,
  { everyMs = DIGEST_MS, heartbeatMs }: DigestOptions = {},
): ReadableStream<Uint8Array> {
  return streamEvents(hub, { heartbeatMs }, ({ send, isFull }) => {
    const waiting = new Map<string, Pick<MockEvent, 'type' | 'sandbox'> & { count: number }>()
    let dropped = 0
    let timer: NodeJS.Timeout | undefined
    const flush = (): void => {
      timer = undefined
      if (waiting.size === 0 && dropped === 0) return
      if (!isFull()) {
        const texts = [...waiting.values()].map(({ type, sandbox, count }) => toText(type, { sandbox, count }))
        if (dropped > 0) texts.push(toText('dropped', { count: dropped }))
        waiting.clear()
        dropped = 0
        send(texts.join(''))
      }
      timer = setTimeout(flush, everyMs)
      timer.unref()
    }
    return {
      onEvent({ type, sandbox }) {
        const key = `${type} ${sandbox}`
        const known = waiting.get(key)
        if (known !== undefined) known.count += 1
        else if (waiting.size < MOST_KINDS) waiting.set(key, { type, sandbox, count: 1 })
        else dropped += 1
        if (timer === undefined) flush()
      },
      stop: () => clearTimeout(timer),
    }
  })
}
