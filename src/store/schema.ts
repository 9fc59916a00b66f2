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
  for (const statement of versions.slice(version).flat()) await queries.query(statement)
  if (version === versions.length) return
  await queries.query('UPDATE koodrive_mock_schema SET version = $1, log_version = $2 WHERE one = 1', [
    versions.length,
    logVersion,
  ])
}

export const newerStore = (name: string, version: number, known = SCHEMA_VERSION): StoreError =>
  new StoreError(
    'refused',
    `The store ${name} has version ${version} of the schema, this mock knows ${known}: a newer mock has written it. Use that mock, or another store.`,
  )
