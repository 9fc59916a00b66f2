import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Mock } from '../../src/index.ts'
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
