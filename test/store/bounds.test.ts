import { afterEach, expect, it } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { bounds } from '../../src/shared/bounds.ts'
import { createTestClient, paths } from '../support/client.ts'
import { slowJudge } from '../support/judge.ts'
import { describePostgres } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

const opened: Mock[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map((mock) => mock.close()))
})

function open(store: string, options: MockOptions): Mock {
  const mock = createMock({ store, now: NOW, ...options })
  opened.push(mock)
  return mock
}

const pageOf = (mock: Mock, credentials = mock.credentials) =>
  createTestClient('http://mock', mock.fetch, credentials, () => NOW).get(`${paths.users}?offset=0&limit=100`)

const metric = async (mock: Mock, name: string) => {
  const text = await (await mock.fetch('http://mock/__admin/metrics')).text()
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1])
}

describePostgres('the journal in a store', (server) => {
  it('keeps so many exchanges of a sandbox, however many replicas write them', async () => {
    const store = await server().createDatabase()
    const mocks = [open(store, { maxJournal: 50 }), open(store, { maxJournal: 50 })]
    for (let round = 0; round < 20; round += 1)
      await Promise.all(mocks.map((mock) => Promise.all(Array.from({ length: 5 }, () => pageOf(mock)))))
    const kept = Number(await server().sql(store, 'SELECT count(*) FROM koodrive_mock_exchanges'))
    expect(kept, 'rows are dropped 64 at a time').toBeLessThan(50 + 64 + 64)
    for (const mock of mocks) {
      const response = await mock.fetch('http://mock/__admin/sandboxes/default/requests?limit=1000')
      const { requests, dropped } = (await response.json()) as { requests: unknown[]; dropped: number }
      expect({ kept: requests.length, dropped }).toEqual({ kept: 50, dropped: 150 })
    }
  })

  it('keeps as many exchanges that belong to no sandbox', async () => {
    const store = await server().createDatabase()
    const mock = open(store, { maxJournal: 20 })
    const headers = { Authorization: 'Bearer of-nobody' }
    for (let call = 0; call < 200; call += 1)
      await mock.fetch(`http://mock${paths.users}?offset=0&limit=1`, { headers })
    expect(Number(await server().sql(store, 'SELECT count(*) FROM koodrive_mock_exchanges'))).toBeLessThan(20 + 65)
    const response = await mock.fetch('http://mock/__admin/sandboxes/unattributed/requests')
    expect(((await response.json()) as { requests: unknown[] }).requests).toHaveLength(20)
  })

  it('keeps so many bytes over all sandboxes and half of them of one, in the store and in each process', async () => {
    const store = await server().createDatabase()
    const maxJournalBytes = 1_000_000
    const mocks = [open(store, { maxJournalBytes }), open(store, { maxJournalBytes })]
    const [one, two] = mocks as [Mock, Mock]
    const sandboxes = Array.from({ length: 4 }, () => one.sandbox())
    const bytesOf = (where = 'true') =>
      server().sql(store, `SELECT coalesce(sum(bytes), 0) FROM koodrive_mock_exchanges WHERE ${where}`).then(Number)
    let most = 0
    for (let call = 0; call < 120; call += 1) {
      // The first sandbox is called as often as all others together.
      const sandbox = sandboxes[call % 2 === 0 ? 0 : 1 + (call % 3)]
      await pageOf(call % 4 < 2 ? one : two, sandbox?.credentials)
      if (call > 60 && call % 6 === 0) most = Math.max(most, await bytesOf())
    }
    expect(most, 'it was full').toBeGreaterThan(0.6 * maxJournalBytes)
    expect(most, 'each process lets an eighth be written before it looks').toBeLessThan(1.3 * maxJournalBytes)
    const own = `incarnation = (SELECT incarnation FROM koodrive_mock_sandboxes WHERE id = '${sandboxes[0]?.id}')`
    expect(await bytesOf(own)).toBeLessThan((0.5 + 0.3) * maxJournalBytes)
    for (const mock of mocks) {
      await mock.fetch('http://mock/__admin/sandboxes')
      expect(await metric(mock, 'koodrive_mock_journal_bytes')).toBeLessThanOrEqual(maxJournalBytes)
    }
  })
})

describePostgres('the commands of a sandbox in a store', (server) => {
  slowJudge('are read up to a million; then calls get 503 with the cure until it is reset', async () => {
    const store = await server().createDatabase()
    const before = open(store, {})
    expect((await pageOf(before)).status).toBe(200)
    await before.close()
    await server().sql(
      store,
      `INSERT INTO koodrive_mock_commands
         SELECT s.incarnation, s.sequence + n, 'x', '{"type":"read-page","at":${NOW}}'
         FROM koodrive_mock_sandboxes s, generate_series(0, ${bounds.storedCommands.value} - s.sequence - 1) AS n
         WHERE s.id = 'default';
       UPDATE koodrive_mock_sandboxes SET sequence = ${bounds.storedCommands.value} WHERE id = 'default'`,
    )
    const full = open(store, {})
    const refused = await pageOf(full)
    expect(refused.status).toBe(503)
    expect(refused.headers.get('x-mock-diagnosis')).toMatch(
      /^Sandbox default has 1000000 commands, .* POST \/__admin\/sandboxes\/default\/reset/,
    )
    expect((await full.fetch('http://mock/__admin/sandboxes/default/reset', { method: 'POST' })).status).toBe(200)
    expect((await pageOf(full)).status).toBe(200)
    expect(Number(await server().sql(store, 'SELECT count(*) FROM koodrive_mock_commands'))).toBeLessThan(100)
  })
})
