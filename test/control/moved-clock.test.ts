import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../src/client/index.ts'
import { createMock, type MockSandbox } from '../../src/index.ts'
import { systemTime } from '../../src/server/system-time.ts'
import { formatXDate, sign } from '../../src/signing/index.ts'

const LIST = '/koodrive/ose/v1/userList?offset=0&limit=1'

/** A client whose clock is right by the real time. */
async function call(mock: ReturnType<typeof createMock>, sandbox: MockSandbox, shiftMs = 0): Promise<Response> {
  const { userId } = sandbox.credentials
  const headers = { Host: 'mock', 'X-Date': formatXDate(systemTime.now() - 2000 + shiftMs), 'X-User-Id': userId }
  const signed = sign({ method: 'GET', url: `http://mock${LIST}`, headers }, sandbox.credentials)
  return mock.fetch(new Request(`http://mock${LIST}`, { headers: Object.fromEntries(signed.headers) }))
}

const diagnosisOf = (response: Response): string => response.headers.get('x-mock-diagnosis') ?? ''

const moves: readonly (readonly [
  how: string,
  options: object,
  move: (sandbox: MockSandbox) => unknown,
  what: RegExp,
])[] = [
  ['advanced by eight hours', {}, ({ clock }) => clock.advance('PT8H'), /it is 8 h ahead of the real time/],
  ['advanced by sixteen minutes', {}, ({ clock }) => clock.advance('PT16M'), /it is 16 min ahead of the real time/],
  ['set into the past', {}, ({ clock }) => clock.set({ now: '2026-01-01T00:00:00Z' }), /behind the real time/],
  ['frozen by now', { now: '2026-04-16T08:00:00Z' }, () => undefined, /it stands still at 2026-04-16T08:00:00/],
]

describe('a clock that was moved', () => {
  it.each(moves)('%s: a right client is told so, with the call that undoes it', async (_, options, move, what) => {
    const mock = createMock()
    const sandbox = mock.sandbox(options)
    move(sandbox)
    const refused = await call(mock, sandbox)
    expect(refused.status).toBe(401)
    expect(diagnosisOf(refused)).toMatch(/X-Date is right by the real time, but the clock of this sandbox was moved/)
    expect(diagnosisOf(refused)).toMatch(what)

    const [, path = '', json = '{}'] = /PUT (\S+) with (\{.*?\})/.exec(diagnosisOf(refused)) ?? []
    const undone = await mock.fetch(
      new Request(`http://mock${path}`, { method: 'PUT', body: json, headers: { 'Content-Type': 'application/json' } }),
    )
    expect(undone.status).toBe(200)
    expect((await call(mock, sandbox)).status).toBe(200)
    await mock.close()
  })

  it.each(moves)(
    '%s: judges X-Date by the real time where that was chosen, and all else by the virtual one',
    async (_, options, move) => {
      const mock = createMock()
      const sandbox = mock.sandbox({ ...options, xDate: 'real' })
      move(sandbox)
      expect((await call(mock, sandbox)).status).toBe(200)
      const late = await call(mock, sandbox, -1000 * 60 * 16)
      expect(late.status).toBe(401)
      expect(diagnosisOf(late)).toMatch(/X-Date is too old/)
      await mock.close()
    },
  )

  it('can be told at any time to judge X-Date by the real time, and to go back', async () => {
    const mock = createMock()
    const sandbox = mock.sandbox({ now: '2026-04-16T08:00:00Z' })
    expect(sandbox.clock.set({ xDate: 'real' })).toMatchObject({
      now: '2026-04-16T08:00:00Z',
      frozen: true,
      xDate: 'real',
    })
    expect((await call(mock, sandbox)).status).toBe(200)
    expect(sandbox.clock.advance('PT8H')).toMatchObject({ xDate: 'real' })
    sandbox.clock.set({ xDate: 'virtual' })
    expect((await call(mock, sandbox)).status).toBe(401)
    await mock.close()
  })

  it.each(['virtual', 'real'] as const)('is followed by what the control plane signs, with xDate %s', async (xDate) => {
    const mock = createMock()
    onTestFinished(() => mock.close())
    const { id, clock } = mock.sandbox({ xDate })
    clock.advance('PT8H')
    const asked = await mock.fetch('http://mock/__admin/signature/sign', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sandbox: id, method: 'GET', url: LIST }),
    })
    const { headers } = (await asked.json()) as { headers: [string, string][] }
    expect((await mock.fetch(`http://mock${LIST}`, { headers })).status).toBe(200)
  })

  it('expires tokens by the virtual time all the same', async () => {
    const mock = createMock()
    const sandbox = mock.sandbox({ xDate: 'real' })
    const { token } = sandbox.tokens.issue('admin')
    const list = () => mock.fetch(new Request(`http://mock${LIST}`, { headers: { Authorization: `Bearer ${token}` } }))
    expect((await list()).status).toBe(200)
    sandbox.clock.advance('PT21M')
    expect((await list()).status).toBe(401)
    expect((await call(mock, sandbox)).status).toBe(200)
    await mock.close()
  })

  it('that was not moved accuses the client of its own clock', async () => {
    const mock = createMock()
    const sandbox = mock.sandbox()
    const late = await call(mock, sandbox, -1000 * 60 * 16)
    expect(diagnosisOf(late)).toMatch(/X-Date is too old .* set the clock right/)
    await mock.close()
  })
})

describe('the report card of a sandbox whose clock was moved or stopped', () => {
  it.each([{ now: '2026-01-01T00:00:00Z' }, {}])('accuses no client whose own clock is right: %j', async (options) => {
    const mock = createMock(options)
    const { url } = await mock.listen({ port: 0 })
    onTestFinished(() => mock.close())
    if (!('now' in options)) mock.defaultSandbox.clock.advance('PT8H')
    const client = createClient({ baseUrl: url, ...mock.credentials })
    await client.queryBatchProvisioning({ taskId: '1882735962480556672' }).catch(() => undefined)
    const card = await (await fetch(`${url}/__admin/sandboxes/default/report-card`)).json()
    const ids = (card as { findings: { id: string }[] }).findings.map(({ id }) => id)
    expect(mock.defaultSandbox.journal.list()[0]?.rule).toContain('signature.date-')
    expect(ids).not.toContain('clock-drift')
  })
})
