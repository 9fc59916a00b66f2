import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import type { Sandbox } from '../../src/world/sandbox.ts'
import { told } from './told.ts'

const START = Date.UTC(2026, 0, 1)

type Step = { readonly wait: number; readonly phones: readonly number[] }

/** Carries out the steps, and lets somebody look after some of them. */
function run(scenario: string, steps: readonly Step[], isSeen: (step: number) => boolean): unknown {
  const mock = createMock({ now: START, users: 20, scenario })
  const sandbox = mock.world.get('default') as Sandbox
  let now = sandbox.clock.now()
  const look = () => {
    sandbox.replay({ type: 'set-clock', at: now, now, frozen: true, rate: 1 })
    sandbox.read()
  }
  steps.forEach(({ wait, phones }, step) => {
    now += wait
    const rows = phones.map((phone) => ({ phone: `1701234${phone}`, name: `N ${phone}` }))
    sandbox.replay({ type: 'create-task', at: now, userId: '', rows })
    if (isSeen(step)) look()
  })
  now += 3_600_000
  look()
  return told(sandbox.read())
}

const steps = fc.array(
  fc.record({
    wait: fc.nat(40),
    phones: fc.array(fc.integer({ min: 1000, max: 1060 }), { minLength: 1, maxLength: 20 }),
  }),
  { minLength: 1, maxLength: 50 },
)

describe('what is due happens as if it had happened at its time', () => {
  it.each(['happy-path', 'race', 'shifting-pages', 'quota-exhausted', 'partial-failure'])(
    'however often somebody looks (%s)',
    (scenario) => {
      fc.assert(
        fc.property(steps, fc.array(fc.boolean(), { minLength: 50, maxLength: 50 }), (plan, looks) => {
          const unseen = run(scenario, plan, () => false)
          expect(run(scenario, plan, () => true)).toEqual(unseen)
          expect(run(scenario, plan, (step) => looks[step] === true)).toEqual(unseen)
        }),
        { numRuns: 8 },
      )
    },
  )
})

describe('a task that is ended by hand', () => {
  it.each(['complete-task', 'fail-task'] as const)('stays as it was ended by %s, however much time passes', (type) => {
    const mock = createMock({ now: START, users: 20, speed: 10 })
    const sandbox = mock.world.get('default') as Sandbox
    const rows = ['17012340001', '17012340002', '17012340001', '17012340003'].map((phone) => ({ phone, name: 'N' }))
    const taskId = sandbox.execute('create-task', { userId: '', rows })
    const view = () => {
      const task = sandbox.read().tasks.get(taskId)
      return { counts: { ...task?.counts }, results: task?.results, finishedAt: task?.finishedAt }
    }
    sandbox.execute('set-clock', { now: START + 150, frozen: true, rate: 1 })
    sandbox.execute(type, { taskId })
    const ended = view()
    sandbox.execute('set-clock', { now: START + 3_600_000, frozen: true, rate: 1 })
    expect(view()).toEqual(ended)
  })
})

describe('users who arrive by themselves', () => {
  it('come no more once another scenario is in force', () => {
    const arrivals = { everySeconds: 10, count: 100, position: 'last' } as const
    const mock = createMock({ now: START, users: 20, scenario: { directory: { arrivals } } })
    const { clock } = mock.defaultSandbox
    const size = () => (mock.world.get('default') as Sandbox).read().directory.size
    clock.advance('PT25S')
    expect(size()).toBe(22)
    mock.defaultSandbox.scenario.set('happy-path')
    clock.advance('PT1H')
    expect(size()).toBe(22)
  })
})
