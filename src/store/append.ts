import { damaged, type Queries } from './database.ts'
import type { Batch, SandboxRecord } from './records.ts'

/** Stands for an incarnation in the exchanges that belong to no sandbox. */
export const NOBODY = 'unattributed'

/** Rows and characters that are written with one statement. */
export const PART_ROWS = 256
const PART_CHARS = 4_000_000

/** Writes what a batch adds to a sandbox that is there. */
export async function append(queries: Queries, name: string, batch: Batch, next: SandboxRecord): Promise<void> {
  const commands = slices(
    batch.commands.map((command) => JSON.stringify(command)),
    (text) => text.length,
  )
  const exchanges = slices(batch.exchanges, ({ text }) => text.length)
  const unattributed = slices(batch.unattributed, ({ text }) => text.length)
  let [sequence, position] = [next.sequence - batch.commands.length, next.exchanges - batch.exchanges.length + 1]
  for (let part = 0; part < Math.max(1, commands.length, exchanges.length, unattributed.length); part += 1) {
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
    })
    sequence += some.length
    position += others.length
  }
}

/** One statement: a round trip costs more than what is written. */
async function appendPart(
  queries: Queries,
  name: string,
  { id, next, sequence, commands, position, exchanges, unattributed, keys }: Part,
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
  const parts: string[] = []
  if (commands.length > 0) {
    const rows = commands.map((text, index) => `(${sequence + index}::bigint, ${place(text)}::text)`)
    parts.push(`INSERT INTO koodrive_mock_commands (incarnation, sequence, batch, command)
      SELECT written.incarnation, new.sequence, written.batch, new.command FROM written,
        (VALUES ${rows.join(', ')}) AS new (sequence, command)`)
  }
  if (exchanges.length > 0) {
    const rows = exchanges.map(
      ({ bytes, text }, index) => `(${position + index}::bigint, ${bytes}::bigint, ${place(text)}::text)`,
    )
    parts.push(`INSERT INTO koodrive_mock_exchanges (incarnation, position, real_ms, batch, bytes, exchange)
      SELECT written.incarnation, new.position, written.real_ms, written.batch, new.bytes, new.exchange FROM written,
        (VALUES ${rows.join(', ')}) AS new (position, bytes, exchange)`)
  }
  if (unattributed.length > 0) {
    const rows = unattributed.map(
      ({ position: number, bytes, text }) => `(${number}::bigint, ${bytes}::bigint, ${place(text)}::text)`,
    )
    parts.push(`INSERT INTO koodrive_mock_exchanges (incarnation, position, real_ms, batch, bytes, exchange)
      SELECT '${NOBODY}', new.position, written.real_ms, written.batch, new.bytes, new.exchange FROM written,
        (VALUES ${rows.join(', ')}) AS new (position, bytes, exchange)
      ON CONFLICT (incarnation, position) DO NOTHING`)
  }
  if (keys.length > 0) {
    const rows = keys.map((key) => `(${place(key)}::text)`)
    parts.push(`INSERT INTO koodrive_mock_keys (key, incarnation, sandbox)
      SELECT new.key, written.incarnation, written.id FROM written, (VALUES ${rows.join(', ')}) AS new (key)`)
  }
  const inserts = parts.map((part, index) => `, part${index} AS (${part} RETURNING 1)`)
  const [row] = await queries.query(
    `WITH written AS (
       UPDATE koodrive_mock_sandboxes
       SET sequence = $2, requests = $3, exchanges = $4, cleared = $5, real_ms = $6, clock = $7, batch = $8, unattributed = $9
       WHERE id = $1 RETURNING id, incarnation, real_ms, batch
     )${inserts.join('')} SELECT count(*) AS written FROM written`,
    values,
  )
  if (Number(row?.['written']) !== 1) throw damaged(name, `sandbox ${next.id} is gone from koodrive_mock_sandboxes`)
}

/** A part of a batch. */
interface Part extends Pick<Batch, 'id' | 'exchanges' | 'unattributed' | 'keys'> {
  readonly next: SandboxRecord
  /** Of the first command. */
  readonly sequence: number
  readonly commands: readonly string[]
  /** Of the first exchange. */
  readonly position: number
}

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
