import { z } from 'zod'
import type { Mutation } from '../../server/mutation.ts'
import type { OperationContext } from '../../server/operation-handler.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import {
  importUserInfo,
  importUserVerifyResult,
  preverifyBatchImport as operation,
} from '../../spec/operations/preverify-batch-import.ts'
import { int64, toIdText } from '../../spec/schemas.ts'
import { defineMutants } from '../mutant.ts'
import {
  acceptInput,
  changeBody,
  changeContext,
  changeHandler,
  changeResult,
  fieldMutants,
  type Loose,
  leaveOut,
  overlay,
  without,
} from '../seams.ts'

const parameter = documented('preverify', 'Table 2')
const row = documented('preverify', 'Table 3')
const data = documented('preverify', 'Table 4')
const result = documented('preverify', 'Table 5')
const page = documented('preverify', 'Function')
const bounds = inferred('Pre-verification API, Table 3 names no bounds; those of the member guide are of the console')
const verdictForRefusal = inferred('Pre-verification API, Table 3; a row may fail in place of a refusal')
const values = inferred('Pre-verification API, example: isSuccess 0; no page says what another value means')
const names = inferred('Pre-verification API, Table 3, targetDeptName; an import may create departments')
const unknown = inferred('The error table has a code for it: ErrorCode, row 13000309')

const body = operation.body

type Context = OperationContext<typeof operation>
type Body = Context['body']
type Row = Body['users'][number]
type Verdict = { isSuccess: number; reason?: string | undefined }
const failed = ({ isSuccess }: Verdict): boolean => isSuccess === 1

/** Takes a body whose fields follow other rules. */
const taking = (fields: z.ZodRawShape): Mutation => acceptInput(operation, { body: body.extend(fields) })

/** Takes rows whose fields follow other rules. */
const takingRows = (fields: z.ZodRawShape): Mutation => taking({ users: z.array(importUserInfo().extend(fields)) })

/** Changes the verdicts on the rows. */
const judged = (change: (verdicts: readonly Verdict[], rows: readonly Row[]) => readonly object[]): Mutation =>
  changeResult(operation, ({ data: verdicts }, { body: { users } }) => ({ data: change(verdicts, users) }))

/** Changes the verdict on each row. */
const judgedEach = (change: (verdict: Verdict) => object): Mutation => judged((verdicts) => verdicts.map(change))

/** Changes some fields of the verdicts on rows that failed. */
const judgedFailed = (change: Partial<Verdict>): Mutation =>
  judgedEach((verdict) => (failed(verdict) ? { ...verdict, ...change } : verdict))

/** Lets rows pass to which something applies. */
const passes = (applies: (row: Row) => boolean): Mutation =>
  judged((verdicts, rows) =>
    verdicts.map((verdict, at) => {
      const user = rows[at]
      return user !== undefined && applies(user) ? { isSuccess: 0 } : verdict
    }),
  )

/** Changes each verdict in the dialect of the readings. */
const changeEachVerdict = (change: (verdict: Loose) => Loose): Mutation =>
  changeBody(operation, ({ data: verdicts, ...rest }) =>
    Array.isArray(verdicts) ? { ...rest, data: verdicts.map(change) } : rest,
  )

/** Takes `curDeptId` for another department than the one it names. */
const departmentTaken = (change: (context: Context) => string): Mutation =>
  changeContext(operation, (context) => ({ ...context, body: { ...context.body, curDeptId: BigInt(change(context)) } }))

