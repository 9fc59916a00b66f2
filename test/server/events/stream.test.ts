import { afterEach, describe, expect, it, vi } from 'vitest'
import { EventHub } from '../../../src/server/events/hub.ts'
import { createEventStream } from '../../../src/server/events/stream.ts'
import { bounds } from '../../../src/shared/bounds.ts'

const event = (n: number) => ({ type: 'request', sandbox: 'default', data: { n } }) as const
const decoder = new TextDecoder()

afterEach(() => {
  vi.useRealTimers()
})

describe('an event stream', () => {
  it.each([
    ['short', ''],
    ['long', 'x'.repeat(16_000)],
  ])(
    'keeps a bounded number of bytes for a slow reader, and says how many events it dropped: %s ones',
    async (_, text) => {
      const hub = new EventHub()
      const reader = createEventStream(hub).getReader()
      for (let n = 0; n < 10_000; n += 1) hub.publish({ ...event(n), data: { n, text } })
      hub.publish(event(10_000))
      let [bytes, kept] = [0, 0]
      for (;;) {
        const { value } = await reader.read()
        const chunk = decoder.decode(value)
        bytes += value?.length ?? 0
        if (chunk.startsWith('event: request')) kept += 1
        // What was kept has been read: the next event finds room.
        if (bytes > bounds.eventReaderBytes.value / 10 && kept >= 5) hub.publish(event(10_001))
        const dropped = /^event: dropped\ndata: \{"count":(\d+)\}\n\n$/.exec(chunk)?.[1]
        if (dropped === undefined) continue
        expect(Number(dropped)).toBeGreaterThan(9000)
        break
      }
      expect(bytes).toBeLessThan(bounds.eventReaderBytes.value + 20_000)
      expect(kept).toBeGreaterThanOrEqual(5)
      await reader.cancel()
      expect(hub.size).toBe(0)
    },
  )

  it('sends a heartbeat, and none after the reader has gone', async () => {
    vi.useFakeTimers()
    const hub = new EventHub()
    const reader = createEventStream(hub, { heartbeatMs: 1000 }).getReader()
    await reader.read()
    vi.advanceTimersByTime(1000)
    expect(decoder.decode((await reader.read()).value)).toBe(': still here\n\n')
    await reader.cancel()
    expect(vi.getTimerCount()).toBe(0)
  })
})
