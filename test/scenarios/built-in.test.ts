import { describe, expect, it } from 'vitest'
import { builtInScenarios } from '../../src/scenarios/built-in.ts'
import { scenarioSchema } from '../../src/scenarios/schema.ts'
import { paths, type Reply } from '../support/client.ts'
import { closeServers, controlServer, type TestSandbox } from '../support/control-server.ts'

closeServers()

const list = `${paths.users}?offset=0&limit=100`
const PHONES = Array.from({ length: 10 }, (_, index) => `1380000001${index}`)

/** What happens when a client provisions ten users and lists everybody, as it shows from outside. */
type Outside = (sandbox: TestSandbox) => Promise<unknown>

/** `status success/skipped/failed` after an hour. */
async function batch(sandbox: TestSandbox): Promise<string> {
  const taskId = await sandbox.provision(...PHONES)
  await sandbox.advance('PT1H')
  const { status, successCount, skipCount, failCount } = (await sandbox.task(taskId)).taskInfo
  return `${status} ${successCount}/${skipCount}/${failCount}`
}

const statusOf = ({ status }: Reply) => status
const calls = async (sandbox: TestSandbox, count: number): Promise<Reply[]> => {
  const replies: Reply[] = []
  for (let call = 0; call < count; call += 1) replies.push(await sandbox.get(list))
  return replies
}
const codesOf = async (sandbox: TestSandbox): Promise<(string | undefined)[]> => {
  const taskId = await sandbox.provision(...PHONES)
  await sandbox.advance('PT1H')
  return (await sandbox.task(taskId)).registerList.map(({ code }: { code?: string }) => code)
}

