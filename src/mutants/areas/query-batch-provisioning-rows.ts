import type { Mutation } from '../../server/mutation.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning, registerListRow } from '../../spec/operations/query-batch-provisioning.ts'
import { defineMutants } from '../mutant.ts'
import { changeBody, fieldMutants, type Loose, without } from '../seams.ts'
import {
  changeRows,
  changeSettledRows,
  changeTask,
  changeTaskData,
  type SettledRow,
  type TaskData,
} from '../task-seam.ts'

const row = documented('queryBatch', 'Table 5')
const data = documented('queryBatch', 'Table 4')
const shown = example('queryBatch')
const stays = documented('queryBatch', 'Table 5')
const order = inferred('A cursor keeps its place in a growing list only when rows keep the order of submission')

/** Changes each row in the dialect of the readings. */
const changeEachRow = (change: (row: Loose) => Loose) =>
  changeBody(queryBatchProvisioning, ({ data: inner, ...body }) => {
    const { registerList, ...rest } = inner as Loose
    return {
      ...body,
      data: { ...rest, ...(Array.isArray(registerList) && { registerList: registerList.map(change) }) },
    }
  })

type Row = TaskData['registerList'][number]

/** Changes rows of phones that have a user. */
const changeExisting = (change: (row: Row) => object): Mutation =>
  changeRows((each) => (each.code === '40000009' ? change(each) : each))

/** Changes rows that went well. */
const changeSucceeded = (change: (row: Row) => object): Mutation =>
  changeRows((each) => (each.code === undefined ? change(each) : each))

/** Shows only rows that ended in a certain way, or in any other. */
const showing = (isShown: (outcome: SettledRow['result']['outcome']) => boolean): Mutation =>
  changeSettledRows((rows) => rows.filter(({ result }) => isShown(result.outcome)))

/** A user id that nobody has. */
const OTHER_USER = '1008600000999999999'

/** Turns rows that were skipped into successes, counts included. */
const succeeding = (applies: (row: SettledRow, before: readonly SettledRow[]) => boolean) =>
  changeTask((task) => {
    const rows = task.results.map((result, at) => ({ result, phone: task.rows.phoneAt(at) }))
    const counts = { ...task.counts }
    const results = rows.map((settled, at) => {
      const { result } = settled
      if (result.outcome !== 'existing' || !applies(settled, rows.slice(0, at))) return result
      counts.existing -= 1
      counts.success += 1
      return { outcome: 'success', userId: (BigInt(task.id) + 2_000_000n + BigInt(at)).toString() }
    })
    return { resultAt: (row: number) => results[row], counts }
  })

const isRepeated = ({ phone }: SettledRow, before: readonly SettledRow[]): boolean =>
  before.some((earlier) => earlier.phone === phone)

/** Changes the rows in another way at every poll. */
function perPoll(change: (rows: readonly Row[], poll: number) => readonly object[]): Mutation {
  let polls = 0
  return changeTaskData((found) => {
    polls += 1
    return { ...found, registerList: change(found.registerList, polls) }
  })
}

/** Rows that begin at another one each time. */
const turned = (rows: readonly Row[], poll: number): readonly Row[] => {
  const from = rows.length === 0 ? 0 : poll % rows.length
  return [...rows.slice(from), ...rows.slice(0, from)]
}

