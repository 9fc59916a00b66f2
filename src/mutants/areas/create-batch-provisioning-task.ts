import { z } from 'zod'
import type { Mutation } from '../../server/mutation.ts'
import { documented } from '../../spec/evidence.ts'
import {
  createBatchProvisioningTask as operation,
  registerUserInfo,
} from '../../spec/operations/create-batch-provisioning-task.ts'
import type { BatchRow, BatchRows } from '../../world/batch/rows.ts'
import { defineMutants } from '../mutant.ts'
import { asked, found, overlay, refuseParameter, routed, said, takes, without } from '../seams.ts'

const list = documented('createBatch', 'Table 2')
const row = documented('createBatch', 'Table 3')
const answer = documented('createBatch', 'Table 4')

/** Takes rows whose fields follow other rules. */
const taking = (fields: z.ZodRawShape): Mutation =>
  takes(operation, { body: z.object({ userList: z.array(registerUserInfo().extend(fields)).min(1).max(1000) }) })

/** Takes a list of users that follows another rule. */
const takingList = (userList: z.ZodType): Mutation => takes(operation, { body: z.object({ userList }) })

/** Refuses rows that lack a field which is optional. */
const needing = (field: 'surname' | 'email' | 'password'): Mutation =>
  asked(operation, (context) =>
    context.body.userList.every((user) => user[field] !== undefined)
      ? context
      : refuseParameter(`${field} is missing in a row.`),
  )

/** Provisions other rows than those that were handed in. */
const storing = (change: (rows: readonly BatchRow[]) => readonly BatchRow[]): Mutation =>
  asked(operation, (context) => ({
    ...context,
    sandbox: overlay(context.sandbox, {
      execute: (type: 'create-task', payload: { userId: string; rows: BatchRows }) =>
        context.sandbox.execute(type, { ...payload, rows: change([...payload.rows]) }),
    }),
  }))

const users = z.array(registerUserInfo())

export const createBatchProvisioningTaskMutants = defineMutants('create-batch-provisioning-task', [
  ['list-limit-low', 'a list of 1,000 users is refused', list, () => takingList(users.min(1).max(999))],
  ['list-limit-high', 'a list of 1,001 users is taken', list, () => takingList(users.min(1).max(1001))],
  ['list-unlimited', 'a list of users may have any length', list, () => takingList(users.min(1))],
  ['list-empty-taken', 'an empty list of users is taken', list, () => takingList(users.max(1000))],
  ['list-optional', 'userList may be absent', list, () => takingList(users.min(1).max(1000).default([]))],
  [
    'list-object-taken',
    'userList may be one user in place of a list',
    list,
    () => takingList(z.preprocess((value) => (Array.isArray(value) ? value : [value]), users.min(1).max(1000))),
  ],
  ['list-needs-two', 'a list of a single user is refused', list, () => takingList(users.min(2).max(1000))],
  ['firstname-optional', 'firstname may be absent', row, () => taking({ firstname: z.string().min(1).default('-') })],
  ['firstname-empty-taken', 'firstname may be empty', row, () => taking({ firstname: z.string() })],
  ['firstname-object-taken', 'firstname may be an object', row, () => taking({ firstname: z.coerce.string().min(1) })],
  ['phone-optional', 'phone may be absent', row, () => taking({ phone: z.string().min(1).default('-') })],
  ['phone-empty-taken', 'phone may be empty', row, () => taking({ phone: z.string() })],
  [
    'phone-object-taken',
    'phone may be an object',
    row,
    () => taking({ phone: z.union([z.string().min(1), z.looseObject({}).transform(String)]) }),
  ],
  ['surname-required', 'a row without surname is refused', row, () => needing('surname')],
  ['email-required', 'a row without email is refused', row, () => needing('email')],
  ['password-required', 'a row without password is refused', row, () => needing('password')],
  ['id-missing', 'the answer has no task id', answer, () => said(operation, (body) => without(body, 'data'))],
  ['id-null', 'the task id is null', answer, () => said(operation, (body) => ({ ...body, data: null }))],
  [
    'id-number',
    'the task id is a number, which loses its last digits',
    answer,
    () => said(operation, (body) => ({ ...body, data: Number(body['data']) })),
  ],
  [
    'id-nested',
    'the task id stands in an object',
    answer,
    () => said(operation, ({ data, ...body }) => ({ ...body, data: { taskId: data } })),
  ],
  [
    'id-renamed',
    'the task id is called taskId',
    answer,
    () => said(operation, ({ data, ...body }) => ({ ...body, taskId: data })),
  ],
  [
    'id-repeated',
    'every task has the id of the first',
    answer,
    () => {
      let first: string | undefined
      return found(operation, ({ data }) => {
        first ??= data
        return { data: first }
      })
    },
  ],
  [
    'id-of-nothing',
    'the answer names a task that does not exist',
    answer,
    () => found(operation, ({ data }) => ({ data: (BigInt(data) + 4_000_000n).toString() })),
  ],
  [
    'refused-and-stored',
    'a batch with a broken row is refused, and its other rows are provisioned all the same',
    row,
    () =>
      routed(operation, (handler) => ({
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
    () => storing((rows) => rows.slice(0, Math.max(1, rows.length - 1))),
  ],
  [
    'phone-rewritten',
    'a phone is stored without its leading 00',
    row,
    () => storing((rows) => rows.map((row) => ({ ...row, phone: row.phone.replace(/^00/, '') }))),
  ],
  [
    'names-swapped',
    'the name of a user is that of the row behind it',
    row,
    () => storing((rows) => rows.map((row, at) => ({ ...row, name: (rows[(at + 1) % rows.length] as BatchRow).name }))),
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
