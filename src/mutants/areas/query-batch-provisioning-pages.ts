import { z } from 'zod'
import type { Mutation } from '../../server/mutation.ts'
import { documented, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning as operation } from '../../spec/operations/query-batch-provisioning.ts'
import { defineMutants } from '../mutant.ts'
import {
  acceptInput,
  changeBody,
  changeContext,
  changeHandler,
  ignoreParameter,
  type Loose,
  overlay,
  refuseValue,
  together,
  without,
} from '../seams.ts'
import { changeTaskData, changeTaskQuery, type TaskData } from '../task-seam.ts'

const parameter = documented('queryBatch', 'Table 1')
const data = documented('queryBatch', 'Table 4')
const unknown = documented('queryBatch', 'Table 1, taskId')
const bounds = inferred('Querying Batch Provisioning, Table 1 gives a range; an answer within it keeps to it as well')
const shortest = inferred('Querying Batch Provisioning, Table 1; no page says what an empty taskId means')
const cursorForm = inferred('A cursor is what the page before gave; anything else is a bad parameter')

const { shape } = operation.query

/** Sizes of a page within other bounds. */
const sizes = (min: number, max: number): z.ZodRawShape => ({ pageSize: z.int().min(min).max(max).optional() })

/** Takes a query whose parameters follow other rules. */
const taking = (fields: z.ZodRawShape): Mutation => acceptInput(operation, { query: operation.query.extend(fields) })

/** Changes the cursor of the next page, where there is one. */
const cursorFound = (change: (cursor: number, found: TaskData) => number | undefined): Mutation =>
  changeTaskData((found) => {
    if (found.nextPageCursor === undefined) return found
    const next = change(Number(found.nextPageCursor), found)
    return { ...without(found, 'nextPageCursor'), ...(next !== undefined && { nextPageCursor: String(next) }) }
  })

/** Answers for tasks that do not exist as if they were there. */
const inventing = (applies: (taskId: string) => boolean): Mutation =>
  changeContext(operation, (context) => {
    const { query, state } = context
    if (state.tasks.get(query.taskId) !== undefined || !applies(query.taskId)) return context
    const task = {
      id: query.taskId,
      settled: 0,
      total: 0,
      counts: { success: 0, existing: 0, failed: 0 },
      results: [],
      rows: { phones: [], names: [], problems: {} },
      statusAt: () => '2',
    }
    return { ...context, state: overlay(state, { tasks: overlay(state.tasks, { get: () => task }) }) }
  })

/** The parameters of queryBatchProvisioning and the walk over its pages. */
export const queryPageMutants = defineMutants('query-batch-provisioning', [
  ['task-id-optional', 'taskId may be absent', parameter, inventingFor({ taskId: z.string().default('0') })],
  ['task-id-empty-taken', 'taskId may be empty', shortest, inventingFor({ taskId: z.string() })],
  ['task-unknown-done', 'an unknown task is answered as done and empty', unknown, inventing(() => true)],
  ['cursor-zero-refused', 'cursor 0 is refused', parameter, refuseValue(operation, 'cursor', '0')],
  ['cursor-required', 'a query without cursor is refused', parameter, refuseValue(operation, 'cursor')],
  ['cursor-ignored', 'every cursor gives the first page', parameter, ignoreParameter(operation, 'cursor')],
  [
    'cursor-malformed-taken',
    'a malformed cursor gives the first page',
    cursorForm,
    changeTaskQuery((query) => (/^\d*$/.test(query.cursor ?? '') ? query : without(query, 'cursor'))),
  ],
  [
    'page-size-required',
    'a query without pageSize is refused',
    parameter,
    taking({ pageSize: z.int().min(1).max(1000) }),
  ],
  ['page-size-ignored', 'a page holds whatever is there', parameter, ignoreParameter(operation, 'pageSize')],
  [
    'page-size-plus-one',
    'a page holds one row more than asked for',
    parameter,
    changeTaskQuery((query) => (query.pageSize === undefined ? query : { ...query, pageSize: query.pageSize + 1 })),
  ],
  ['page-size-zero-taken', 'pageSize 0 is taken', bounds, taking(sizes(0, 1000))],
  [
    'page-size-negative-taken',
    'pageSize -1 is taken',
    bounds,
    asTaken((query) => (Number(query['pageSize']) < 0 ? without(query, 'pageSize') : query), sizes(-1_000_000, 1000)),
  ],
  [
    'page-size-text-taken',
    'a pageSize that is not a number is taken',
    parameter,
    asTaken((query) => (typeof query['pageSize'] === 'string' ? without(query, 'pageSize') : query), {
      pageSize: z.union([z.int().min(1).max(1000), z.string()]).optional(),
    }),
  ],
  ['page-size-1001-taken', 'pageSize 1,001 is taken', bounds, taking(sizes(1, 1001))],
  ['page-size-unlimited', 'pageSize has no upper limit', bounds, taking({ pageSize: z.int().min(1).optional() })],
  ['page-size-1000-refused', 'pageSize 1,000 is refused', parameter, taking(sizes(1, 999))],
  ['page-size-one-refused', 'pageSize 1 is refused', parameter, taking(sizes(2, 1000))],
  [
    'pages-overlap',
    'a page begins with the last row of the page before',
    data,
    cursorFound((next) => Math.max(1, next - 1)),
  ],
  ['pages-gap', 'a row between two pages is lost', data, cursorFound((next) => next + 1)],
  ['pages-end-early', 'the first page has no cursor although rows are left', data, cursorFound(() => undefined)],
  [
    'last-page-missing',
    'the page before the last has no cursor',
    data,
    cursorFound((next, { taskInfo, registerList }) =>
      next + registerList.length >= taskInfo.totalCount ? undefined : next,
    ),
  ],
  [
    'pages-endless',
    'the last page has a cursor that leads to the first',
    data,
    changeTaskData((found) => ({ ...found, nextPageCursor: found.nextPageCursor ?? '0' })),
  ],
  [
    'page-repeats',
    'the cursor of a page leads to the same page',
    data,
    cursorFound((next, { registerList }) => next - registerList.length),
  ],
  [
    'cursor-number',
    'the cursor of the next page is a number',
    data,
    changeTaskData((found) =>
      found.nextPageCursor === undefined ? found : { ...found, nextPageCursor: Number(found.nextPageCursor) },
    ),
  ],
  [
    'cursor-renamed',
    'the cursor of the next page is called cursor',
    data,
    changeBody(operation, ({ data: inner, ...body }) => {
      const { nextPageCursor, nextCursor = nextPageCursor, ...rest } = inner as Loose
      return { ...body, data: { ...rest, cursor: nextCursor } }
    }),
  ],
])

/** Takes what a wider schema allows and makes of it what the handler understands. */
function asTaken(change: (query: Record<string, unknown>) => object, fields: z.ZodRawShape): Mutation {
  const wide = { ...operation, query: z.object({ ...shape, ...fields }) as unknown as typeof operation.query }
  return changeHandler(operation, (handler) => ({
    ...handler,
    operation: wide,
    handle: (context) => handler.handle({ ...context, query: change(context.query) as typeof context.query }),
  }))
}

/** Takes any task id, and makes a task of it. */
function inventingFor(fields: z.ZodRawShape): Mutation {
  return together(
    inventing((taskId) => !/^\d{5,}$/.test(taskId)),
    taking(fields),
  )
}
