import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createMock } from '../../src/index.ts'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import { openStore } from '../../src/store/open-store.ts'
import { createTestClient, paths } from '../support/client.ts'
import { slowJudge } from '../support/judge.ts'
import { describePostgres, newFolder } from '../support/stores.ts'
import { NOW } from '../support/targets.ts'

type Sql = (statement: string) => Promise<unknown>

const whatToDo = 'Somebody has changed its tables: restore a backup, or choose a new store.'

/** What is said of a table when a mock starts, and to a call while one runs. */
const tables: readonly { table: string; emptied: RegExp; running: RegExp }[] = [
  {
    table: 'schema',
    emptied: /: the table koodrive_mock_schema is gone or empty, and others are there\./,
    running: /: the table koodrive_mock_schema is empty\./,
  },
  {
    table: 'sandboxes',
    emptied: /: the table koodrive_mock_sandboxes is empty, and others are not\./,
    running: /: sandbox default is gone from koodrive_mock_sandboxes, and its keys are not\./,
  },
  {
    table: 'commands',
    emptied: /: commands of sandbox default are missing from koodrive_mock_commands\./,
    running: /: commands of sandbox default are missing from koodrive_mock_commands\./,
  },
  {
    table: 'keys',
    emptied: /: keys of sandbox default are missing from koodrive_mock_keys\./,
    running: /: keys of sandbox default are missing from koodrive_mock_keys\./,
  },
]

const withExchanges = [...tables.map(({ table }) => table), 'exchanges']

const goneOf = (table: string): RegExp =>
  table === 'schema' ? (tables[0]?.emptied as RegExp) : new RegExp(`relation "koodrive_mock_${table}" does not exist`)

const call = (mock: ReturnType<typeof createMock>, phone: string) =>
  createTestClient('http://mock', mock.fetch, mock.credentials, () => NOW).signed('POST', paths.create, {
    body: JSON.stringify({ userList: [{ firstname: 'A', phone }] }),
  })

async function fill(store: string): Promise<void> {
  const mock = createMock({ store, now: NOW })
  expect((await call(mock, '13800000001')).status).toBe(200)
  await mock.close()
}

/** Why a store is refused; undefined when it is not. */
const refusal = (store: string): Promise<unknown> =>
  openStore(store, LOG_VERSION).then(
    (opened) => opened.close(),
    (error: unknown) => error,
  )

/** @param filled Gives a store with a sandbox and a call. */
function refusesAtStart(test: typeof slowJudge, filled: () => Promise<{ store: string; sql: Sql }>): void {
  for (const { table, emptied } of tables) {
    test(`whose table of ${table} was emptied is refused when a mock starts`, async () => {
      const { store, sql } = await filled()
      await sql(`DELETE FROM koodrive_mock_${table}`)
      const error = await refusal(store)
      expect(error).toMatchObject({ kind: 'damaged', message: expect.stringMatching(emptied) })
      expect(error).toMatchObject({ message: expect.stringContaining(whatToDo) })
    })
  }

  for (const table of withExchanges) {
    test(`whose table of ${table} was dropped is refused when a mock starts`, async () => {
      const { store, sql } = await filled()
      await sql(`DROP TABLE koodrive_mock_${table}`)
      const error = await refusal(store)
      expect(error).toMatchObject({ kind: 'damaged', message: expect.stringMatching(goneOf(table)) })
      expect(error).toMatchObject({ message: expect.stringContaining(whatToDo) })
    })
  }

  test('whose table of exchanges was emptied has an empty journal, and all else', async () => {
    const { store, sql } = await filled()
    await sql('DELETE FROM koodrive_mock_exchanges')
    const mock = createMock({ store, now: NOW })
    const admin = async (path: string) => (await mock.fetch(`http://mock/__admin/sandboxes/default/${path}`)).json()
    const { tasks } = (await admin('tasks')) as { tasks: unknown[] }
    expect(tasks).toHaveLength(2)
    expect(await admin('requests')).toMatchObject({ requests: [] })
    await mock.close()
  })
}

describe('a folder', () => {
  const first = newFolder()
  refusesAtStart(slowJudge, async () => {
    if (!existsSync(first)) await fill(first)
    const store = newFolder()
    cpSync(first, store, { recursive: true })
    const sql: Sql = async (statement) => {
      const { PGlite } = await import('@electric-sql/pglite')
      const database = await PGlite.create(join(store, 'data'))
      await database.exec(statement)
      await database.close()
    }
    return { store, sql }
  })
})

describePostgres('a database', (server) => {
  const newStore = async () => {
    const store = await server().createDatabase()
    return { store, sql: (statement: string) => server().sql(store, statement) }
  }
  refusesAtStart(it, async () => {
    const { store, sql } = await newStore()
    await fill(store)
    return { store, sql }
  })

  const changes = [
    ...tables.map(({ table, running }) => ({ how: `DELETE FROM koodrive_mock_${table}`, why: running })),
    ...withExchanges.map((table) => ({
      how: `DROP TABLE koodrive_mock_${table}`,
      why: new RegExp(`relation "koodrive_mock_${table}" does not exist`),
    })),
  ]
  it.each(changes)('gives 503 with the reason after $how under a mock, and writes nothing', async ({ how, why }) => {
    const { store, sql } = await newStore()
    const mock = createMock({ store, now: NOW })
    expect((await call(mock, '13800000001')).status).toBe(200)
    await sql(how)
    for (const phone of ['13800000002', '13800000003']) {
      const refused = await call(mock, phone)
      expect(refused.status).toBe(503)
      expect(refused.headers.get('x-mock-diagnosis')).toMatch(why)
      expect(refused.headers.get('x-mock-diagnosis')).toContain(whatToDo)
    }
    await mock.close().catch(() => undefined)
  })
})
