import { isRecord, toJson } from '../../shared/json.ts'
import { errorEntry } from '../../spec/errors.ts'
import { limits } from '../../spec/limits.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { given } from '../judge.ts'
import { skip } from '../outcome.ts'
import { defineProbe, derivedProbe, maybe, type Probe } from '../probe.ts'
import { requestFor, signed } from '../request-spec.ts'
import { usersByRole } from './access.ts'
import { mainTask } from './main-task.ts'
import { single } from './single.ts'
import {
  announce,
  createProbe,
  finished,
  hasFailed,
  type SubmittedUser,
  type TaskHistory,
  taskQuestion,
  userOf,
  viewOf,
  watchProbe,
} from './tasks.ts'

const EXISTS = String(errorEntry('userExists').code)
/** Rows of the small pages of the task. */
export const PAGE_SIZE = 3
const MAX_PAGES = 6

/** The pages of the finished task, by their cursors. */
export interface PageWalk {
  readonly pages: readonly {
    readonly exchange: Exchange
    readonly rows: readonly Readonly<Record<string, unknown>>[]
  }[]
  /** The cursor of the last page that was read: undefined when it has none. */
  readonly rest: string | undefined
  readonly history: TaskHistory
}

/** The first page of the finished task, by cursor 0. */
export const firstPage = taskQuestion('batch.first-page', mainTask, (task) => finished(task).taskId, {
  cursor: '0',
  pageSize: String(PAGE_SIZE),
})

export const pageWalk: Probe<PageWalk> = defineProbe<PageWalk>({
  id: 'batch.pages',
  operation: 'queryBatchProvisioning',
  safety: 'read',
  needs: ['signature', 'writes'],
  uses: [mainTask, firstPage],
  requests: [
    {
      method: queryBatchProvisioning.method,
      path: queryBatchProvisioning.path,
      query: `taskId={task}&cursor={cursor}&pageSize=${PAGE_SIZE}`,
      times: [0, MAX_PAGES],
    },
  ],
  async run({ get, send }) {
    const history = await get(mainTask)
    const start = await get(firstPage)
    const pages = [{ exchange: start, rows: viewOf(start).rows }]
    let cursor = cursorOf(start)
    while (cursor !== undefined && pages.length < MAX_PAGES) {
      const query = { taskId: history.taskId, cursor, pageSize: String(PAGE_SIZE) }
      const exchange: Exchange = await send(requestFor(queryBatchProvisioning, signed, { query }))
      pages.push({ exchange, rows: viewOf(exchange).rows })
      cursor = cursorOf(exchange)
    }
    return { pages, rest: cursor, history }
  },
})

/** The cursor of the next page as a string; undefined on the last page. */
export function cursorOf(exchange: Exchange): string | undefined {
  const { data } = given(exchange, queryBatchProvisioning.operationId)
  const cursor = isRecord(data) ? data['nextPageCursor'] : undefined
  return cursor === undefined || cursor === null ? undefined : String(cursor)
}

export const malformedCursor = taskQuestion('batch.malformed-cursor', mainTask, ({ taskId }) => taskId, {
  cursor: 'no-cursor',
})

/** A batch whose second row has no phone; to be refused as a whole. */
export const createBroken = single({
  id: 'batch.create-broken',
  operation: createBatchProvisioningTask,
  needs: ['signature', 'writes'],
  safety: 'write',
  uses: [mainTask],
  build(context) {
    const { facts } = context
    const whole = userOf(facts, 20, { firstname: `${facts.prefix}broken` })
    const userList = [whole, { firstname: `${facts.prefix}nobody` }]
    announce(context, userList, 'a batch with a row without phone; to be refused')
    return requestFor(createBatchProvisioningTask, signed, { body: toJson({ userList }) })
  },
})

