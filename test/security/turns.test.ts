import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Mock } from '../../src/index.ts'
import type { LogFile } from '../../src/server/sandboxes/log.ts'
import type { SnapshotFile } from '../../src/server/snapshots/snapshot-format.ts'
import { systemTime } from '../../src/server/system-time.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { paths } from '../support/client.ts'
import { inProcess } from '../support/targets.ts'

const COUNT = 40

/** A mock that was told to create batches, with a line separator of Unicode in their names. */
async function busyMock(): Promise<Mock> {
  const { mock, client } = inProcess()
  onTestFinished(() => mock.close())
  for (let n = 0; n < COUNT; n += 1) {
    const body = JSON.stringify({ userList: [{ firstname: 'a\u2028b', phone: `1777000${1000 + n}` }] })
    expect((await client.signed('POST', paths.create, { body })).status).toBe(200)
  }
  return mock
}

/** How often others could be served during some work, when each look at the clock finds a slice of time gone. */
async function turnsDuring<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly turns: number }> {
  let now = 0
  const spy = vi.spyOn(systemTime, 'elapsed').mockImplementation(() => {
    now += bounds.journalSliceMs.value + 1
    return now
  })
  let [turns, isOver] = [0, false]
  const others = () => {
    turns += 1
    if (!isOver) setImmediate(others)
  }
  setImmediate(others)
  try {
    return { result: await work(), turns }
  } finally {
    isOver = true
    spy.mockRestore()
  }
}

describe('others are served while the control plane', () => {
  it.each([
    ['makes a report card', '/sandboxes/default/report-card'],
    ['shows it in the console', '/console/views/report?sandbox=default'],
    ['takes a snapshot', '/snapshot'],
    ['takes a snapshot of one sandbox', '/sandboxes/default/snapshot'],
    ['exports a log', '/sandboxes/default/log'],
  ])('%s', async (_, path) => {
    const mock = await busyMock()
    const { result, turns } = await turnsDuring(async () => {
      const answer = await mock.fetch(`http://mock/__admin${path}`)
      await answer.text()
      return answer
    })
    expect(result.status).toBe(200)
    expect(turns).toBeGreaterThanOrEqual(COUNT)
  })
})

describe('others are served while the control plane reads', () => {
  const control = 'http://mock/__admin'
  const put = (mock: Mock, path: string, body: string) =>
    mock.fetch(control + path, { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body })

  it.each(['/sandboxes/default/log', '/snapshot', '/sandboxes/default/snapshot'])('PUT %s', async (path) => {
    const mock = await busyMock()
    const file = await (await mock.fetch(control + path)).text()
    const { result, turns } = await turnsDuring(() => put(mock, path, file))
    expect(result.status).toBe(200)
    expect(turns).toBeGreaterThanOrEqual(COUNT)
  })

  it.each([
    ['/sandboxes/default/log', 'commands[41].at'],
    ['/snapshot', 'sandboxes[0].commands[41].at'],
  ])('PUT %s, and stops at the first mistake', async (path, place) => {
    const mock = await busyMock()
    const file = (await (await mock.fetch(control + path)).json()) as SnapshotFile | LogFile
    const commands = ('sandboxes' in file ? file.sandboxes[0]?.commands : file.commands) as object[]
    commands.length = COUNT
    commands.push(commands[0] as object, ...Array.from({ length: 20_000 }, () => ({ type: 'read-page', at: 'never' })))
    const { result, turns } = await turnsDuring(() => put(mock, path, JSON.stringify(file)))
    expect(result.status).toBe(400)
    expect(await result.json()).toMatchObject({ path: place, detail: `${place}: expected a number, got "never".` })
    expect(turns).toBeLessThan(10 * COUNT)
  })

  it('a scenario of many faults only as far as it takes to refuse it', async () => {
    const mock = await busyMock()
    const file = (await (await mock.fetch(`${control}/snapshot`)).json()) as SnapshotFile
    const faults = Array.from({ length: 2000 }, (_, n) => ({ kind: n < 1500 ? 'reset' : 'unknown' }))
    const [sandbox] = file.sandboxes
    const config = { ...sandbox?.config, scenario: { ...sandbox?.config.scenario, faults } }
    const answer = await put(mock, '/snapshot', JSON.stringify({ ...file, sandboxes: [{ ...sandbox, config }] }))
    expect(await answer.text()).toMatch(/at most 1000 faults, and these are 2000/)
    expect(answer.status).toBe(409)
  })
})

describe('what is sent while it is made', () => {
  it('is of the moment when it was asked for, and the same as the library gives', async () => {
    const mock = await busyMock()
    const [snapshot, log] = [mock.snapshot(), mock.defaultSandbox.log.export()]
    const answers = await Promise.all(
      ['/snapshot', '/sandboxes/default/log'].map((path) => mock.fetch(`http://mock/__admin${path}`)),
    )
    mock.defaultSandbox.faults.add({ kind: 'reset' })
    const [sentSnapshot, sentLog] = await Promise.all(answers.map((answer) => answer.json()))
    expect(sentSnapshot).toEqual(JSON.parse(JSON.stringify(snapshot)))
    expect(sentLog).toEqual(JSON.parse(JSON.stringify(log)))
  })
})
