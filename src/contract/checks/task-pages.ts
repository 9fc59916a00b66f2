import { documented, example, inferred } from '../../spec/evidence.ts'
import { limits } from '../../spec/limits.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import { asks, checksOf } from '../check.ts'
import { innerOf, refusedParameter, success } from '../judge.ts'
import { fail } from '../outcome.ts'
import { cursorOf, firstPage, largestPage, malformedCursor, PAGE_SIZE, pageWalk } from '../probes/batch.ts'
import { mainTask } from '../probes/main-task.ts'
import { viewOf } from '../probes/tasks.ts'

const { operationId, id } = queryBatchProvisioning
const cursor = documented('queryBatch', 'Table 4, nextPageCursor; Table 1, cursor')
const key = (one: Readonly<Record<string, unknown>>): string =>
  JSON.stringify([one['phone'], one['code'], one['userId']])

export const taskPageChecks = checksOf(operationId, [
  {
    id: `${id}.cursor-zero`,
    title: 'give the first page for cursor 0',
    from: example('queryBatch', 'example request, cursor=0; Table 1, cursor'),
    clause: `${operationId}: cursor`,
    why: 'The documented example begins with cursor=0.',
    ...asks([mainTask, firstPage], ([task, exchange]) => {
      success(exchange, operationId)
      const { rows } = viewOf(exchange)
      const expected = task.last.rows.slice(0, rows.length)
      if (rows.map(key).join() !== expected.map(key).join()) fail('the first rows of the task', 'others', exchange)
    }),
  },
  {
    id: `${id}.page-size`,
    title: 'put as many rows on a page as pageSize says while there are more',
    from: documented('queryBatch', 'Table 1, pageSize'),
    clause: `${operationId}: pageSize`,
    why: 'Clients size their buffers and their progress by it.',
    ...asks([pageWalk], ([{ pages, history }]) => {
      for (const [at, { rows, exchange }] of pages.entries()) {
        const due = Math.max(0, Math.min(PAGE_SIZE, history.phones.length - at * PAGE_SIZE))
        if (rows.length !== due)
          fail(`${due} rows on page ${at + 1} with pageSize=${PAGE_SIZE}`, `${rows.length}`, exchange)
      }
    }),
  },
  {
    id: `${id}.pages-join`,
    title: 'lead from page to page through all rows, without gap and without repetition',
    from: cursor,
    clause: `${operationId}: cursor`,
    why: 'A row that falls between two pages is a user whose outcome nobody learns.',
    ...asks([pageWalk], ([{ pages, history }]) => {
      const whole = history.last.rows.map(key)
      const joined = pages.flatMap(({ rows }) => rows.map(key))
      const at = whole.findIndex((one, index) => joined[index] !== one)
      if (at < 0 && joined.length === whole.length) return
      fail(
        `the ${whole.length} rows of the whole list, page by page from cursor 0`,
        at >= 0 ? `another row at place ${at}` : `${joined.length} rows`,
        ...pages.map(({ exchange }) => exchange),
      )
    }),
  },
  {
    id: `${id}.cursor-ends`,
    title: 'end with a page that names no next one',
    from: cursor,
    clause: `${operationId}: nextPageCursor`,
    why: 'A client follows cursors until there is none; a cursor on the last page sends it round in circles.',
    readings: ['last-page-cursor'],
    ...asks([pageWalk], ([{ pages, rest, history }], { learn }) => {
      const last = pages.at(-1)
      if (last === undefined) return
      const seen = pages.reduce((sum, { rows }) => sum + rows.length, 0)
      if (rest !== undefined) fail('no cursor after the last row', `cursor ${rest}`, last.exchange)
      if (seen < history.phones.length) {
        fail(`a cursor, for ${history.phones.length - seen} rows are left`, 'none', last.exchange)
      }
      const data = innerOf(last.exchange)
      const isEmpty = data['nextPageCursor'] === '' || data['nextCursor'] === ''
      learn('last-page-cursor', isEmpty ? 'empty' : 'absent')
    }),
  },
  {
    id: `${id}.cursor-form`,
    title: 'give the cursor as a string, under nextPageCursor or nextCursor',
    from: cursor,
    clause: `${operationId}: nextPageCursor`,
    why: 'The page names the field in two ways; under a third nobody finds it.',
    readings: ['next-cursor-name'],
    ...asks([pageWalk], ([{ pages, history }], { learn, undetermined }) => {
      const [first] = pages
      const data = first === undefined ? {} : innerOf(first.exchange)
      for (const name of ['nextPageCursor', 'nextCursor']) {
        const value = data[name]
        if (value === undefined || value === '') continue
        if (typeof value !== 'string') fail('a string', `a ${typeof value}`, ...(first ? [first.exchange] : []))
        return learn('next-cursor-name', name)
      }
      if (history.phones.length <= PAGE_SIZE)
        return undetermined('next-cursor-name', 'it needs a task of several pages')
      fail('nextPageCursor or nextCursor on the first of several pages', 'neither', ...(first ? [first.exchange] : []))
    }),
  },
  {
    id: `${id}.malformed-cursor`,
    title: 'refuse a cursor that it never gave',
    from: inferred('Table 1 says that a cursor comes from the previous response'),
    clause: `${operationId}: cursor`,
    why: 'The first page in answer to a broken cursor makes a client process everybody twice.',
    ...asks([malformedCursor], ([exchange]) => refusedParameter(exchange, 'the cursor no-cursor')),
  },
  {
    id: `${id}.default-page`,
    title: 'put 1,000 rows on a page without pageSize',
    from: documented('queryBatch', 'Table 1, pageSize: default value 1000'),
    clause: `${operationId}: pageSize`,
    why: 'A client that relies on the default reads the whole of any batch at once.',
    ...asks([largestPage], ([exchange], { notice }) => {
      success(exchange, operationId)
      const { rows } = viewOf(exchange)
      if (rows.length !== limits.userListMax) fail(`${limits.userListMax} rows`, `${rows.length}`, exchange)
      // That cursors end is seen on small pages: a last page that is full may lead to an empty one.
      if (cursorOf(exchange) !== undefined) notice('a page that holds everything names a next one')
    }),
  },
])
