import type { RowRule, Scenario } from '../../scenarios/scenario.ts'
import type { PackedRows } from './rows.ts'

/** Rows that come within this time settle together, at the end of the last of them. */
const TOGETHER_MS = 10
/** Phones 19990000000 to 19990000999, with or without the country. */
const RESERVED = /^(?:\+86|0086)?19990000(\d{3})$/

type Batch = NonNullable<Scenario['batch']>

/** What a scenario or a reserved phone says of a row. */
export type RowEffect = MagicPhone

/** The effect of a row: the first rule that matches, then the reserved phones, if there may be any. */
export function effectOf(batch: Batch, row: number, rows: PackedRows, hasMagic: boolean): RowEffect | undefined {
  if (batch.rules !== undefined) {
    const phone = rows.phoneAt(row)
    const rule = batch.rules.find(
      ({ rows: { every, from, phone: part } }) =>
        (every === undefined || (row + 1) % every === 0) &&
        (from === undefined || row >= from) &&
        (part === undefined || phone.includes(part)),
    )
    if (rule !== undefined) return rule
  }
  return hasMagic && batch.magicPhones !== false ? magicPhone(rows.phoneAt(row)) : undefined
}

/** When the rows of a task are due: virtual epoch milliseconds, never decreasing. */
export class Plan {
  readonly startsAt: number
  readonly #rows: number
  readonly #rowMs: number
  readonly #together: number
  /** Rows that are ever due. */
  readonly #reached: number
  /** Milliseconds to the end of each row when rows differ. */
  readonly #ends: Float64Array | undefined

  constructor(startsAt: number, rows: number, rowMs: number, reached = Number.POSITIVE_INFINITY, ends?: Float64Array) {
    this.startsAt = startsAt
    this.#rows = rows
    this.#rowMs = rowMs
    this.#together = Math.max(1, Math.floor(TOGETHER_MS / rowMs))
    this.#reached = reached
    this.#ends = ends
  }

  dueAt(row: number): number {
    if (row >= this.#reached) return Number.POSITIVE_INFINITY
    if (this.#ends !== undefined) return this.startsAt + (this.#ends[row] as number)
    return this.startsAt + this.#groupEnd(row) * this.#rowMs
  }

  /** The row behind those that are due together with a row. */
  dueTogether(row: number): number {
    return this.#ends === undefined ? Math.min(this.#groupEnd(row), this.#reached) : row + 1
  }

  #groupEnd(row: number): number {
    return Math.min((Math.floor(row / this.#together) + 1) * this.#together, this.#rows)
  }
}

/** Writes the plan of a task that is created now; `hasMagic` when some of its phones may be reserved ones. */
export function createPlan(
  batch: Batch,
  rowsPerSecond: number,
  now: number,
  rows: PackedRows,
  hasMagic: boolean,
): Plan {
  const startsAt = now + (batch.startDelaySeconds ?? 0) * 1000
  const rowMs = 1000 / rowsPerSecond
  return new Plan(startsAt, rows.length, rowMs, rowsReached(batch, rows.length), endsOf(batch, rowMs, rows, hasMagic))
}

function endsOf(batch: Batch, rowMs: number, rows: PackedRows, hasMagic: boolean): Float64Array | undefined {
  if (batch.rules === undefined && !hasMagic) return undefined
  const ends = new Float64Array(rows.length)
  let end = 0
  for (let row = 0; row < rows.length; row += 1) {
    const seconds = effectOf(batch, row, rows, hasMagic)?.seconds
    end += seconds === undefined ? rowMs : seconds * 1000
    ends[row] = end
  }
  return ends
}

/** A task that stops after some rows never comes to the next. */
function rowsReached({ stopAfterRows, stopAfterFraction }: Batch, rows: number): number {
  const never = Number.POSITIVE_INFINITY
  const fraction = stopAfterFraction === undefined ? never : Math.floor(stopAfterFraction * rows)
  return Math.min(stopAfterRows ?? never, fraction)
}

/** What a reserved phone does to its row; `skip` names an existing user whoever that is. */
interface MagicPhone {
  readonly outcome: RowRule['outcome'] | 'skip'
  readonly error?: RowRule['error'] | undefined
  readonly seconds?: number | undefined
}

/** What every reserved phone contains. */
export const MAGIC_PART = '19990000'

/**
 * The effect of a reserved phone: …009 is skipped as existing, …102 fails on its parameters, …311 fails for want of
 * space, …500 fails the whole task, …6nn takes nn seconds. Others just succeed.
 */
function magicPhone(phone: string): MagicPhone | undefined {
  const suffix = RESERVED.exec(phone)?.[1]
  if (suffix === undefined) return undefined
  if (suffix === '009') return { outcome: 'skip' }
  if (suffix === '102') return { outcome: 'fail', error: 'verifyParametersFailed' }
  if (suffix === '311') return { outcome: 'fail', error: 'insufficientSpace' }
  if (suffix === '500') return { outcome: 'task-fails', error: 'innerServerInvokeFailure' }
  if (suffix.startsWith('6')) return { outcome: 'success', seconds: Number(suffix.slice(1)) }
  return { outcome: 'success' }
}
