import type { EventHub, MockEvent } from './hub.ts'
import { type StreamOptions, streamEvents } from './stream.ts'

/** A page does not fetch sooner again what it shows. */
const EVERY_MS = 500
/** Kinds of events in that time that are told apart: about as many bytes as may wait for a reader. */
const MOST_KINDS = 1000

export interface DigestOptions extends Pick<StreamOptions, 'heartbeatMs'> {
  /** Real milliseconds between two pieces. */
  readonly everyMs?: number
}

/**
 * Which events came and how many of each, told at once and then at most every so often: a page that fetches anew what an
 * event concerns does not wake up for each of hundreds a second, nor does the mock write each of them out.
 */
export function createDigestStream(
  hub: EventHub,
  { everyMs = EVERY_MS, heartbeatMs }: DigestOptions = {},
): ReadableStream<Uint8Array> {
  return streamEvents(hub, { heartbeatMs }, ({ send, isFull }) => {
    const waiting = new Map<string, Pick<MockEvent, 'type' | 'sandbox'> & { count: number }>()
    let untold = 0
    let timer: NodeJS.Timeout | undefined
    const tell = (): void => {
      timer = undefined
      if (waiting.size === 0 && untold === 0) return
      if (!isFull()) {
        const told = [...waiting.values()].map(({ type, sandbox, count }) => textOf(type, { sandbox, count }))
        if (untold > 0) told.push(textOf('dropped', { count: untold }))
        waiting.clear()
        untold = 0
        send(told.join(''))
      }
      timer = setTimeout(tell, everyMs)
      timer.unref()
    }
    return {
      onEvent({ type, sandbox }) {
        const key = `${type} ${sandbox}`
        const known = waiting.get(key)
        if (known !== undefined) known.count += 1
        else if (waiting.size < MOST_KINDS) waiting.set(key, { type, sandbox, count: 1 })
        else untold += 1
        if (timer === undefined) tell()
      },
      stop: () => clearTimeout(timer),
    }
  })
}

const textOf = (type: string, data: object): string => `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
