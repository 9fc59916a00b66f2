import { type Database, damaged, type Queries, StoreError } from './database.ts'

/**
 * What each version of the schema adds to the one before it. Only what PostgreSQL-compatible distributed databases take as
 * well: no triggers, no advisory locks, no LISTEN, no sequences.
 */
export const migrations: readonly (readonly string[])[] = [
  [
    `CREATE TABLE koodrive_mock_sandboxes (
       id text PRIMARY KEY,
       incarnation text NOT NULL,
       config text NOT NULL,
       made_ms bigint NOT NULL,
       sequence bigint NOT NULL,
       requests bigint NOT NULL,
       exchanges bigint NOT NULL,
       cleared bigint NOT NULL,
       real_ms bigint NOT NULL,
       clock text NOT NULL,
       batch text NOT NULL
     )`,
    `CREATE TABLE koodrive_mock_commands (
       incarnation text NOT NULL,
       sequence bigint NOT NULL,
       batch text NOT NULL,
       command text NOT NULL,
       PRIMARY KEY (incarnation, sequence)
     )`,
    `CREATE TABLE koodrive_mock_exchanges (
       incarnation text NOT NULL,
       position bigint NOT NULL,
       real_ms bigint NOT NULL,
       batch text NOT NULL,
       bytes bigint NOT NULL,
       exchange text NOT NULL,
       PRIMARY KEY (incarnation, position)
     )`,
    'CREATE INDEX koodrive_mock_exchanges_by_age ON koodrive_mock_exchanges (real_ms, incarnation, position, bytes)',
    `CREATE TABLE koodrive_mock_keys (
       key text PRIMARY KEY,
       incarnation text NOT NULL,
       sandbox text NOT NULL
     )`,
    'CREATE INDEX koodrive_mock_keys_by_incarnation ON koodrive_mock_keys (incarnation)',
  ],
  ['ALTER TABLE koodrive_mock_sandboxes ADD COLUMN unattributed bigint NOT NULL DEFAULT 0'],
  ['ALTER TABLE koodrive_mock_exchanges ADD COLUMN answer bytea'],
]

/** The version of the schema that this mock works with. */
export const SCHEMA_VERSION = migrations.length

/** Attempts to bring a schema up to date while others do the same. */
const ATTEMPTS = 10

/**
 * Makes the tables, or brings those of an older mock up to date.
 *
 * @param logVersion Version of the commands that this mock writes: others would not give the same bytes.
 * @param versions What each version adds, of a mock that knows so many.
 * @throws StoreError when a newer mock has written the store, or commands of another version.
 */
export async function migrate(database: Database, logVersion: number, versions = migrations): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await database.query(
        `CREATE TABLE IF NOT EXISTS koodrive_mock_schema (
           one bigint PRIMARY KEY, version bigint NOT NULL, log_version bigint NOT NULL
         )`,
      )
      await database.query('INSERT INTO koodrive_mock_schema VALUES (1, 0, $1) ON CONFLICT (one) DO NOTHING', [
        logVersion,
      ])
      return await database.transaction((queries) => upgrade(database, queries, logVersion, versions))
    } catch (error) {
      // Two that start together: the other one makes the table.
      if (!(error instanceof StoreError) || error.kind !== 'conflict') throw error
      if (attempt === ATTEMPTS) throw damaged(database.name, `its tables cannot be made (${error.message})`)
    }
  }
}

async function upgrade(
  { name }: Database,
  queries: Queries,
  logVersion: number,
  versions: typeof migrations,
): Promise<void> {
  const [row] = await queries.query('SELECT version, log_version FROM koodrive_mock_schema WHERE one = 1 FOR UPDATE')
  const version = Number(row?.['version'])
  const written = Number(row?.['log_version'])
  if (version > versions.length) throw newerStore(name, version, versions.length)
  if (version > 0 && written !== logVersion) {
    throw new StoreError(
      'refused',
      `The store ${name} holds commands of version ${written}, this mock writes version ${logVersion}: answers would not be the same. Use the mock that wrote it, or another store.`,
    )
  }
  if (version === 0) await refuseRemains(name, queries)
  for (const statement of versions.slice(version).flat()) await queries.query(statement)
  if (version === versions.length) return
  await queries.query('UPDATE koodrive_mock_schema SET version = $1, log_version = $2 WHERE one = 1', [
    versions.length,
    logVersion,
  ])
}

/** A store without a version is a new one: nothing else of it is there. */
async function refuseRemains(name: string, queries: Queries): Promise<void> {
  const rows = await queries.query(
    `SELECT table_name FROM information_schema.tables
     WHERE table_schema = current_schema() AND table_name = 'koodrive_mock_sandboxes'`,
  )
  if (rows.length > 0) throw damaged(name, 'the table koodrive_mock_schema is gone or empty, and others are there')
}

/**
 * Refuses a store whose tables do not belong together: somebody has emptied or dropped one. Exchanges may be missing, a journal
 * is emptied too.
 *
 * @throws StoreError
 */
export async function refuseHalf(database: Database): Promise<void> {
  const [row] = await database.query(
    `SELECT 'sandboxes' AS emptied, '' AS id WHERE NOT EXISTS (SELECT 1 FROM koodrive_mock_sandboxes) AND (
       EXISTS (SELECT 1 FROM koodrive_mock_commands) OR EXISTS (SELECT 1 FROM koodrive_mock_exchanges)
       OR EXISTS (SELECT 1 FROM koodrive_mock_keys))
     UNION ALL SELECT 'keys', id FROM koodrive_mock_sandboxes AS known
     WHERE NOT EXISTS (SELECT 1 FROM koodrive_mock_keys WHERE incarnation = known.incarnation)
     UNION ALL SELECT 'commands', id FROM koodrive_mock_sandboxes AS known
     WHERE sequence > 0 AND NOT EXISTS (SELECT 1 FROM koodrive_mock_commands AS command
       WHERE command.incarnation = known.incarnation AND command.sequence = known.sequence - 1)
     LIMIT 1`,
  )
  if (row?.['emptied'] === 'sandboxes') {
    throw damaged(database.name, 'the table koodrive_mock_sandboxes is empty, and others are not')
  }
  if (row !== undefined) throw lacks(database.name, String(row['id']), String(row['emptied']))
}

/** @param what The table, as it is called behind `koodrive_mock_`. */
export const lacks = (name: string, id: string, what: string): StoreError =>
  damaged(name, `${what} of sandbox ${id} are missing from koodrive_mock_${what}`)

export const newerStore = (name: string, version: number, known = SCHEMA_VERSION): StoreError =>
  new StoreError(
    'refused',
    `The store ${name} has version ${version} of the schema, this mock knows ${known}: a newer mock has written it. Use that mock, or another store.`,
  )