/** Every built-in scenario: what is seen under it, which no other setting of the mock shows. */
const shows: Record<string, { readonly look: Outside; readonly expected: unknown }> = {
  'happy-path': { look: batch, expected: '2 10/0/0' },
  duplicates: { look: batch, expected: '2 5/5/0' },
  'partial-failure': { look: batch, expected: '2 5/0/5' },
  'all-fail': { look: batch, expected: '2 0/0/10' },
  'slow-batch': {
    look: async (sandbox) => {
      const taskId = await sandbox.provision(...PHONES)
      const seen: string[] = []
      for (const by of ['PT29S', 'PT3S', 'PT8S']) {
        await sandbox.advance(by)
        const { status, successCount } = (await sandbox.task(taskId)).taskInfo
        seen.push(`${status}:${successCount}`)
      }
      return seen
    },
    expected: ['0:0', '1:2', '2:10'],
  },
  'stuck-batch': { look: batch, expected: '1 5/0/0' },
  'failing-batch': { look: batch, expected: '3 1/0/1' },
  race: { look: batch, expected: '2 5/5/0' },
  'quota-exhausted': { look: codesOf, expected: PHONES.map(() => '13000311') },
  'empty-organization': { look: async (sandbox) => (await sandbox.get(list)).json.total, expected: 0 },
  'large-organization': {
    look: async (sandbox) => (await sandbox.get(`${paths.users}?offset=999999&limit=100`)).json.list.length,
    expected: 1,
  },
  'token-expires-mid-poll': {
    look: async (sandbox) => {
      const seen = [statusOf(await sandbox.get(list))]
      const taskId = await sandbox.provision(...PHONES)
      await sandbox.advance('PT4S')
      seen.push(statusOf(await sandbox.get(list)), Number((await sandbox.task(taskId)).taskInfo.status))
      await sandbox.advance('PT3S')
      return [...seen, statusOf(await sandbox.get(list)), Number((await sandbox.task(taskId)).taskInfo.status)]
    },
    expected: [200, 200, 0, 401, 2],
  },
  'clock-skew': {
    look: async (sandbox) => {
      const now = Date.UTC(2026, 3, 16, 8, 0, 0)
      const { date } = Object.fromEntries((await sandbox.get(list)).headers)
      const dated = (xDate: string) => sandbox.signed('GET', list, { headers: { 'X-Date': xDate } })
      const replies = [await dated('20260416T080000Z'), await dated('20260416T075800Z')]
      return [Date.parse(date ?? '') - now, ...replies.map(statusOf)]
    },
    expected: [-120_000, 401, 200],
  },
  throttled: {
    look: async (sandbox) => {
      const before = await calls(sandbox, 6)
      const wait = before.at(-1)?.headers.get('Retry-After')
      await sandbox.advance(`PT${wait}S`)
      return [before.map(statusOf), wait, statusOf(await sandbox.get(list))]
    },
    expected: [[200, 200, 200, 200, 200, 429], '10', 200],
  },
  flaky: {
    look: async (sandbox) => {
      const seen = new Set<number>()
      for (let call = 0; call < 100; call += 1) seen.add(await sandbox.get(list).then(statusOf, () => 0))
      return [...seen].sort((a, b) => a - b)
    },
    expected: [0, 200, 500, 503],
  },
  'slow-network': {
    look: async (sandbox) => {
      const started = performance.now()
      const reply = await sandbox.get(list)
      return [reply.json.list.length, performance.now() - started > 300]
    },
    expected: [100, true],
  },
  'malformed-json': {
    look: async (sandbox) => (await calls(sandbox, 4)).map(({ status, json }) => `${status} ${json !== undefined}`),
    expected: ['200 false', '200 true', '200 false', '200 true'],
  },
  maintenance: {
    look: async (sandbox) => {
      const during = await sandbox.get(list)
      const wait = during.headers.get('Retry-After')
      await sandbox.advance(`PT${wait}S`)
      return [during.status, wait, statusOf(await sandbox.get(list))]
    },
    expected: [503, '30', 200],
  },
  'shifting-pages': {
    look: async (sandbox) => {
      const first = await sandbox.get(list)
      const second = await sandbox.get(`${paths.users}?offset=100&limit=100`)
      return [first.json.total, second.json.total, first.json.list[99].userId === second.json.list[0].userId]
    },
    expected: [200, 201, true],
  },
  'production-like': {
    look: async (sandbox) => {
      const started = performance.now()
      const slowest = async () => {
        const { status } = await sandbox.get(list)
        return { status, isSlow: performance.now() - started > 100 }
      }
      const seen = await Promise.all(Array.from({ length: 200 }, slowest))
      await sandbox.advance('PT1S')
      return [
        seen.some(({ isSlow }) => isSlow),
        seen.filter(({ status }) => status === 429).length > 100,
        seen.some(({ status }) => status >= 500),
      ]
    },
    expected: [true, true, true],
  },
}

describe.each(builtInScenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the scenario %s',
  (name, scenario) => {
    it('is valid data, and teaches something in a paragraph', () => {
      expect(scenarioSchema().parse(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario)
      expect(scenario.teaches?.length).toBeGreaterThan(100)
      expect(scenario.title.length).toBeLessThan(50)
    })

    it('shows from outside when a sandbox is made with it', async () => {
      const shown = shows[name]
      const sandbox = await (await controlServer()).sandbox({ scenario: name })
      expect(await shown?.look(sandbox)).toEqual(shown?.expected)
    })

    it('takes effect at once on a running sandbox, and is gone when another follows', async () => {
      const shown = shows[name]
      const sandbox = await (await controlServer()).sandbox({ users: undefined })
      expect((await sandbox.control('PUT', '/scenario', { scenario: name })).json).toEqual(scenario)
      expect(await shown?.look(sandbox)).toEqual(shown?.expected)
      await sandbox.control('PUT', '/scenario', { scenario: 'happy-path' })
      expect((await sandbox.control('GET', '/faults')).json.faults).toEqual([])
      const { json } = await sandbox.control('GET', '/scenario')
      expect(json.name).toBe('happy-path')
    })
  },
)

describe.each(builtInScenarios.slice(1).map(({ name }) => name))('without the scenario %s', (name) => {
  it('nothing of it shows', async () => {
    const shown = shows[name]
    const sandbox = await (await controlServer()).sandbox()
    expect(await shown?.look(sandbox).catch(() => 'broken')).not.toEqual(shown?.expected)
  })
})
