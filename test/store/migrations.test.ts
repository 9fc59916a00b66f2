import { describe, expect, it } from 'vitest'
import { LOG_VERSION } from '../../src/server/sandboxes/log-file.ts'
import type { Database } from '../../src/store/database.ts'
import { openPglite } from '../../src/store/pglite.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { migrate, migrations, SCHEMA_VERSION } from '../../src/store/schema.ts'
import { slowJudge } from '../support/judge.ts'
import { describePostgres, newFolder } from '../support/stores.ts'

/** What mocks to come may add: each to what the one before has. */
const later = [
  [
    "ALTER TABLE koodrive_mock_sandboxes ADD COLUMN team text NOT NULL DEFAULT 'none'",
    "UPDATE koodrive_mock_sandboxes SET team = 'of ' || id",
  ],
  ['CREATE TABLE koodrive_mock_extra (one bigint PRIMARY KEY)'],
]
const versionsUpTo = (count: number) => [...migrations, ...later].slice(0, SCHEMA_VERSION + count)

const sandbox = (id: string) =>
  `INSERT INTO koodrive_mock_sandboxes VALUES ('${id}', 'x', '{}', 0, 0, 0, 0, 0, 0, '{}', '')`

const versionOf = async (database: Database) =>
  Number((await database.query('SELECT version FROM koodrive_mock_schema'))[0]?.['version'])

async function bringsUpToDate(open: () => Promise<Database>): Promise<void> {
  const database = await open()
  try {
    await migrate(database, LOG_VERSION)
    await migrate(database, LOG_VERSION)
    expect(await versionOf(database), 'nothing to do').toBe(SCHEMA_VERSION)
    await database.query(sandbox('a'))
    await expect(
      migrate(database, LOG_VERSION, [...versionsUpTo(1), ['CREATE TABLE koodrive_mock_sandboxes (broken bigint)']]),
    ).rejects.toMatchObject({ name: 'StoreError' })
    expect(await versionOf(database), 'one that fails changes nothing').toBe(SCHEMA_VERSION)
    await migrate(database, LOG_VERSION, versionsUpTo(2))
    expect(await versionOf(database), 'two versions in one go').toBe(SCHEMA_VERSION + 2)
    expect(await database.query('SELECT id, team FROM koodrive_mock_sandboxes')).toEqual([{ id: 'a', team: 'of a' }])
    await expect(migrate(database, LOG_VERSION), 'the older mock').rejects.toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(
        `has version ${SCHEMA_VERSION + 2} of the schema, this mock knows ${SCHEMA_VERSION}: a newer mock has written it`,
      ),
    })
    await expect(
      migrate(database, LOG_VERSION + 1, versionsUpTo(2)),
      'a mock with other commands',
    ).rejects.toMatchObject({ kind: 'refused', message: expect.stringContaining('holds commands of version') })
  } finally {
    await database.close()
  }
}

describe('a store of an older mock is brought up to date with what it holds, one of a newer mock is refused', () => {
  slowJudge('in a folder', () => bringsUpToDate(() => openPglite(newFolder())))
})

describePostgres('a store in PostgreSQL of an older mock', (server) => {
  it('is brought up to date with what it holds, one of a newer mock is refused', async () => {
    const url = await server().createDatabase()
    await bringsUpToDate(() => openPostgres(url))
  })

  it('is brought up to date once by replicas that start together', async () => {
    const url = await server().createDatabase()
    const databases = await Promise.all(Array.from({ length: 4 }, () => openPostgres(url)))
    await Promise.all(databases.map((database) => migrate(database, LOG_VERSION)))
    await server().sql(url, sandbox('a'))
    await Promise.all(databases.map((database) => migrate(database, LOG_VERSION, versionsUpTo(2))))
    expect(await server().sql(url, 'SELECT id, team FROM koodrive_mock_sandboxes')).toBe('a|of a')
    await Promise.all(databases.map((database) => database.close()))
  })
})