export const preverifyBatchImportMutants = defineMutants('preverify-batch-import', [
  ['department-optional', 'curDeptId may be absent', parameter, withRootFor(int64.optional())],
  ['department-text-taken', 'curDeptId may be a string', parameter, withRootFor(z.union([int64, z.string()]))],
  ['users-optional', 'users may be absent', parameter, taking({ users: z.array(importUserInfo()).default([]) })],
  [
    'users-object-taken',
    'users may be one user in place of a list',
    parameter,
    taking({ users: z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(importUserInfo())) }),
  ],
  ['capacity-optional', 'personalCapacity may be absent', row, takingRows({ personalCapacity: int64.default(0) })],
  [
    'capacity-text-taken',
    'personalCapacity may be a string',
    verdictForRefusal,
    takingRows({ personalCapacity: z.union([int64, z.string()]) }),
  ],
  [
    'capacity-text-passes',
    'a row whose personalCapacity is a string passes',
    row,
    takingRows({ personalCapacity: z.union([int64, z.string().transform(() => 0)]) }),
  ],
  [
    'allocate-optional',
    'isAllocateCapacity may be absent',
    row,
    takingRows({ isAllocateCapacity: z.boolean().default(false) }),
  ],
  [
    'allocate-text-taken',
    'isAllocateCapacity may be a string',
    row,
    takingRows({ isAllocateCapacity: z.union([z.boolean(), z.string().transform((text) => text === 'true')]) }),
  ],
  [
    'department-name-required',
    'a row without targetDeptName is refused',
    row,
    takingRows({ targetDeptName: z.string() }),
  ],
  [
    'department-rounded',
    'curDeptId loses its last digits on the way in',
    parameter,
    departmentTaken(({ body: { curDeptId } }) => String(BigInt(Number(curDeptId)))),
  ],
  [
    'department-compared-rounded',
    'curDeptId is looked up as a double',
    parameter,
    departmentTaken(({ body: { curDeptId }, state: { directory } }) => {
      const all = directory.departments.all().map(({ id }) => id)
      return all.find((id) => Number(id) === Number(curDeptId)) ?? toIdText(curDeptId)
    }),
  ],
  [
    'department-unknown-taken',
    'an unknown curDeptId stands for the root department',
    unknown,
    departmentTaken(({ body: { curDeptId }, state: { directory } }) => {
      const id = toIdText(curDeptId)
      return directory.departments.find(id) === undefined ? directory.root.id : id
    }),
  ],
  ...fieldMutants('a verdict', importUserVerifyResult(), changeEachVerdict),
  ['data-missing', 'the answer has no data', data, leaveOut(operation, 'data')],
  [
    'data-keyed',
    'data is an object with the number of each row as its key',
    data,
    changeBody(operation, (answer) => ({ ...answer, data: { ...(answer['data'] as object[]) } })),
  ],
  [
    'verdict-boolean',
    'isSuccess is true or false',
    result,
    changeEachVerdict((verdict) => ({ ...verdict, isSuccess: verdict['isSuccess'] === 0 })),
  ],
  ['verdict-two', 'isSuccess of a failed row is 2', values, judgedFailed({ isSuccess: 2 })],
  ['reason-absent', 'a failed row has no reason', result, judgedEach((verdict) => without(verdict, 'reason'))],
  ['reason-empty', 'the reason of a failed row is empty', result, judgedFailed({ reason: '' })],
  [
    'order-reversed',
    'verdicts come in the reverse order of the rows',
    data,
    judged((verdicts) => [...verdicts].reverse()),
  ],
  [
    'last-verdict-lost',
    'the last row of several has no verdict',
    data,
    judged((verdicts) => (verdicts.length > 1 ? verdicts.slice(0, -1) : verdicts)),
  ],
  ['verdicts-cut', 'rows after the hundredth have no verdict', data, judged((verdicts) => verdicts.slice(0, 100))],
  [
    'verdict-repeated',
    'the last verdict comes twice',
    data,
    judged((verdicts) => [...verdicts, ...verdicts.slice(-1)]),
  ],
  [
    'stops-at-first-failure',
    'rows after the first failed one have no verdict',
    data,
    judged((verdicts) => {
      const at = verdicts.findIndex(failed)
      return at < 0 ? verdicts : verdicts.slice(0, at + 1)
    }),
  ],
  ['failures-only', 'rows that passed have no verdict', data, judged((verdicts) => verdicts.filter(failed))],
  ['everything-passes', 'every row passes', row, passes(() => true)],
  ['everything-fails', 'every row fails', row, judgedEach(() => ({ isSuccess: 1, reason: 'refused' }))],
  [
    'one-failure-fails-all',
    'one bad row lets the others fail as well',
    data,
    judged((verdicts) => {
      const failure = verdicts.find(failed)
      return failure === undefined ? verdicts : verdicts.map(() => failure)
    }),
  ],
  [
    'department-name-unchecked',
    'a row for an unknown department passes',
    names,
    changeContext(operation, (context) => ({
      ...context,
      body: withRows(context.body, (user) => ({ ...user, targetDeptName: undefined })),
    })),
  ],
  [
    'unallocated-capacity-passes',
    'a row with capacity passes although none is allocated',
    row,
    passes((user) => !user.isAllocateCapacity && Number(user.personalCapacity) !== 0 && !user.targetDeptName),
  ],
  [
    'zero-capacity-passes',
    'a row without capacity passes although some is allocated',
    bounds,
    passes((user) => user.isAllocateCapacity && Number(user.personalCapacity) === 0),
  ],
  [
    'negative-capacity-passes',
    'a row with negative capacity passes',
    bounds,
    passes((user) => Number(user.personalCapacity) < 0),
  ],
  [
    'free-capacity-unchecked',
    'rows pass that exceed the free capacity',
    bounds,
    changeContext(operation, (context) => ({
      ...context,
      state: overlay(context.state, {
        directory: overlay(context.state.directory, { freeCapacityGb: Number.POSITIVE_INFINITY }),
      }),
    })),
  ],
  [
    'adds-a-user',
    'the call adds a user',
    page,
    changeResult(operation, (verdicts, { sandbox, userId, state }) => {
      const phone = `008613777${String(state.directory.size).padStart(6, '0')}`
      sandbox.execute('create-task', { userId, rows: [{ phone, name: 'Preverified' }] })
      return verdicts
    }),
  ],
])

const withRows = (before: Body, change: (user: Row) => Row): Body => ({ ...before, users: before.users.map(change) })

/** Takes whatever a schema allows for `curDeptId`; what is no number stands for the root department. */
function withRootFor(curDeptId: z.ZodType): Mutation {
  const wide = { ...operation, body: body.extend({ curDeptId }) as unknown as typeof body }
  return changeHandler(operation, (handler) => ({
    ...handler,
    operation: wide,
    handle(context) {
      const given: unknown = context.body.curDeptId
      const id = /^\d{1,19}$/.test(String(given)) ? String(given) : context.state.directory.root.id
      return handler.handle({ ...context, body: { ...context.body, curDeptId: BigInt(id) } })
    },
  }))
}
