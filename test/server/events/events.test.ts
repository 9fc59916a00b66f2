import { expect, it } from 'vitest'
import { defaultScenario } from '../../../src/scenarios/built-in.ts'
import { startSession } from '../../support/clients.ts'
import { control } from '../../support/control.ts'
import { readEvents } from '../../support/event-reader.ts'
import { describeTargets, NOW } from '../../support/targets.ts'

const USERS = '/koodrive/ose/v1/userList?offset=0&limit=1'

const atConsole = ({ url }: Request) => new Request(url.replace('/__admin/', '/__admin/console/'))

describeTargets('the event stream', (open) => {
  it('tells of a request with its sandbox and without its secrets', async () => {
    const target = await open()
    const events = await readEvents(target)
    await target.client.get(`${USERS}&token=mock-admin-token`)
    const { data } = await events.next(({ type }) => type === 'request')
    expect(data).toMatchObject({ sandbox: 'default', operation: 'listUsers', status: 200, method: 'GET' })
    expect(JSON.stringify(data)).not.toContain('mock-admin-token')
    await events.hangUp()
  })

  it('tells of the clock, and of the progress of a task', async () => {
    const target = await open({ speed: 1 })
    const session = startSession(target)
    const events = await readEvents(target)
    const taskId = await session.create('17770000001', '17770000002')
    const isTask = ({ type, data }: any) => type === 'task' && data.taskId === taskId
    expect((await events.next(isTask)).data).toMatchObject({ state: 'new', settled: 0, totalCount: 2 })
    session.wait(1000)
    expect((await events.next(({ type }) => type === 'clock')).data).toMatchObject({ sandbox: 'default', frozen: true })
    expect((await events.next(isTask)).data).toMatchObject({ state: 'running', settled: 1 })
    session.wait(1000)
    expect((await events.next(isTask)).data).toMatchObject({ state: 'done', settled: 2, success: 2 })
    await events.hangUp()
  })

  it('tells of sandboxes that come, start anew and go', async () => {
    const target = await open()
    const { world } = target.mock
    const events = await readEvents(target)
    const { id } = world.create({ scenario: defaultScenario, now: NOW })
    const isOurs = ({ type, data }: any) => type === 'sandbox' && data.sandbox === id
    expect((await events.next(isOurs)).data.change).toBe('created')
    world.reset(id)
    expect((await events.next(isOurs)).data.change).toBe('reset')
    world.delete(id)
    expect((await events.next(isOurs)).data.change).toBe('deleted')
    await events.hangUp()
  })

  it('tells of one sandbox only when asked to, and refuses one that is not there', async () => {
    const target = await open()
    const { id } = target.mock.world.create({ scenario: defaultScenario, now: NOW })
    const events = await readEvents(target, '?sandbox=default')
    target.mock.world.delete(id)
    await target.client.get(USERS)
    expect((await events.next(() => true)).data.sandbox).toBe('default')
    await events.hangUp()
    expect((await control(target, 'GET', '/events?sandbox=nobody')).status).toBe(404)
    expect((await control(target, 'GET', '/events?sandboxes=default')).json.allowed).toBe('sandbox')
  })

  it('is told to the console as numbers only', async () => {
    const target = await open()
    const events = await readEvents({ ...target, fetch: (request) => target.fetch(atConsole(request)) })
    await target.client.get(`${USERS}&token=mock-admin-token`)
    const { data } = await events.next(({ type }) => type === 'request')
    expect(data).toEqual({ sandbox: 'default', count: 1 })
    await events.hangUp()
  })

  it('ends when the server closes', async () => {
    const target = await open()
    const events = await readEvents(target)
    await Promise.all([target.mock.close(), events.end().catch(() => undefined)])
  })

  it('forgets a reader that hangs up', async () => {
    const target = await open()
    const listeners = async () =>
      /koodrive_mock_event_listeners (\d+)/.exec((await control(target, 'GET', '/metrics')).text)?.[1]
    const events = await readEvents(target)
    expect(await listeners()).toBe('1')
    await events.hangUp()
    await expect.poll(listeners).toBe('0')
  })
})
