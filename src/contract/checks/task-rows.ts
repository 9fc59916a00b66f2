import { isRecord } from '../../client/json.ts'
import { errorEntry } from '../../spec/errors.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import { type Check, type CheckContext, defineCheck } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { fail, skip } from '../outcome.ts'
import { mainRows, mainTask, mainTaskAgain, minimalTask } from '../probes/batch.ts'
import { type TaskHistory, viewOf } from '../probes/tasks.ts'

const { operationId, id } = queryBatchProvisioning
const row = (field: string) => documented('queryBatch', `Table 5, ${field}`)
const EXISTS = String(errorEntry('userExists').code)

/** A task that has ended, with all its rows. */
async function finished(get: CheckContext['get'], probe = mainTask): Promise<TaskHistory> {
  const history = await get(probe)
  return history.isFinished ? history : skip('the task did not end in time')
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

export const taskRowChecks: readonly Check[] = [
  defineCheck({
    id: `${id}.every-phone-once`,
    title: 'MUST show every submitted user exactly once',
    operation: operationId,
    from: row('phone'),
    clause: `${operationId}: registerList[].phone`,
    why: 'A user without a row is neither provisioned nor failed as far as the client can tell.',
    uses: [mainTask],
    async run({ get }) {
      const { last, phones } = await finished(get)
      const shown = last.rows.map(({ phone }) => String(phone))
      const [expected, got] = [[...phones].sort(), [...shown].sort()]
      const at = expected.findIndex((phone, index) => got[index] !== phone)
      if (at < 0 && got.length === expected.length) return
      fail(
        `${phones.length} rows, one for each submitted phone as it was submitted`,
        at >= 0 ? `${got.length} rows; the phones differ at ${expected[at]}` : `${got.length} rows`,
        last.exchange,
      )
    },
  }),
  defineCheck({
    id: `${id}.row-count`,
    title: 'MUST list as many users as were submitted once the task is done',
    operation: operationId,
    from: documented('queryBatch', 'Table 4, registerList'),
    clause: `${operationId}: registerList`,
    why: 'Whoever counts rows to see whether everybody is dealt with must be able to stop.',
    uses: [mainTask],
    async run({ get }) {
      const { last, phones } = await finished(get)
      if (last.rows.length !== phones.length) fail(`${phones.length} rows`, `${last.rows.length}`, last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.row-order`,
    title: 'SHOULD show rows in the order of submission',
    operation: operationId,
    from: inferred('Querying Batch Provisioning, example; the page does not name an order'),
    clause: `${operationId}: registerList`,
    why: 'With two rows of one phone, only the order tells which is which.',
    uses: [mainTask],
    async run({ get }) {
      const { last, phones } = await finished(get)
      const at = last.rows.findIndex(({ phone }, index) => phone !== phones[index])
      if (at >= 0)
        fail(`${phones[at] ?? 'no further row'} at place ${at}`, String(last.rows[at]?.['phone']), last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.rows-stay`,
    title: 'MUST keep the rows that it has shown',
    operation: operationId,
    from: documented('queryBatch', 'Table 4, registerList'),
    clause: `${operationId}: registerList`,
    why: 'A client that processes rows as they come must not see them change.',
    uses: [mainTask, mainTaskAgain],
    async run({ get }) {
      const { polls } = await get(mainTask)
      const all = [...polls, viewOf(await get(mainTaskAgain))]
      for (const [at, before] of all.entries()) {
        const after = all[at + 1]
        if (after !== undefined && after.rows.length < before.rows.length) {
          fail(
            `at least ${before.rows.length} rows`,
            `${after.rows.length} at the next poll`,
            before.exchange,
            after.exchange,
          )
        }
      }
    },
  }),
  defineCheck({
    id: `${id}.subtask-id`,
    title: 'MUST give each row the id of its subtask, or that of the task',
    operation: operationId,
    from: row('id'),
    clause: `${operationId}: registerList[].id`,
    why: 'Table and example differ; an id that is neither names nothing.',
    readings: ['subtask-id'],
    uses: [mainTask],
    async run({ get, learn, undetermined }) {
      const { last, taskId } = await finished(get)
      const ids = last.rows.map((one) => one['id'])
      if (ids.length === 0) return undetermined('subtask-id', 'it needs a task with rows')
      if (ids.every((one) => one === taskId)) return learn('subtask-id', 'task-id')
      if (new Set(ids).size === ids.length) return learn('subtask-id', 'unique')
      fail('an id of its own for each row, or the task id in every row', 'ids that repeat', last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.new-user`,
    title: 'MUST give the id of the new user, and no error code, for a phone that had no user',
    operation: operationId,
    from: row('userId, code, reason'),
    clause: `${operationId}: registerList[].userId`,
    why: 'The id is all that a client can refer to the new user by.',
    uses: [mainTask],
    async run({ get }) {
      const { last } = await finished(get)
      const users = [mainRows.first, mainRows.second, mainRows.last].map((at) => last.rows[at])
      for (const one of users) {
        if (one === undefined) continue
        if (isGiven(one['code']) || isGiven(one['reason'])) {
          fail('no code and no reason', `code ${String(one['code'])}`, last.exchange)
        }
        if (typeof one['userId'] !== 'string' || !/^\d+$/.test(one['userId'])) {
          fail('a userId of decimal digits', `userId ${JSON.stringify(one['userId']) ?? 'absent'}`, last.exchange)
        }
      }
      const ids = users.flatMap((one) => (one === undefined ? [] : [one['userId']]))
      if (new Set(ids).size < ids.length) fail('an id of its own for each new user', 'the same id twice', last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.repeated-phone`,
    title: 'MUST not provision a phone twice in one batch',
    operation: operationId,
    from: example('queryBatch', 'example, second row'),
    clause: `${operationId}: registerList[].code`,
    why: 'Two users with one phone lock each other out.',
    uses: [mainTask],
    async run({ get }) {
      const { last } = await finished(get)
      const [first, again] = [last.rows[mainRows.first], last.rows[mainRows.repeated]]
      if (first === undefined || again === undefined) return
      existing(again, first['userId'], last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.existing-phone`,
    title: 'MUST name the user that a phone already has, with code 40000009 and a reason',
    operation: operationId,
    from: example('queryBatch', 'example, second row'),
    clause: `${operationId}: registerList[].code`,
    why: 'Submitting a batch again is the way to recover from a lost answer; it must find the users of the first time.',
    uses: [mainTask, minimalTask],
    async run({ get }) {
      const before = await finished(get)
      const { last } = await finished(get, minimalTask)
      const [again] = last.rows
      if (again === undefined) return fail('a row for the phone', 'none', last.exchange)
      existing(again, before.last.rows[mainRows.first]?.['userId'], last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.existing-counts`,
    title: 'MUST count an existing phone as skipped, or as failed',
    operation: operationId,
    from: example('queryBatch', 'example, skipCount'),
    clause: `${operationId}: taskInfo.skipCount`,
    why: 'Whoever alarms on failCount must know whether a repetition counts.',
    readings: ['existing-phone'],
    uses: [minimalTask],
    async run({ get, learn }) {
      const { last } = await finished(get, minimalTask)
      const seen = [last.success, last.failed, last.skipped].join()
      if (seen === '0,0,1') return learn('existing-phone', 'skipped')
      if (seen === '0,1,0') return learn('existing-phone', 'failed')
      fail('one skipped or one failed user', `success, fail and skip counts ${seen}`, last.exchange)
    },
  }),
  defineCheck({
    id: `${id}.failed-row`,
    title: 'MUST give code and reason for a row that failed',
    operation: operationId,
    from: row('code and reason, mandatory when the registration fails'),
    clause: `${operationId}: registerList[].reason`,
    why: 'Without them nobody can tell what to correct before submitting again.',
    uses: [mainTask],
    async run({ get }) {
      const { last } = await finished(get)
      for (const one of last.rows) {
        const isFailure = isGiven(one['code']) || isGiven(one['reason']) || !isGiven(one['userId'])
        if (!isFailure) continue
        for (const field of ['code', 'reason'] as const) {
          if (typeof one[field] !== 'string' || one[field].trim() === '') {
            fail(
              `a ${field} in the row of ${String(one['phone'])}`,
              `${JSON.stringify(one[field]) ?? 'none'}`,
              last.exchange,
            )
          }
        }
      }
    },
  }),
  defineCheck({
    id: `${id}.broken-rows-fail`,
    title: 'MAY fail a row whose e-mail address or password breaks the rules',
    operation: operationId,
    from: documented('memberGuide', 'rules of e-mail address and password'),
    clause: `${operationId}: registerList[].code`,
    why: 'A user with an address that cannot exist never gets its invitation.',
    uses: [mainTask],
    async run({ get }) {
      const { last } = await finished(get)
      for (const [at, what] of [
        [mainRows.email, 'the e-mail address no-address'],
        [mainRows.password, 'a password of five letters'],
      ] as const) {
        if (!isGiven(last.rows[at]?.['code'])) fail(`${what} to fail its row`, 'a new user', last.exchange)
      }
    },
  }),
  defineCheck({
    id: `${id}.phone-spellings`,
    title: 'MAY take + and 00 in front of a phone for the same',
    operation: operationId,
    from: inferred('Listing Users, example: phones are stored with 00; reading phone-identity'),
    clause: `${operationId}: registerList[].phone`,
    why: 'Two systems that spell phones differently would provision everybody twice.',
    readings: ['phone-identity'],
    uses: [mainTask],
    async run({ get, learn, undetermined }) {
      const { last } = await finished(get)
      const [plus, zeros] = [last.rows[mainRows.plus], last.rows[mainRows.zeros]]
      if (plus === undefined || zeros === undefined || isGiven(plus['code'])) {
        return undetermined('phone-identity', 'it needs a target that provisions a phone with a leading +')
      }
      if (!isGiven(zeros['code'])) return learn('phone-identity', 'exact')
      if (zeros['code'] === EXISTS) return learn('phone-identity', 'plus-is-00')
      undetermined('phone-identity', `the row in the 00 form ended with code ${String(zeros['code'])}`)
    },
  }),
  defineCheck({
    id: `${id}.phone-form`,
    title: 'MAY fail a row whose phone has no digits',
    operation: operationId,
    from: inferred('Creating a Batch Provisioning Task, Table 3 names no form; reading phone-form'),
    clause: `${operationId}: registerList[].phone`,
    why: 'It decides whether a client must check phones before it submits them.',
    readings: ['phone-form'],
    uses: [mainTask],
    async run({ get, learn, undetermined }) {
      const { last } = await finished(get)
      const row = last.rows[mainRows.noPhone]
      if (row === undefined) return undetermined('phone-form', 'it needs a row for every submitted phone')
      learn('phone-form', isGiven(row['code']) ? 'digits' : 'any')
    },
  }),
  defineCheck({
    id: `${id}.inner-envelope`,
    title: 'MAY repeat code and msg inside data',
    operation: operationId,
    from: example('queryBatch', 'example, data.code'),
    clause: `${operationId}: data`,
    why: 'Table and example differ; a client must not rely on either.',
    readings: ['query-inner-envelope'],
    uses: [mainTaskAgain],
    async run({ get, learn }) {
      const exchange = await get(mainTaskAgain)
      viewOf(exchange)
      const { json } = exchange.response
      const data = isRecord(json) && isRecord(json['data']) ? json['data'] : {}
      learn('query-inner-envelope', data['code'] === undefined && data['msg'] === undefined ? 'absent' : 'present')
    },
  }),
]

/** The row of a phone that has a user: code, reason and the id of that user. */
function existing(one: Readonly<Record<string, unknown>>, owner: unknown, proof: Exchange): void {
  if (one['code'] !== EXISTS) fail(`code ${EXISTS}`, `code ${JSON.stringify(one['code']) ?? 'absent'}`, proof)
  if (!isGiven(one['reason'])) fail('a reason', 'none', proof)
  if (owner !== undefined && one['userId'] !== owner) {
    fail(`the userId ${String(owner)} of the user that has the phone`, `userId ${String(one['userId'])}`, proof)
  }
}
