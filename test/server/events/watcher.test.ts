import { describe, expect, it, vi } from 'vitest'
import { defaultScenario } from '../../../src/scenarios/built-in.ts'
import type { MockEvent } from '../../../src/server/events/hub.ts'
import { Watcher } from '../../../src/server/events/watcher.ts'
import { startSession } from '../../support/clients.ts'
import { inProcess, NOW } from '../../support/targets.ts'

const SANDBOXES = 50

/** Fifty sandboxes that are watched, and what was told since one asked last. */
function watch() {
  const target = inProcess({ speed: 1 })
  const { world } = target.mock
  const others = Array.from({ length: SANDBOXES }, () => world.create({ scenario: defaultScenario, now: NOW }))
  const events: MockEvent[] = []
  const watcher = new Watcher(
    world,
    () => 0,
    (event) => events.push(event),
  )
  watcher.start()
  const look = () => {
    events.length = 0
    watcher.look()
    return events.map(({ type, sandbox }) => `${type} ${sandbox}`)
  }
  return { target, world, others, look }
}

describe('whoever watches sandboxes', () => {
  it('reads none of those to which nothing was done', () => {
    const { others, look } = watch()
    const reads = others.map((sandbox) => vi.spyOn(sandbox, 'read'))
    expect(look()).toEqual([])
    for (const read of reads) expect(read).not.toHaveBeenCalled()
    others[7]?.execute('set-clock', { now: NOW + 5000, frozen: true, rate: 1 })
    expect(look()).toEqual([`clock ${others[7]?.id}`])
    expect(reads.flatMap((read, at) => (read.mock.calls.length > 0 ? [at] : []))).toEqual([7])
  })

  it('tells of sandboxes that went, also when as many came', () => {
    const { world, others, look } = watch()
    const [gone, reset] = others.map(({ id }) => id) as [string, string]
    world.delete(gone)
    world.reset(reset)
    const { id: fresh } = world.create({ scenario: defaultScenario, now: NOW })
    const told = look()
    expect(new Set(told)).toEqual(new Set([`sandbox ${gone}`, `sandbox ${reset}`, `sandbox ${fresh}`]))
    expect(look()).toEqual([])
  })

  it('tells of a task as long as time moves it, and no longer', async () => {
    const { target, look } = watch()
    const session = startSession(target)
    await session.create('17770000001', '17770000002')
    expect(look()).toContain('task default')
    expect(look()).toEqual([])
    session.wait(1000)
    expect(look()).toContain('task default')
    session.wait(60_000)
    expect(look()).toContain('task default')
    session.wait(60_000)
    expect(look()).not.toContain('task default')
  })
})
