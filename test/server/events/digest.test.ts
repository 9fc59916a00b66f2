import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { EventHub, type MockEvent } from '../../../src/server/events/hub.ts'
import { createDigestStream } from '../../../src/server/events/stream.ts'
import { bounds } from '../../../src/shared/bounds.ts'

const EVERY = 500
const decoder = new TextDecoder()

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const event = (type: MockEvent['type'], sandbox = 'default'): MockEvent => ({
  type,
  sandbox,
  get data(): object {
    throw new Error('nobody asked for more than the number')
  },
})

async function open() {
  const hub = new EventHub()
  const reader = createDigestStream(hub, { everyMs: EVERY, heartbeatMs: 60 * EVERY }).getReader()
  const next = async () => decoder.decode((await reader.read()).value)
  await next()
  return { hub, reader, next }
}

const told = (type: string, count: number, sandbox = 'default') =>
  `event: ${type}\ndata: ${JSON.stringify({ sandbox, count })}\n\n`

describe('a digest of events', () => {
  it('tells the first at once, and those that follow together, by kind and sandbox', async () => {
    const { hub, reader, next } = await open()
    hub.publish(event('request'))
    expect(await next()).toBe(told('request', 1))
    for (let at = 0; at < 100; at += 1) hub.publish(event('request'))
    hub.publish(event('task'))
    hub.publish(event('request', 'other'))
    vi.advanceTimersByTime(EVERY)
    expect(await next()).toBe(told('request', 100) + told('task', 1) + told('request', 1, 'other'))
    vi.advanceTimersByTime(EVERY)
    hub.publish(event('clock'))
    expect(await next()).toBe(told('clock', 1))
    await reader.cancel()
  })

  it('has no timer but its heartbeat when nothing comes, and none after the reader has gone', async () => {
    const { hub, reader } = await open()
    hub.publish(event('request'))
    expect(vi.getTimerCount()).toBe(2)
    vi.advanceTimersByTime(2 * EVERY)
    expect(vi.getTimerCount()).toBe(1)
    hub.publish(event('request'))
    await reader.cancel()
    expect(vi.getTimerCount()).toBe(0)
    expect(hub.size).toBe(0)
  })

  it('counts on for a reader that does not read, in bounded space, and tells the whole number later', async () => {
    const { hub, reader, next } = await open()
    const id = (at: number) => `sandbox-${at}`.padEnd(60, 'x')
    let waiting = 0
    // As much as may wait for a reader, half a second at a time, and as much again.
    for (let round = 0; round < 30; round += 1) {
      for (let at = 0; at < 1000; at += 1) hub.publish(event('sandbox', id(at)))
      waiting += 1000
      vi.advanceTimersByTime(EVERY)
    }
    const all = waiting * told('sandbox', 1, id(1)).length
    let [bytes, counted] = [0, 0]
    while (counted < waiting) {
      const text = await next()
      bytes += text.length
      for (const [, count] of text.matchAll(/"count":(\d+)/g)) counted += Number(count)
      vi.advanceTimersByTime(EVERY)
    }
    expect(counted).toBe(waiting)
    expect(bytes).toBeLessThan(4 * bounds.eventReaderBytes.value)
    expect(bytes).toBeLessThan(all / 5)
    await reader.cancel()
  })

  it('tells how many it had no room for when there are too many kinds of them', async () => {
    const { hub, reader, next } = await open()
    hub.publish(event('clock'))
    await next()
    for (let at = 0; at < 1005; at += 1) hub.publish(event('sandbox', `sandbox-${at}`))
    vi.advanceTimersByTime(EVERY)
    expect((await next()).endsWith('event: dropped\ndata: {"count":5}\n\n')).toBe(true)
    await reader.cancel()
  })
})
