import type { ClockState } from '../world/clock.ts'
import type { Command } from '../world/commands.ts'
import type { SandboxConfig } from '../world/config.ts'
import { append, NOBODY, PART_ROWS } from './append.ts'
import { type Database, damaged, type Queries, type Row, type StoreError } from './database.ts'
import type { Batch, SandboxRecord, StoredExchange } from './records.ts'
import { lacks, migrate, newerStore, refuseHalf, SCHEMA_VERSION } from './schema.ts'

/** Commands that are read at a time. */
const PAGE = 2000

const COLUMNS =
  'id, incarnation, config, made_ms, sequence, requests, exchanges, cleared, real_ms, clock, batch, unattributed'
const NOW_MS = 'CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)'

/** Where a sandbox is in its history. */
export type Standing = Pick<
  SandboxRecord,
  'id' | 'incarnation' | 'sequence' | 'exchanges' | 'cleared' | 'realMs' | 'unattributed'
>

/** A sandbox that nobody else changes until the transaction ends. */
export interface Locked {
  readonly record: SandboxRecord | undefined
  /** Real time of the database in epoch milliseconds. */
  readonly nowMs: number
}

/** Sandboxes, their commands and exchanges in SQL. The one place that knows the tables. */
export class Store {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** @throws StoreError */
  static async open(database: Database, logVersion: number): Promise<Store> {
    await migrate(database, logVersion)
    await refuseHalf(database)
    return new Store(database)
  }

  get isExclusive(): boolean {
    return this.#database.isExclusive
  }

  get name(): string {
    return this.#database.name
  }

