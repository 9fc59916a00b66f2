import { errorEntry } from '../../spec/errors.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import { asks, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { innerOf } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { minimalTask } from '../probes/batch.ts'
import { mainRow, mainRows, mainTask, mainTaskAgain } from '../probes/main-task.ts'
import { finished, hasFailed, isGiven, viewOf } from '../probes/tasks.ts'

const { operationId, id } = queryBatchProvisioning
const row = (field: string) => documented('queryBatch', `Table 5, ${field}`)
const EXISTS = String(errorEntry('userExists').code)

/** Checks of what became of each submitted user. */
export const taskOutcomeChecks = checksOf(operationId, [
  {
    id: `${id}.new-user`,
    title: 'give the id of the new user, and no error code, for a phone that had no user',
    from: row('userId, code, reason'),
    clause: `${operationId}: registerList[].userId`,
    why: 'The id is all that a client can refer to the new user by.',
    ...asks([mainTask], ([task], { facts }) => {
      const history = finished(task)
      const { last } = history
      const users = [mainRows.first, mainRows.second, mainRows.last].map((at) => mainRow(history, at, facts))
      const [first] = users
      if (first !== undefined && users.every((one) => one !== undefined && wasRefused(one))) {
        skip(
          `the target provisions nobody with a phone such as ${facts.phone(0)} (code ${first['code']}); --phone-prefix gives others`,
        )
      }
      for (const [at, one] of users.entries()) {
        if (one === undefined) continue
        // Its name is long and of several scripts: a target may have rules for names that no page lists.
        if (at === users.length - 1 && wasRefused(one)) continue
        // The phones were drawn for the run, but only the target knows whether one has a user.
        if (String(one['code']) === EXISTS && isGiven(one['userId'])) {
          skip(`the target says that the phone ${String(one['phone'])} has a user already`)
        }
        if (hasFailed(one)) {
          fail('no code', `code ${String(one['code'])}`, last.exchange)
        }
        if (typeof one['userId'] !== 'string' || one['userId'].trim() === '') {
          fail('a userId', `userId ${JSON.stringify(one['userId']) ?? 'absent'}`, last.exchange)
        }
      }
      const ids = users.flatMap((one) => (one === undefined ? [] : [one['userId']]))
      if (new Set(ids).size < ids.length) fail('an id of its own for each new user', 'the same id twice', last.exchange)
    }),
  },
  {
    id: `${id}.repeated-phone`,
    title: 'not provision a phone twice in one batch',
    from: example('queryBatch', 'example, second row'),
    clause: `${operationId}: registerList[].code`,
    why: 'Two users with one phone lock each other out.',
    ...asks([mainTask], ([task], { facts }) => {
      const history = finished(task)
      const [first, again] = [mainRows.first, mainRows.repeated].map((at) => mainRow(history, at, facts))
      if (first === undefined || again === undefined) return skip('the task has no two rows of one phone')
      if (wasRefused(first)) return skip('the target provisioned nobody under that phone')
      existing(again, first['userId'], history.last.exchange)
    }),
  },
  {
    id: `${id}.existing-phone`,
    title: 'name the user that a phone already has, with code 40000009 and a reason',
    from: example('queryBatch', 'example, second row'),
    clause: `${operationId}: registerList[].code`,
    why: 'Submitting a batch again is the way to recover from a lost answer; it must find the users of the first time.',
    uses: [mainTask, minimalTask],
    async run({ get, facts }) {
      const before = mainRow(finished(await get(mainTask)), mainRows.first, facts)
      if (before !== undefined && wasRefused(before)) return skip('the target provisioned nobody under that phone')
      const { last } = finished(await get(minimalTask))
      const [again] = last.rows
      if (again === undefined) return fail('a row for the phone', 'none', last.exchange)
      existing(again, before?.['userId'], last.exchange)
    },
  },
  {
    id: `${id}.existing-counts`,
    title: 'count an existing phone as skipped, or as failed',
    from: example('queryBatch', 'example, skipCount'),
    clause: `${operationId}: taskInfo.skipCount`,
    why: 'Whoever alarms on failCount must know whether a repetition counts.',
    readings: ['existing-phone'],
    ...asks([minimalTask], ([task], { learn }) => {
      const { last } = finished(task)
      const seen = [last.success, last.failed, last.skipped].join()
      if (seen === '0,0,1') return learn('existing-phone', 'skipped')
      if (seen === '0,1,0') return learn('existing-phone', 'failed')
      fail('one skipped or one failed user', `success, fail and skip counts ${seen}`, last.exchange)
    }),
  },
  {
    id: `${id}.failed-row`,
    title: 'give code and reason for a row that failed',
    from: row('code and reason, mandatory when the registration fails'),
    clause: `${operationId}: registerList[].reason`,
    why: 'Without them nobody can tell what to correct before submitting again.',
    ...asks([mainTask], ([task]) => {
      const { last } = finished(task)
      for (const one of last.rows) {
        const isFailure = hasFailed(one) || !isGiven(one['userId'])
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
    }),
  },
  {
    id: `${id}.broken-rows-fail`,
    title: 'fail a row whose e-mail address or password breaks the rules',
    from: documented('memberGuide', 'rules of e-mail address and password; the API pages name none'),
    clause: `${operationId}: registerList[].code`,
    why: 'A user with an address that cannot exist never gets its invitation.',
    ...asks([mainTask], ([task], { facts }) => {
      const history = finished(task)
      for (const [at, what] of [
        [mainRows.email, 'the e-mail address no-address'],
        [mainRows.password, 'a password of five letters'],
      ] as const) {
        const one = mainRow(history, at, facts)
        if (one === undefined) return skip('the target takes no batch with such a row')
        if (!hasFailed(one)) fail(`${what} to fail its row`, 'a new user', history.last.exchange)
      }
    }),
  },
  {
    id: `${id}.phone-spellings`,
    title: 'take + and 00 in front of a phone for the same',
    from: inferred('Listing Users, example: phones are stored with 00; reading phone-identity'),
    clause: `${operationId}: registerList[].phone`,
    why: 'Two systems that spell phones differently would provision everybody twice.',
    readings: ['phone-identity'],
    ...asks([mainTask], ([task], { facts, learn, undetermined }) => {
      const history = finished(task)
      const [plus, zeros] = [mainRows.plus, mainRows.zeros].map((at) => mainRow(history, at, facts))
      if (plus === undefined || zeros === undefined || hasFailed(plus)) {
        return undetermined('phone-identity', 'it needs a target that provisions a phone with a leading +')
      }
      if (!hasFailed(zeros)) return learn('phone-identity', 'exact')
      if (zeros['code'] === EXISTS) return learn('phone-identity', 'plus-is-00')
      undetermined('phone-identity', `the row in the 00 form ended with code ${String(zeros['code'])}`)
    }),
  },
  {
    id: `${id}.phone-form`,
    title: 'fail a row whose phone has no digits',
    from: inferred('Creating a Batch Provisioning Task, Table 3 names no form; reading phone-form'),
    clause: `${operationId}: registerList[].phone`,
    why: 'It decides whether a client must check phones before it submits them.',
    readings: ['phone-form'],
    ...asks([mainTask], ([task], { facts, learn, undetermined }) => {
      const one = mainRow(finished(task), mainRows.noPhone, facts)
      if (one === undefined) return undetermined('phone-form', 'it needs a row for every submitted phone')
      learn('phone-form', hasFailed(one) ? 'digits' : 'any')
    }),
  },
  {
    id: `${id}.inner-envelope`,
    title: 'repeat code and msg inside data',
    from: inferred(
      'Querying Batch Provisioning, Table 4 lists neither; the example has both; reading query-inner-envelope',
    ),
    clause: `${operationId}: data`,
    why: 'Table and example differ; a client must not rely on either.',
    readings: ['query-inner-envelope'],
    ...asks([mainTaskAgain], ([exchange], { learn }) => {
      viewOf(exchange)
      const data = innerOf(exchange)
      learn('query-inner-envelope', data['code'] === undefined && data['msg'] === undefined ? 'absent' : 'present')
    }),
  },
])

/** A row that failed for itself: a code, and nobody provisioned. */
const wasRefused = (one: Readonly<Record<string, unknown>>): boolean => hasFailed(one) && !isGiven(one['userId'])

/** The row of a phone that has a user: code, reason and the id of that user. */
function existing(one: Readonly<Record<string, unknown>>, owner: unknown, proof: Exchange): void {
  if (one['code'] !== EXISTS) fail(`code ${EXISTS}`, `code ${JSON.stringify(one['code']) ?? 'absent'}`, proof)
  if (!isGiven(one['reason'])) fail('a reason', 'none', proof)
  if (owner !== undefined && one['userId'] !== owner) {
    fail(`the userId ${String(owner)} of the user that has the phone`, `userId ${String(one['userId'])}`, proof)
  }
}
