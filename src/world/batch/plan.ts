import type { Scenario } from '../../scenarios/schema.ts'
import { type MagicPhone, magicPhone } from './magic-phones.ts'
import type { Plan } from './task.ts'

type Batch = NonNullable<Scenario['batch']>

/** What a scenario or a reserved phone says of a row. */
export type RowEffect = MagicPhone

/** Rows settled per virtual second unless a scenario or a flag says otherwise. */
export const DEFAULT_ROWS_PER_SECOND = 500

/** The effect of a row: the first rule that matches, then the reserved phones. */
export function effectOf(batch: Batch, row: number, phone: string): RowEffect | undefined {
  const rule = batch.rules?.find(
    ({ rows }) =>
      (rows.every === undefined || (row + 1) % rows.every === 0) &&
      (rows.from === undefined || row >= rows.from) &&
      (rows.phone === undefined || phone.includes(rows.phone)),
  )
  if (rule !== undefined) return rule
  return batch.magicPhones === false ? undefined : magicPhone(phone)
}

/** Writes the plan of a task that is created now. */
export function createPlan(batch: Batch, rowsPerSecond: number, now: number, phones: readonly string[]): Plan {
  const startsAt = now + (batch.startDelaySeconds ?? 0) * 1000
  const usualMs = 1000 / rowsPerSecond
  const steady = (row: number): number => startsAt + (row + 1) * usualMs
  const lengths = phones.map((phone, row) => effectOf(batch, row, phone)?.seconds)
  if (lengths.every((seconds) => seconds === undefined))
    return { startsAt, dueAt: limited(batch, phones.length, steady) }
  let due = startsAt
  const dues = lengths.map((seconds) => {
    due += seconds === undefined ? usualMs : seconds * 1000
    return due
  })
  return { startsAt, dueAt: limited(batch, phones.length, (row) => dues[row] ?? due) }
}

/** A task that stops after some rows never comes to the next. */
function limited({ stopAfterRows, stopAfterFraction }: Batch, rows: number, dueAt: Plan['dueAt']): Plan['dueAt'] {
  const never = Number.POSITIVE_INFINITY
  const stop = Math.min(stopAfterRows ?? never, stopAfterFraction === undefined ? never : stopAfterFraction * rows)
  return (row) => (row + 1 > stop ? never : dueAt(row))
}
