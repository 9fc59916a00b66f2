import { afterEach, describe, expect, it, vi } from 'vitest'
import { EventHub } from '../../../src/server/events/hub.ts'
import { createEventStream } from '../../../src/server/events/stream.ts'

const event = (n: number) => ({ type: 'request', sandbox: 'default', data: { n } }) as const
const decoder = new TextDecoder()

afterEach(() => {
  vi.useRealTimers()
})

describe('an event stream', () => {
  it('keeps a bounded number of events for a slow reader, and says how many it dropped', async () => {
    const hub = new EventHub()
    const reader = createEventStream(hub).getReader()
    for (let n = 0; n < 10_000; n += 1) hub.publish(event(n))
    let text = ''
    let chunks = 0
    while (!text.includes('"n":254}')) {
      text += decoder.decode((await reader.read()).value)
      chunks += 1
    }
    expect(chunks).toBeLessThanOrEqual(256)
    hub.publish(event(10_000))
    const { value } = await reader.read()
    expect(decoder.decode(value)).toMatch(/^event: dropped\ndata: \{"count":97\d\d\}\n\n$/)
    await reader.cancel()
    expect(hub.size).toBe(0)
  })

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
