import { createTask } from '../../../spec/operations/create-task.ts'
import { getTask } from '../../../spec/operations/get-task.ts'
import { getTaskResult } from '../../../spec/operations/get-task-result.ts'
import { listTasks } from '../../../spec/operations/list-tasks.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess, recordsIn } from '../../judge.ts'
import { skip } from '../../outcome.ts'
import { defineProbe, type Get, once, type Probe } from '../../probe.ts'
import { requestFor } from '../../request-spec.ts'
import { tokenAuth } from '../identity.ts'
import type { Row } from '../lists.ts'
import { answerOf, call, fieldOf, idIn, pathOf } from './call.ts'
import { userSpace } from './spaces.ts'
import { one, other, otherUser } from './users.ts'

const IMPORT = 1
/** Task states. getTaskLIst, `status`. */
export const ended: readonly unknown[] = [2, 3]

export const tasksIn = (exchange: Exchange): Row[] => recordsIn(answerOf(exchange, listTasks)['taskList'])
export const cursorIn = (exchange: Exchange): string | undefined => {
  const { nextCursor } = answerOf(exchange, listTasks)
  return nextCursor === undefined || nextCursor === null || nextCursor === '' ? undefined : String(nextCursor)
}

export const tasks = call({ id: 'list-tasks.page', operation: listTasks, query: {} })

/** A task of the list that has ended: it changes no more. */
const endedTask = (rows: readonly Row[]): Row =>
  rows.find(({ status }) => ended.includes(status)) ?? skip('listTasks shows no task that has ended')

/** A task that has ended, of those that the target lists. */
export const anEndedTask = async (get: Get): Promise<Row> => endedTask(tasksIn(await get(tasks)))

const ofType = (taskType: string): Probe<Exchange> =>
  call({ id: `list-tasks.type-${taskType}`, operation: listTasks, uses: [tasks], query: { taskType } })
export const transfers = ofType('0')
export const imports = ofType('1')
export const tasksByStatus = call({
  id: 'list-tasks.by-status',
  operation: listTasks,
  uses: [tasks],
  shown: 'status={state of a task}',
  query: async ({ get }) => ({ status: String((await anEndedTask(get))['status']) }),
})
export const tasksOfNoState = call({
  id: 'list-tasks.failed',
  operation: listTasks,
  query: { status: '3' },
})
export const firstTask = call({ id: 'list-tasks.first', operation: listTasks, query: { pageSize: '1' } })
export const nextTask = call({
  id: 'list-tasks.next',
  operation: listTasks,
  uses: [firstTask],
  shown: 'pageSize=1&pageCursor={cursor}',
  query: async ({ get }) => ({
    pageSize: '1',
    pageCursor: cursorIn(await get(firstTask)) ?? skip('there is one page of tasks only'),
  }),
})

const MOST_PAGES = 10

/** The list page by page to its end, or as far as the run looks: pages may be partial, or empty, before it. */
export const tasksWalked: Probe<readonly Exchange[]> = defineProbe<readonly Exchange[]>({
  id: 'list-tasks.walk',
  operation: 'listTasks',
  safety: 'read',
  needs: ['access-token'],
  uses: [tokenAuth, tasks],
  requests: [{ ...once(listTasks, 'pageCursor={cursor}'), times: [0, MOST_PAGES] }],
  async run({ get, send }) {
    const pages = [await get(tasks)]
    const cursors = new Set<string>()
    for (;;) {
      const [last] = pages.slice(-1)
      const pageCursor = last === undefined || !isSuccess(last) ? undefined : cursorIn(last)
      if (pageCursor === undefined || cursors.has(pageCursor) || pages.length > MOST_PAGES) return pages
      cursors.add(pageCursor)
      pages.push(await send(requestFor(listTasks, await get(tokenAuth), { query: { pageCursor } })))
    }
  },
})

export const taskListed = call({
  id: 'get-task.listed',
  operation: getTask,
  uses: [tasks],
  params: async ({ get }) => ({ task_id: idIn(await anEndedTask(get), 'taskId') }),
})
export const unknownTask = call({
  id: 'get-task.unknown',
  operation: getTask,
  params: ({ facts }) => ({ task_id: facts.unknown.id(7) }),
})

const someImport = async (get: Get): Promise<string> => {
  const rows = tasksIn(await get(tasks))
  // The newest: what was imported before may have failed in a later one.
  const found = [...rows].reverse().find(({ taskType, status }) => taskType === IMPORT && ended.includes(status))
  return found === undefined ? skip('listTasks shows no import that has ended') : idIn(found, 'taskId')
}
export const resultListed = call({
  id: 'get-task-result.listed',
  operation: getTaskResult,
  uses: [tasks],
  shown: 'taskId={task}',
  query: async ({ get }) => ({ taskId: await someImport(get) }),
})
export const resultAsInExample = call({
  id: 'get-task-result.example-spelling',
  operation: getTaskResult,
  uses: [tasks],
  shown: 'taskid={task}',
  query: async ({ get }) => ({ taskid: await someImport(get) }),
})
export const unknownResult = call({
  id: 'get-task-result.unknown',
  operation: getTaskResult,
  shown: 'taskId={a task id that nobody has}',
  query: ({ facts }) => ({ taskId: facts.unknown.id(7) }),
})

/** What the run's second user owns goes to the first; the second is deleted. */
export const transfer = call({
  id: 'create-task.transfer',
  operation: createTask,
  uses: [one, other],
  after: [userSpace.enabled, otherUser],
  body: async ({ get }) => ({ taskType: 0, srcUserId: await get(other), dstUserId: await get(one) }),
})

const MOST_LOOKS = 12
const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 5000

/** The transfer from its creation to its end, as getTask shows it. */
export const transferLife = defineProbe<readonly Exchange[]>({
  id: 'get-task.transfer',
  operation: 'getTask',
  safety: 'read',
  needs: ['access-token', 'writes'],
  uses: [tokenAuth, transfer],
  requests: [{ method: getTask.method, path: getTask.path, times: [1, MOST_LOOKS] }],
  async run({ get, send, sleep }) {
    const task_id = idIn(answerOf(await get(transfer), createTask), 'taskId')
    const proof = await get(tokenAuth)
    const looks: Exchange[] = []
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const exchange = await send(requestFor({ ...getTask, path: pathOf(getTask, { task_id }) }, proof))
      looks.push(exchange)
      const isOver = isSuccess(exchange) && ended.includes(answerOf(exchange, getTask)['status'])
      if (isOver || looks.length === MOST_LOOKS) return looks
      await sleep(wait)
    }
  },
})

/** The list of tasks once the transfer has ended. */
export const tasksThen: Probe<Exchange> = call({
  id: 'list-tasks.then',
  operation: listTasks,
  uses: [transfer],
  after: [transferLife],
  async until(exchange, { get }) {
    const id = fieldOf(await get(transfer), 'taskId')
    return isSuccess(exchange) && tasksIn(exchange).some(({ taskId }) => taskId === id)
  },
  query: { taskType: '0' },
})
