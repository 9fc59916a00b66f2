import { damaged, type Queries } from './database.ts'
import type { Batch, NewExchange, SandboxRecord } from './records.ts'

/** Stands for an incarnation in the exchanges that belong to no sandbox. */
export const NOBODY = 'unattributed'

/** Rows and characters or bytes that are written with one statement. */
export const PART_ROWS = 256
const PART_CHARS = 4_000_000

/**
 * Writes what a batch adds to a sandbox that is there.
 *
 * @param isLast Whether the transaction ends with it.
 */
export async function append(
  queries: Queries,
  name: string,
  batch: Batch,
  next: SandboxRecord,
  isLast = false,
): Promise<void> {
  const commands = slices(
    batch.commands.map((command) => JSON.stringify(command)),
    (text) => text.length,
  )
  const exchanges = slices(batch.exchanges, sizeOf)
  const unattributed = slices(batch.unattributed, sizeOf)
  let [sequence, position] = [next.sequence - batch.commands.length, next.exchanges - batch.exchanges.length + 1]
  const count = Math.max(1, commands.length, exchanges.length, unattributed.length)
  for (let part = 0; part < count; part += 1) {
    const [some = [], others = []] = [commands[part], exchanges[part]]
    const keys = part === 0 ? batch.keys : []
    await appendPart(queries, name, {
      id: batch.id,
      next,
      sequence,
      commands: some,
      position,
      exchanges: others,
      unattributed: unattributed[part] ?? [],
      keys,
      isLast: isLast && part === count - 1,
    })
    sequence += some.length
    position += others.length
  }
}

/** One statement: a round trip costs more than what is written. */
async function appendPart(
  queries: Queries,
  name: string,
  { id, next, sequence, commands, position, exchanges, unattributed, keys, isLast }: Part,
): Promise<void> {
  const { requests, cleared, realMs, clock } = next
  const values: unknown[] = [
    next.id,
    next.sequence,
    requests,
    next.exchanges,
    cleared,
    realMs,
    JSON.stringify(clock),
    id,
    next.unattributed,
  ]
  const place = (value: unknown): string => `$${values.push(value)}`
  const exchangeRow = (at: number, { bytes, text, answer }: NewExchange): string =>
    `(${at}::bigint, ${bytes}::bigint, ${place(text)}::text, ${answer === undefined ? 'NULL' : place(answer)}::bytea)`
  const parts: string[] = []
  if (commands.length > 0) {
    const rows = commands.map((text, index) => `(${sequence + index}::bigint, ${place(text)}::text)`)
    parts.push(`INSERT INTO koodrive_mock_commands (incarnation, sequence, batch, command)
      SELECT written.incarnation, new.sequence, written.batch, new.command FROM written,
        (VALUES ${rows.join(', ')}) AS new (sequence, command)`)
  }
  if (exchanges.length > 0) {
    const rows = exchanges.map((exchange, index) => exchangeRow(position + index, exchange))
    parts.push(`INSERT INTO koodrive_mock_exchanges (incarnation, position, real_ms, batch, bytes, exchange, answer)
      SELECT written.incarnation, new.position, written.real_ms, written.batch, new.bytes, new.exchange, new.answer
      FROM written, (VALUES ${rows.join(', ')}) AS new (position, bytes, exchange, answer)`)
  }
  if (unattributed.length > 0) {
    const rows = unattributed.map((exchange) => exchangeRow(exchange.position, exchange))
    parts.push(`INSERT INTO koodrive_mock_exchanges (incarnation, position, real_ms, batch, bytes, exchange, answer)
      SELECT '${NOBODY}', new.position, written.real_ms, written.batch, new.bytes, new.exchange, new.answer
      FROM written, (VALUES ${rows.join(', ')}) AS new (position, bytes, exchange, answer)
      ON CONFLICT (incarnation, position) DO NOTHING`)
  }
  if (keys.length > 0) {
    const rows = keys.map((key) => `(${place(key)}::text)`)
    parts.push(`INSERT INTO koodrive_mock_keys (key, incarnation, sandbox)
      SELECT new.key, written.incarnation, written.id FROM written, (VALUES ${rows.join(', ')}) AS new (key)`)
  }
  const inserts = parts.map((part, index) => `, part${index} AS (${part} RETURNING 1)`)
  const statement = `WITH written AS (
       UPDATE koodrive_mock_sandboxes
       SET sequence = $2, requests = $3, exchanges = $4, cleared = $5, real_ms = $6, clock = $7, batch = $8, unattributed = $9
       WHERE id = $1 RETURNING id, incarnation, real_ms, batch
     )${inserts.join('')} SELECT count(*) AS written FROM written`
  const [row] = isLast && queries.last ? await queries.last(statement, values) : await queries.query(statement, values)
  if (Number(row?.['written']) !== 1) throw damaged(name, `sandbox ${next.id} is gone from koodrive_mock_sandboxes`)
}

/** A part of a batch. */
interface Part extends Pick<Batch, 'id' | 'exchanges' | 'unattributed' | 'keys'> {
  readonly next: SandboxRecord
  readonly isLast: boolean
  /** Of the first command. */
  readonly sequence: number
  readonly commands: readonly string[]
  /** Of the first exchange. */
  readonly position: number
}

const sizeOf = ({ text, answer }: NewExchange): number => text.length + (answer?.length ?? 0)

/** A list in pieces that one statement takes. */
function slices<T>(list: readonly T[], sizeOf: (item: T) => number): T[][] {
  const pieces: T[][] = []
  let size = PART_CHARS
  for (const item of list) {
    const last = pieces.at(-1)
    size += sizeOf(item)
    if (last === undefined || last.length === PART_ROWS || size > PART_CHARS) {
      pieces.push([item])
      size = sizeOf(item)
    } else last.push(item)
  }
  return pieces
}
