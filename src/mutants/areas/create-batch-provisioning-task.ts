import { z } from 'zod'
import { authenticate } from '../../server/authentication/authenticate.ts'
import type { Mutation } from '../../server/mutation.ts'
import { Refusal } from '../../server/refusal.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import {
  createBatchProvisioningTask as operation,
  registerUserInfo,
} from '../../spec/operations/create-batch-provisioning-task.ts'
import type { BatchRow, BatchRows } from '../../world/batch/rows.ts'
import { defineMutants } from '../mutant.ts'
import {
  acceptInput,
  changeBody,
  changeContext,
  changeHandler,
  changeResult,
  type Loose,
  leaveOut,
  overlay,
  refuseParameter,
} from '../seams.ts'

const list = documented('createBatch', 'Table 2')
const row = documented('createBatch', 'Table 3')
const answer = documented('createBatch', 'Table 4')
const shortest = inferred('Creating a Batch Provisioning Task, Tables 2 and 3; no page names a shortest value')
const rowByRow = inferred('Creating a Batch Provisioning Task, Table 3; a task may fail the row in place of a refusal')

/** Takes rows whose fields follow other rules. */
const taking = (fields: z.ZodRawShape): Mutation =>
  acceptInput(operation, { body: z.object({ userList: z.array(registerUserInfo().extend(fields)).min(1).max(1000) }) })

/** Takes a list of users that follows another rule. */
const takingList = (userList: z.ZodType): Mutation => acceptInput(operation, { body: z.object({ userList }) })

/** Refuses rows that lack a field which is optional. */
const needing = (field: 'surname' | 'email' | 'password'): Mutation =>
  changeContext(operation, (context) =>
    context.body.userList.every((user) => user[field] !== undefined)
      ? context
      : refuseParameter(`${field} is missing in a row.`),
  )

/** Provisions other rows than those that were submitted. */
const storing = (change: (rows: readonly BatchRow[]) => readonly BatchRow[]): Mutation =>
  changeContext(operation, (context) => ({
    ...context,
    sandbox: overlay(context.sandbox, {
      execute: (type: 'create-task', payload: { userId: string; rows: BatchRows }) =>
        context.sandbox.execute(type, { ...payload, rows: change([...payload.rows]) }),
    }),
  }))

/** Answers with something else in the place of the task id. */
const answering = (change: (id: unknown) => Loose): Mutation =>
  changeBody(operation, ({ data, ...body }) => ({ ...body, ...change(data) }))

const users = z.array(registerUserInfo())

