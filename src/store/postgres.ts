import type { ClientConfig, Pool, PoolClient } from 'pg'
import {
  type Database,
  damaged,
  isMissing,
  type Queries,
  type Row,
  StoreError,
  type StoreErrorKind,
} from './database.ts'

/** Connections of a process: as many sandboxes are served at a time. */
const CONNECTIONS = 10
/** How long a connection may take to open. */
const CONNECT_MS = 2000
const FIRST_ATTEMPTS = 3
/** How long another process may hold a sandbox, and how long a statement may take, before this one gives up. */
const LOCK_MS = 5000
const STATEMENT_MS = 15_000
/** A process that hangs in the middle of a batch loses the sandbox after so long. */
const IDLE_IN_TRANSACTION_MS = 10_000
const OLDEST_VERSION = 15

/** Classes and codes of SQLSTATE that pass by themselves: connection, resources, shutting down or starting, lock not had. */
const PASSING = /^(?:08|53|57P0|55P03|57014|25P03|25P04)/
/** Serialization failure, deadlock, and what two that make the same table or row meet. */
const CONFLICTS = new Set(['40001', '40P01', '23505', '42P07', '42710', 'XX000'])
/** Wrong password or user, no such database, no rights. */
const REFUSED = /^(?:28|3D000|42501|25006)/

/**
 * Connects to a server that speaks PostgreSQL.
 *
 * @throws StoreError that names neither user nor password.
 */
export async function openPostgres(url: string): Promise<Database> {
  const { default: pg } = await import('pg').catch((error: unknown) => {
    throw new StoreError('refused', 'A store in PostgreSQL needs the package pg: npm install pg', { cause: error })
  })
  const name = shownUrl(url)
  const options: ClientConfig = {
    connectionString: withLibpqModes(url),
    application_name: 'koodrive-mock',
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    lock_timeout: LOCK_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
    // Statements of a transaction that wait for no answer go out together.
    pipeline: true,
  }
  const pool = new pg.Pool({ ...options, max: CONNECTIONS })
  // An idle connection that breaks leaves the pool; the next call opens another.
  pool.on('error', () => undefined)
  // One that breaks while it is taken out or given back has no other listener, and would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const database = new Postgres(pool, name)
  try {
    const [row] = await patiently(() => database.query("SELECT current_setting('server_version_num') AS version"))
    const version = Math.floor(Number(row?.['version']) / 10_000)
    if (version < OLDEST_VERSION) {
      // CockroachDB and YugabyteDB tell an older version of PostgreSQL than they are like.
      const [about] = await database.query('SELECT version() AS about')
      if (/^PostgreSQL \S+ (?:on|\()/.test(String(about?.['about'])) && !/-YB-/.test(String(about?.['about']))) {
        throw new StoreError('refused', `${name} is PostgreSQL ${version}; a store needs ${OLDEST_VERSION} or later.`)
      }
    }
    return database
  } catch (error) {
    await pool.end()
    throw error
  }
}

/** A server that is slow to take its first connection gets more than the time of one, which is for calls that wait. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === FIRST_ATTEMPTS || !/timeout/i.test((error as StoreError).message)) throw error
    }
  }
}

class Postgres implements Database {
  readonly isExclusive = false
  readonly name: string
  readonly #pool: Pool

  constructor(pool: Pool, name: string) {
    this.#pool = pool
    this.name = name
  }

  async query(text: string, values?: readonly unknown[]): Promise<readonly Row[]> {
    return this.#withStoreErrors(async () => (await this.#pool.query(text, values as unknown[])).rows)
  }

  async transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    const client = await this.#withStoreErrors(() => this.#pool.connect())
    let isBroken = false
    const onError = () => {
      isBroken = true
    }
    client.on('error', onError)
    let isCommitted = false
    /** The first statement goes out with it; nobody is told of its rows unless the transaction has begun. */
    const begun = client.query('BEGIN')
    begun.catch(() => undefined)
    const query: Queries['query'] = (text, values) =>
      this.#withStoreErrors(async () => {
        const asked = client.query(text, values as unknown[])
        asked.catch(() => undefined)
        await begun
        return (await asked).rows
      })
    const last: Queries['last'] = async (text, values) => {
      await begun
      isCommitted = true
      const asked = client.query(text, values as unknown[])
      const [rows, commit] = await Promise.allSettled([asked, this.#commit(client)])
      // A statement that fails takes the transaction with it; where the connection is lost, both may have been done.
      if (rows.status === 'rejected' && isOfServer(rows.reason)) throw this.#toStoreError(rows.reason)
      if (commit.status === 'rejected') throw commit.reason
      if (rows.status === 'rejected') throw this.#toStoreError(rows.reason)
      return rows.value.rows
    }
    try {
      const result = await work({ query, last })
      if (!isCommitted) {
        await this.#withStoreErrors(() => begun)
        await this.#commit(client)
      }
      return result
    } catch (error) {
      isBroken ||= error instanceof StoreError && error.kind !== 'conflict' && error.kind !== 'damaged'
      if (!isBroken) await client.query('ROLLBACK').catch(onError)
      throw error
    } finally {
      client.off('error', onError)
      client.release(isBroken)
    }
  }

  async close(): Promise<void> {
    if (!this.#pool.ending) await this.#pool.end()
  }

  async #commit(client: PoolClient): Promise<void> {
    try {
      await client.query('COMMIT')
    } catch (error) {
      const { code } = error as { code?: string }
      // A server that answers has not committed; one that does not may have.
      if (code !== undefined && CONFLICTS.has(code)) throw this.#toStoreError(error)
      throw new StoreError('unknown-outcome', `The connection to ${this.name} was lost during a commit.`, {
        cause: error,
      })
    }
  }

  async #withStoreErrors<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw error instanceof StoreError ? error : this.#toStoreError(error)
    }
  }

  #toStoreError(error: unknown): StoreError {
    const { code = '', message, syscall, path } = error as NodeJS.ErrnoException
    if (syscall === 'open') {
      return new StoreError('usage', `The URL of the store ${this.name} names the file ${path}: it cannot be read.`, {
        cause: error,
      })
    }
    if (isMissing(code)) return damaged(this.name, message)
    return new StoreError(kindOf(code, message), `The store ${this.name}: ${explained(code, message)}`, {
      cause: error,
    })
  }
}