export const queryRowMutants = defineMutants('query-batch-provisioning', [
  [
    'list-missing',
    'the answer has no registerList although rows are settled',
    data,
    changeBody(queryBatchProvisioning, (body) => ({ ...body, data: without(body['data'] as Loose, 'registerList') })),
  ],
  [
    'list-keyed',
    'registerList is an object keyed by phone',
    data,
    changeBody(queryBatchProvisioning, ({ data: inner, ...body }) => {
      const { registerList, ...rest } = inner as Loose
      const rows = Array.isArray(registerList) ? (registerList as Loose[]) : []
      const keyed = Object.fromEntries(rows.map((each) => [String(each['phone']), each]))
      return { ...body, data: { ...rest, registerList: keyed } }
    }),
  ],
  ...fieldMutants('a row of registerList', registerListRow(), changeEachRow, 'row-'),
  [
    'rows-reversed',
    'rows come in the reverse order of submission',
    order,
    changeSettledRows((rows) => [...rows].reverse()),
  ],
  [
    'rows-sorted-by-outcome',
    'rows that went well come first',
    order,
    changeSettledRows((rows) => [
      ...rows.filter(({ result }) => result.outcome === 'success'),
      ...rows.filter(({ result }) => result.outcome !== 'success'),
    ]),
  ],
  ['row-lost', 'the last row is never shown', data, changeSettledRows((rows) => rows.slice(0, -1))],
  ['row-repeated', 'the first row is shown twice', data, changeSettledRows((rows) => [...rows.slice(0, 1), ...rows])],
  ['failures-only', 'rows that went well are not shown', data, showing((outcome) => outcome !== 'success')],
  [
    'successes-only',
    'rows that were skipped or failed are not shown',
    data,
    showing((outcome) => outcome === 'success'),
  ],
  [
    'skipped-left-out',
    'rows of phones that have a user are not shown',
    shown,
    showing((outcome) => outcome !== 'existing'),
  ],
  ['rows-turn', 'rows come in another order at every poll', data, () => perPoll(turned)],
  [
    'row-ids-renewed',
    'rows have other ids at every poll',
    stays,
    () => perPoll((rows, poll) => rows.map((each, at) => ({ ...each, id: `${poll}${String(at).padStart(12, '0')}` }))),
  ],
  [
    'users-renewed',
    'users have other ids at every poll',
    stays,
    () =>
      perPoll((rows, poll) =>
        rows.map((each) =>
          each.userId === undefined ? each : { ...each, userId: `${BigInt(each.userId) + BigInt(poll)}` },
        ),
      ),
  ],
  [
    'phones-move',
    'rows exchange their phones from poll to poll',
    stays,
    () =>
      perPoll((rows, poll) =>
        rows.map((each, at) => ({ ...each, phone: turned(rows, poll)[at]?.phone ?? each.phone })),
      ),
  ],
  [
    'phone-masked',
    'the phone of a row is masked',
    shown,
    changeRows((each) => ({ ...each, phone: each.phone.replace(/(\d{3})\d{4}/, '$1****') })),
  ],
  [
    'phone-of-first',
    'every row shows the phone of the first',
    row,
    changeSettledRows((rows) => rows.map((each) => ({ ...each, phone: rows[0]?.phone ?? '' }))),
  ],
  ['row-id-constant', 'every row has the id 1', row, changeRows((each) => ({ ...each, id: '1' }))],
  [
    'existing-succeeds',
    'a phone that has a user succeeds again',
    shown,
    succeeding((settled, before) => !isRepeated(settled, before)),
  ],
  ['repeated-succeeds', 'a phone that is twice in a batch succeeds twice', shown, succeeding(isRepeated)],
  ['existing-code-absent', 'an existing phone has no code', shown, changeExisting((each) => without(each, 'code'))],
  [
    'existing-code-other',
    'an existing phone has the code of a bad parameter',
    shown,
    changeExisting((each) => ({ ...each, code: '13000102' })),
  ],
  ['existing-reason-absent', 'an existing phone has no reason', row, changeExisting((each) => without(each, 'reason'))],
  [
    'existing-reason-empty',
    'the reason of an existing phone is empty',
    row,
    changeExisting((each) => ({ ...each, reason: '' })),
  ],
  [
    'existing-user-absent',
    'an existing phone comes without the id of its user',
    shown,
    changeExisting((each) => without(each, 'userId')),
  ],
  [
    'existing-user-other',
    'an existing phone names another user than the one it has',
    shown,
    changeExisting((each) => ({ ...each, userId: OTHER_USER })),
  ],
  [
    'success-code',
    'a row that went well has the code of an existing user',
    row,
    changeSucceeded((each) => ({ ...each, code: '40000009', reason: 'The user already exists.' })),
  ],
  ['success-user-absent', 'a new user comes without its id', row, changeSucceeded((each) => without(each, 'userId'))],
  [
    'success-user-constant',
    'every new user has the same id',
    row,
    changeSucceeded((each) => ({ ...each, userId: OTHER_USER })),
  ],
  [
    'success-user-rounded',
    'the id of a user is rounded to a double',
    row,
    changeRows((each) => (each.userId === undefined ? each : { ...each, userId: String(BigInt(Number(each.userId))) })),
  ],
])