  transaction<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.#database.transaction(work)
  }

  close(): Promise<void> {
    return this.#database.close()
  }

  /** Reads without a transaction: for a store that nobody else uses. */
  get queries(): Queries {
    return this.#database
  }

  /** Writes a batch in a transaction of its own. */
  async writeAlone(batch: Batch): Promise<void> {
    const { previous, next, dropUpTo, unattributedUpTo } = batch
    const length = batch.commands.length + batch.exchanges.length + batch.unattributed.length
    const isKept = next !== undefined && previous?.incarnation === next.incarnation
    const isPlain = length <= PART_ROWS && isKept && dropUpTo === undefined && unattributedUpTo === undefined
    if (isPlain) await append(this.#database, this.name, batch, next)
    else await this.transaction((queries) => this.write(queries, batch))
  }

  /** @throws StoreError when the database does not answer. */
  async ping(): Promise<void> {
    await this.#database.query('SELECT 1 AS one')
  }

  /** Where every sandbox is. */
  async standings(): Promise<readonly Standing[]> {
    const rows = await this.#database.query(
      `SELECT id, incarnation, sequence, exchanges, cleared, real_ms, unattributed FROM koodrive_mock_sandboxes
       ORDER BY made_ms, id`,
    )
    return rows.map(toStanding)
  }

  /** The sandbox that an AppId, a token or a code belongs to. */
  async sandboxOfKey(key: string): Promise<string | undefined> {
    const [row] = await this.#database.query('SELECT sandbox FROM koodrive_mock_keys WHERE key = $1', [key])
    return row === undefined ? undefined : String(row['sandbox'])
  }

  /**
   * Reads a sandbox and keeps everybody else from changing it until the transaction ends.
   *
   * @param known What is known of it already: a configuration stays the same, and is not read again.
   * @throws StoreError when a newer mock has brought the schema up to date meanwhile.
   */
  async lock(queries: Queries, id: string, known?: SandboxRecord): Promise<Locked> {
    // What is asked of it was there before: others that write meanwhile do not matter.
    const about = `(SELECT version FROM koodrive_mock_schema WHERE one = 1) AS version, ${NOW_MS} AS now_ms,
      EXISTS (SELECT 1 FROM koodrive_mock_keys WHERE incarnation = $1) AS has_keys,
      EXISTS (SELECT 1 FROM koodrive_mock_commands WHERE incarnation = $1 AND sequence = $2) AS has_commands`
    const values = [known?.incarnation ?? '', (known?.sequence ?? 0) - 1]
    const [locked] = await queries.query(
      `SELECT ${COLUMNS.replace('config', "CASE WHEN incarnation = $1 THEN '' ELSE config END AS config")}, ${about}
       FROM koodrive_mock_sandboxes WHERE id = $3 FOR UPDATE`,
      [...values, id],
    )
    const row = locked ?? (await queries.query(`SELECT ${about}`, values))[0]
    if (typeof row?.['version'] !== 'string' && typeof row?.['version'] !== 'number') {
      throw this.#damaged('the table koodrive_mock_schema is empty')
    }
    const version = Number(row['version'])
    if (version > SCHEMA_VERSION) throw newerStore(this.name, version)
    if (locked === undefined && row['has_keys'] === true) {
      throw this.#damaged(`sandbox ${id} is gone from koodrive_mock_sandboxes, and its keys are not`)
    }
    if (known !== undefined && locked?.['incarnation'] === known.incarnation) {
      if (row['has_keys'] !== true) throw lacks(this.name, id, 'keys')
      if (known.sequence > 0 && row['has_commands'] !== true) throw lacks(this.name, id, 'commands')
    }
    return { record: locked && toRecord(locked, known), nowMs: Number(row['now_ms']) }
  }

  /**
   * The commands of a sandbox from a sequence number on.
   *
   * @throws StoreError `damaged` when some are missing.
   */
  async *commands(queries: Queries, record: SandboxRecord, from: number): AsyncIterable<readonly Command[]> {
    for (let next = from; next < record.sequence; ) {
      const rows = await queries.query(
        `SELECT sequence, command FROM koodrive_mock_commands
         WHERE incarnation = $1 AND sequence >= $2 AND sequence < $3 ORDER BY sequence`,
        [record.incarnation, next, Math.min(record.sequence, next + PAGE)],
      )
      if (rows.length === 0 || rows.some((row, index) => Number(row['sequence']) !== next + index)) {
        throw this.#damaged(`commands of sandbox ${record.id} are missing from ${next} on`)
      }
      next += rows.length
      yield rows.map((row) => JSON.parse(String(row['command'])) as Command)
    }
  }

  /** The exchanges of a sandbox, or of none, behind a position, oldest first. */
  async exchanges(
    queries: Queries,
    { incarnation, cleared }: Pick<SandboxRecord, 'incarnation' | 'cleared'> = { incarnation: NOBODY, cleared: 0 },
    behind = 0,
  ): Promise<StoredExchange[]> {
    const rows = await queries.query(
      `SELECT position, exchange, answer FROM koodrive_mock_exchanges
       WHERE incarnation = $1 AND position > $2 ORDER BY position`,
      [incarnation, Math.max(cleared, behind)],
    )
    return rows.map((row) => ({
      position: Number(row['position']),
      text: String(row['exchange']),
      answer: (row['answer'] as Uint8Array | null) ?? undefined,
    }))
  }

  /** Writes a batch into the sandbox that is locked. */
  async write(queries: Queries, batch: Batch): Promise<void> {
    const { previous, next } = batch
    if (previous !== undefined && previous.incarnation !== next?.incarnation) await this.#remove(queries, previous)
    if (next === undefined) return
    if (previous === undefined || previous.incarnation !== next.incarnation) await this.#insert(queries, next)
    const { dropUpTo, unattributedUpTo } = batch
    await append(queries, this.name, batch, next, dropUpTo === undefined && unattributedUpTo === undefined)
    await this.#drop(queries, next.incarnation, dropUpTo)
    await this.#drop(queries, NOBODY, unattributedUpTo)
  }

  /** Exchanges that belong to no sandbox: how many there are, and the number of the last one. */
  async unattributedStanding(queries: Queries): Promise<{ readonly count: number; readonly last: number }> {
    const [row] = await queries.query(
      'SELECT count(*) AS count, max(position) AS last FROM koodrive_mock_exchanges WHERE incarnation = $1',
      [NOBODY],
    )
    return { count: Number(row?.['count']), last: Number(row?.['last'] ?? 0) }
  }

  async #drop(queries: Queries, incarnation: string, upTo: number | undefined): Promise<void> {
    if (upTo === undefined) return
    const statement = 'DELETE FROM koodrive_mock_exchanges WHERE incarnation = $1 AND position <= $2'
    await queries.query(statement, [incarnation, upTo])
  }

  /**
   * Whether a batch is in the store, now that the sandbox is locked: `free` when it is not and nothing came behind it.
   */
  async outcomeOf(
    queries: Queries,
    batch: Batch,
    found: SandboxRecord | undefined,
  ): Promise<'stored' | 'free' | 'lost'> {
    const { previous, next, id } = batch
    if (found?.batch === id || (found === undefined && next === undefined)) return 'stored'
    if (found?.batch === previous?.batch && found?.incarnation === previous?.incarnation) return 'free'
    if (found?.incarnation !== next?.incarnation || next === undefined) return 'lost'
    // Somebody else has written since: what it wrote stands behind what this batch wrote, or in its place.
    const [row] = await queries.query(
      `SELECT 1 AS one FROM koodrive_mock_commands WHERE incarnation = $1 AND sequence = $2 AND batch = $3
       UNION ALL SELECT 1 FROM koodrive_mock_exchanges WHERE incarnation = $1 AND position = $4 AND batch = $3`,
      [next.incarnation, next.sequence - 1, id, next.exchanges],
    )
    return row === undefined ? 'lost' : 'stored'
  }

  /** Lets the oldest exchanges go when there are too many bytes of them over all, or of one sandbox. */
  async trim(maxBytes: number): Promise<void> {
    const [row] = await this.#database.query('SELECT coalesce(sum(bytes), 0) AS bytes FROM koodrive_mock_exchanges')
    if (Number(row?.['bytes']) > maxBytes / 2) await this.#dropOldest(maxBytes)
    if (!this.isExclusive) return
    // A server does both by itself; PGlite would let tables and its log of changes grow for ever.
    await this.#database.query('VACUUM koodrive_mock_exchanges')
    await this.#database.query('CHECKPOINT')
  }

  async #dropOldest(maxBytes: number): Promise<void> {
    await this.#database.query(
      `DELETE FROM koodrive_mock_exchanges WHERE (incarnation, position) IN (
         SELECT incarnation, position FROM (
           SELECT incarnation, position,
             sum(bytes) OVER (ORDER BY real_ms DESC, incarnation, position DESC) AS newer,
             sum(bytes) OVER (PARTITION BY incarnation ORDER BY position DESC) AS own
           FROM koodrive_mock_exchanges
         ) AS counted WHERE newer > $1 OR own > $2
       )`,
      [maxBytes, maxBytes / 2],
    )
  }

  async #remove(queries: Queries, { id, incarnation }: SandboxRecord): Promise<void> {
    for (const table of ['commands', 'exchanges', 'keys']) {
      await queries.query(`DELETE FROM koodrive_mock_${table} WHERE incarnation = $1`, [incarnation])
    }
    await queries.query('DELETE FROM koodrive_mock_sandboxes WHERE id = $1', [id])
  }

  async #insert(queries: Queries, next: SandboxRecord): Promise<void> {
    const { id, incarnation, config, madeMs } = next
    await queries.query(
      `INSERT INTO koodrive_mock_sandboxes (${COLUMNS}) VALUES ($1, $2, $3, $4, 0, 0, 0, 0, $4, '', '', 0)`,
      [id, incarnation, JSON.stringify(config), madeMs],
    )
  }

  #damaged(what: string): StoreError {
    return damaged(this.name, what)
  }
}

const toStanding = (row: Row): Standing => ({
  id: String(row['id']),
  incarnation: String(row['incarnation']),
  sequence: Number(row['sequence']),
  exchanges: Number(row['exchanges']),
  cleared: Number(row['cleared']),
  realMs: Number(row['real_ms']),
  unattributed: Number(row['unattributed']),
})

const toRecord = (row: Row, known?: SandboxRecord): SandboxRecord => ({
  ...toStanding(row),
  config:
    known !== undefined && known.incarnation === row['incarnation']
      ? known.config
      : (JSON.parse(String(row['config'])) as SandboxConfig),
  madeMs: Number(row['made_ms']),
  requests: Number(row['requests']),
  clock: JSON.parse(String(row['clock'])) as ClockState,
  batch: String(row['batch']),
})