/** A second task: one row with no more than the mandatory fields, and a phone that has a user by now. */
export const createMinimal = createProbe({
  id: 'batch.create-minimal',
  note: 'a phone of the first task again',
  uses: [mainTask, createBroken],
  users: ({ prefix, phone }) => [{ firstname: `${prefix}u0`, phone: phone(0) }],
  // After the broken batch: whatever that may have created is there when this task has ended.
  auth: async ({ get }) => {
    await get(mainTask)
    await get(createBroken).catch(() => undefined)
    return signed
  },
})
export const minimalTask = watchProbe('batch.watch-minimal', createMinimal, { isPatient: true })

/** The same request once more. */
export const createAgain = createProbe({
  id: 'batch.create-again',
  note: 'the same batch once more',
  uses: [minimalTask],
  users: ({ prefix, phone }) => [{ firstname: `${prefix}u0`, phone: phone(0) }],
  auth: async ({ get }) => {
    await get(minimalTask)
    return signed
  },
})

/**
 * Whether the row of a batch that a target took although it should not have failed in its task: told only when the
 * batch was taken. A row of a phone that exists is skipped for that, and says nothing of the rest.
 */
export function rowFails(create: Probe<Exchange>): Probe<boolean> {
  const watch = maybe(watchProbe(`${create.id}.task`, create, { isPatient: true }))
  return derivedProbe<boolean>({
    id: `${create.id}.row-fails`,
    operation: 'queryBatchProvisioning',
    needs: ['signature', 'writes'],
    uses: [watch],
    async run({ get }) {
      const { last } = finished(await get(watch))
      const [row] = last.rows
      return row !== undefined && hasFailed(row) && String(row['code']) !== EXISTS
    },
  })
}

/** A thousand of them are more than 64 KB, and less than a shell takes in one argument. */
const largeRow = ({ prefix, phone }: { prefix: string; phone: (n: number) => string }): SubmittedUser => ({
  firstname: `${prefix}u0`,
  phone: phone(0),
  email: `${prefix}u0@example.com`,
})

/** A thousand rows that create nobody: all of one phone that has a user. */
const manyRows =
  (count: number) =>
  ({ prefix, phone }: { prefix: string; phone: (n: number) => string }) =>
    Array.from({ length: count }, () => largeRow({ prefix, phone }))

const printRows =
  (count: number) =>
  ({ prefix, phone }: { prefix: string; phone: (n: number) => string }) =>
    `node -p 'JSON.stringify({userList:Array(${count}).fill(${JSON.stringify(largeRow({ prefix, phone }))})})'`

export const createLargest = createProbe({
  id: 'batch.create-largest',
  note: `${limits.userListMax} rows of a phone that exists`,
  uses: [mainTask],
  users: manyRows(limits.userListMax),
  shellBody: printRows(limits.userListMax),
})
export const largestTask = watchProbe('batch.watch-largest', createLargest, { pageSize: 1, isPatient: true })

/** The largest task without pageSize: the default page holds all of it. */
export const largestPage = taskQuestion('batch.largest-page', largestTask, ({ taskId, isFinished }) =>
  isFinished ? taskId : skip('the task of 1,000 rows did not end in time'),
)

export const createTooLarge = createProbe({
  id: 'batch.create-too-large',
  note: `${limits.userListMax + 1} rows of a phone that exists; to be refused`,
  uses: [mainTask],
  users: manyRows(limits.userListMax + 1),
  shellBody: printRows(limits.userListMax + 1),
})

/** A task in the name of an administrator of another department. Readings provisioned-department, provisioning-role. */
export const createByOther = createProbe({
  id: 'batch.create-by-other',
  note: 'a task in the name of a department administrator',
  uses: [mainTask, usersByRole],
  users: (facts) => [userOf(facts, 30)],
  async auth({ get }) {
    const { departmentAdministrator } = await get(usersByRole)
    if (departmentAdministrator === undefined) {
      return skip('it needs an administrator of a department that is not the root one')
    }
    return { scheme: 'signature', userId: departmentAdministrator.userId }
  },
})
export const taskByOther = watchProbe('batch.watch-by-other', createByOther, { isPatient: true })
