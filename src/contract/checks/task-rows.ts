import { documented, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import { asks, checksOf } from '../check.ts'
import { fail, skip } from '../outcome.ts'
import { mainTask, mainTaskAgain } from '../probes/main-task.ts'
import { finished, isGiven, isMasked, type PolledTask, samePhones, storedPhone, viewOf } from '../probes/tasks.ts'

const { operationId, id } = queryBatchProvisioning
const row = (field: string) => documented('queryBatch', `Table 5, ${field}`)

/** What a row says of its user once it is settled: none of it can become untrue. */
const FIXED = ['phone', 'userId', 'code'] as const

/** A row with an id of its own that says something else at the next poll, or none at all. */
function changedRow(before: PolledTask, after: PolledTask): [expected: string, got: string] | undefined {
  const later = new Map(after.rows.map((row) => [row['id'], row]))
  if (later.size < after.rows.length) return lostRow(before, after)
  for (const row of before.rows) {
    const now = later.get(row['id'])
    if (now === undefined) return [`the row with id ${String(row['id'])} of the poll before`, 'no row with that id']
    const field = FIXED.find((name) => isGiven(row[name]) && String(now[name]) !== String(row[name]))
    if (field !== undefined) return [`${field} ${String(row[field])} in row ${String(row['id'])}`, String(now[field])]
  }
  return undefined
}

/** The same where rows share one id: by all that they say. */
function lostRow(before: PolledTask, after: PolledTask): [expected: string, got: string] | undefined {
  const key = (row: Readonly<Record<string, unknown>>): string => FIXED.map((name) => String(row[name] ?? '')).join(' ')
  const later = after.rows.map(key)
  for (const row of before.rows) {
    const at = later.indexOf(key(row))
    if (at < 0) return [`the row ${key(row)} of the poll before`, 'no such row']
    later.splice(at, 1)
  }
  return undefined
}

export const taskRowChecks = checksOf(operationId, [
  {
    id: `${id}.every-phone-once`,
    title: 'show every submitted user exactly once',
    from: row('phone'),
    clause: `${operationId}: registerList[].phone`,
    why: 'A user without a row is neither provisioned nor failed as far as the client can tell.',
    ...asks([mainTask], ([task]) => {
      const { last, phones } = finished(task)
      if (last.rows.some(({ phone }) => isMasked(phone))) skip('the target masks the phones of the rows')
      const shown = last.rows.map(({ phone }) => storedPhone(phone))
      const [expected, got] = [phones.map(storedPhone).sort(), shown.sort()]
      const at = expected.findIndex((phone, index) => got[index] !== phone)
      if (at < 0 && got.length === expected.length) return
      fail(
        `${phones.length} rows, one for each submitted phone`,
        at >= 0 ? `${got.length} rows; the phones differ at ${expected[at]}` : `${got.length} rows`,
        last.exchange,
      )
    }),
  },
  {
    id: `${id}.row-count`,
    title: 'list as many users as were submitted once the task is done',
    from: documented('queryBatch', 'Table 4, registerList'),
    clause: `${operationId}: registerList`,
    why: 'Whoever counts rows to see whether everybody is dealt with must be able to stop.',
    ...asks([mainTask], ([task]) => {
      const { last, phones } = finished(task)
      if (last.rows.length !== phones.length) fail(`${phones.length} rows`, `${last.rows.length}`, last.exchange)
    }),
  },
  {
    id: `${id}.row-order`,
    title: 'show rows in the order of submission',
    from: inferred('Querying Batch Provisioning, example; the page does not name an order'),
    clause: `${operationId}: registerList`,
    why: 'With two rows of one phone, only the order tells which is which.',
    ...asks([mainTask], ([task]) => {
      const { last, phones } = finished(task)
      const at = last.rows.findIndex(({ phone }, index) => !samePhones(phone, phones[index]))
      if (at >= 0)
        fail(`${phones[at] ?? 'no further row'} at place ${at}`, String(last.rows[at]?.['phone']), last.exchange)
    }),
  },
  {
    id: `${id}.rows-stay`,
    title: 'keep the rows that it has shown as they are',
    from: documented('queryBatch', 'Tables 4 and 5, registerList'),
    clause: `${operationId}: registerList`,
    why: 'A client that processes rows as they come must not see them change.',
    ...asks([mainTask, mainTaskAgain], ([{ polls }, again]) => {
      const all = [...polls, viewOf(again)]
      for (const [at, before] of all.entries()) {
        const after = all[at + 1]
        if (after === undefined) continue
        if (after.rows.length < before.rows.length) {
          fail(
            `at least ${before.rows.length} rows`,
            `${after.rows.length} at the next poll`,
            before.exchange,
            after.exchange,
          )
        }
        const changed = changedRow(before, after)
        if (changed !== undefined) fail(...changed, before.exchange, after.exchange)
      }
    }),
  },
  {
    id: `${id}.subtask-id`,
    title: 'give each row the id of its subtask, or that of the task',
    from: row('id'),
    clause: `${operationId}: registerList[].id`,
    why: 'Table and example differ; an id that is neither names nothing.',
    readings: ['subtask-id'],
    ...asks([mainTask], ([task], { learn, undetermined }) => {
      const { last, taskId } = finished(task)
      const ids = last.rows.map((one) => one['id'])
      if (ids.length === 0) return undetermined('subtask-id', 'it needs a task with rows')
      if (ids.every((one) => one === taskId)) return learn('subtask-id', 'task-id')
      if (new Set(ids).size === ids.length) return learn('subtask-id', 'unique')
      fail('an id of its own for each row, or the task id in every row', 'ids that repeat', last.exchange)
    }),
  },
])