export const createBatchProvisioningTaskMutants = defineMutants('create-batch-provisioning-task', [
  ['list-limit-low', 'a list of 1,000 users is refused', list, takingList(users.min(1).max(999))],
  ['list-limit-high', 'a list of 1,001 users is taken', list, takingList(users.min(1).max(1001))],
  ['list-unlimited', 'a list of users may have any length', list, takingList(users.min(1))],
  ['list-empty-taken', 'an empty list of users is taken', shortest, takingList(users.max(1000))],
  ['list-optional', 'userList may be absent', list, takingList(users.min(1).max(1000).default([]))],
  [
    'list-object-taken',
    'userList may be one user in place of a list',
    list,
    takingList(z.preprocess((value) => (Array.isArray(value) ? value : [value]), users.min(1).max(1000))),
  ],
  ['list-needs-two', 'a list of a single user is refused', list, takingList(users.min(2).max(1000))],
  ['firstname-optional', 'firstname may be absent', row, taking({ firstname: z.string().min(1).default('-') })],
  ['firstname-empty-taken', 'firstname may be empty', shortest, taking({ firstname: z.string() })],
  ['firstname-object-taken', 'firstname may be an object', row, taking({ firstname: z.coerce.string().min(1) })],
  ['phone-optional', 'phone may be absent', rowByRow, taking({ phone: z.string().min(1).default('-') })],
  ['phone-empty-taken', 'phone may be empty', shortest, taking({ phone: z.string() })],
  [
    'phone-made-up',
    'a row without phone gets a phone of its own',
    row,
    taking({ phone: z.string().min(1).default('008613012345678') }),
  ],
  [
    'phone-read-into-object',
    'a phone that is an object stands for a number',
    row,
    taking({ phone: z.union([z.string().min(1), z.looseObject({}).transform(() => '008613012345679')]) }),
  ],
  [
    'phone-object-taken',
    'phone may be an object',
    rowByRow,
    taking({ phone: z.union([z.string().min(1), z.looseObject({}).transform(String)]) }),
  ],
  ['surname-required', 'a row without surname is refused', row, needing('surname')],
  ['email-required', 'a row without email is refused', row, needing('email')],
  ['password-required', 'a row without password is refused', row, needing('password')],
  ['id-missing', 'the answer has no task id', answer, leaveOut(operation, 'data')],
  ['id-null', 'the task id is null', answer, answering(() => ({ data: null }))],
  [
    'id-number',
    'the task id is a number, which loses its last digits',
    answer,
    answering((id) => ({ data: Number(id) })),
  ],
  ['id-nested', 'the task id stands in an object', answer, answering((taskId) => ({ data: { taskId } }))],
  ['id-renamed', 'the task id is called taskId', answer, answering((taskId) => ({ taskId }))],
  [
    'id-repeated',
    'every task has the id of the first',
    answer,
    () => {
      let first: string | undefined
      return changeResult(operation, ({ data }) => {
        first ??= data
        return { data: first }
      })
    },
  ],
  [
    'id-of-nothing',
    'the answer names a task that does not exist',
    answer,
    changeResult(operation, ({ data }) => ({ data: (BigInt(data) + 4_000_000n).toString() })),
  ],
  [
    'repeat-answers-first',
    'a request that is sent again is answered with the task of the first time',
    answer,
    () => {
      const answered = new Map<string, { readonly data: string }>()
      return changeHandler(operation, (handler) => ({
        ...handler,
        handle(context) {
          const key = JSON.stringify(context.body)
          const before = answered.get(key) ?? handler.handle(context)
          answered.set(key, before)
          return before
        },
      }))
    },
  ],
  [
    'refused-and-stored',
    'a batch with a broken row is refused, and its other rows are provisioned all the same',
    inferred('No page says what remains of a refused batch'),
    changeHandler(operation, (handler) => ({
      ...handler,
      operation: {
        ...operation,
        body: z.object({ userList: z.array(z.looseObject({})).min(1).max(1000) }) as unknown as typeof operation.body,
      },
      handle(context) {
        const sound = context.body.userList.filter((user) => registerUserInfo().safeParse(user).success)
        const all = sound.length === context.body.userList.length
        const task = sound.length > 0 ? handler.handle({ ...context, body: { userList: sound } }) : undefined
        return all && task ? task : refuseParameter('a row is broken.')
      },
    })),
  ],
  [
    'last-row-dropped',
    'the last of several rows is not provisioned',
    list,
    storing((rows) => rows.slice(0, Math.max(1, rows.length - 1))),
  ],
  ['batch-cut', 'a batch is cut off after its 500th row', list, storing((rows) => rows.slice(0, 500))],
  [
    'equal-rows-merged',
    'rows of one phone are taken for one row',
    list,
    storing((rows) => rows.filter(({ phone }, at) => rows.findIndex((other) => other.phone === phone) === at)),
  ],
  [
    'body-limit-low',
    'a body of more than 64 KB is refused',
    list,
    () => ({
      async authenticate(world, sandbox, asked, wire) {
        if ((await wire.body()).length <= 64 * 1024) return authenticate(world, sandbox, asked, wire)
        throw new Refusal('bodyTooLarge', { rule: 'mutant', detail: 'The body is larger than 64 KB.' })
      },
    }),
  ],
  [
    'one-task-at-a-time',
    'a second task is refused while one runs',
    list,
    changeContext(operation, (context) => {
      const running = [...context.state.tasks.all()].some(({ settled, total }) => settled < total)
      return running ? refuseParameter('another task runs.') : context
    }),
  ],
  [
    'names-to-ascii',
    'letters of a name beyond ASCII become question marks',
    row,
    storing((rows) => rows.map((each) => ({ ...each, name: each.name.replace(/[^ -~]/gu, '?') }))),
  ],
  [
    'names-cut',
    'a name is cut off at its first letter beyond ASCII',
    row,
    storing((rows) => rows.map((each) => ({ ...each, name: each.name.replace(/[^ -~].*/u, '') }))),
  ],
  [
    'phone-rewritten',
    'a phone is stored without its leading 00',
    documented('listSpaces', 'Table 1, keyWord'),
    storing((rows) => rows.map((row) => ({ ...row, phone: row.phone.replace(/^00/, '') }))),
  ],
  [
    'names-swapped',
    'the name of a user is that of the next row',
    row,
    storing((rows) => rows.map((row, at) => ({ ...row, name: (rows[(at + 1) % rows.length] as BatchRow).name }))),
  ],
  [
    'batch-before-provisioned',
    'a task provisions the users of the batch before it',
    list,
    () => {
      let before: readonly BatchRow[] | undefined
      return storing((rows) => {
        const stored = before ?? rows
        before = rows
        return stored
      })
    },
  ],
])