/** Whether the server has told an error, rather than that nobody heard of it again. */
const isOfServer = ({ code = '' }: { readonly code?: string }): boolean => /^[0-9A-Z]{5}$/.test(code)

function kindOf(code: string, message: string): StoreErrorKind {
  if (CONFLICTS.has(code)) return 'conflict'
  if (REFUSED.test(code) || /SSL|TLS|certificate|SASL|SCRAM/i.test(message)) return 'refused'
  if (PASSING.test(code) || !isOfServer({ code })) return 'unavailable'
  return 'damaged'
}

/** What to do about an error of the connection or the server, in one line. */
function explained(code: string, message: string): string {
  const said = message.split('\n')[0] ?? ''
  if (code === '28P01' || /SASL|SCRAM/.test(said)) return 'the password or the user is wrong. Check the URL.'
  if (code.startsWith('28')) return `the server does not let this user in (${said}). Check the user and pg_hba.conf.`
  if (code === '3D000') return `${said}. Create it, or check the URL.`
  if (code === '42501') return `${said}. The user needs the right to create tables.`
  if (code === '25006') return 'the server is read-only. Use the primary.'
  if (/does not support SSL/.test(said))
    return 'the server does not take TLS. Use sslmode=disable, or turn TLS on there.'
  if (/certificate|SSL|TLS/i.test(said)) return `TLS failed (${said}). Check sslmode and the certificate.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host. Check the URL.'
  if (code === 'ECONNREFUSED') return 'nobody listens there. Start the database, or check the URL.'
  if (code === 'ENOENT') return 'there is no such socket. Start the database, or check the URL.'
  if (/timeout/i.test(said)) return `it does not answer in time (${said}).`
  if (/terminated unexpectedly/.test(said))
    return `the other side ended the connection. Check that PostgreSQL is there, and its log.`
  return `${said}${code === '' ? '' : ` (${code})`}`
}

/** `sslmode` means what it means to psql and other programs; the library would verify certificates in every mode. */
function withLibpqModes(url: string): string {
  const parsed = new URL(url)
  if (!parsed.searchParams.has('sslmode') || parsed.searchParams.has('uselibpqcompat')) return url
  parsed.searchParams.set('uselibpqcompat', 'true')
  return parsed.href
}

/** A URL without what is secret in it. */
function shownUrl(url: string): string {
  try {
    const { protocol, host, pathname, searchParams } = new URL(url)
    const socket = searchParams.get('host')
    return `${protocol}//${host}${pathname}${socket === null ? '' : `?host=${socket}`}`
  } catch {
    return 'postgres://…'
  }
}
