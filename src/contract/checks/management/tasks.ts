import { documented, example, inferred } from '../../../spec/evidence.ts'
import { createTask } from '../../../spec/operations/create-task.ts'
import { getTask } from '../../../spec/operations/get-task.ts'
import { getTaskResult } from '../../../spec/operations/get-task-result.ts'
import { listTasks } from '../../../spec/operations/list-tasks.ts'
import { asks, type Check } from '../../check.ts'
import type { Exchange } from '../../exchange.ts'
import { isSuccess, success } from '../../judge.ts'
import { fail, skip } from '../../outcome.ts'
import type { Probe } from '../../probe.ts'
import { answerOf, dataOf, idIn } from '../../probes/management/call.ts'
import { transferredUser } from '../../probes/management/removal.ts'
import {
  cursorIn,
  ended,
  firstTask,
  imports,
  nextTask,
  resultAsInExample,
  resultListed,
  taskListed,
  tasks,
  tasksByStatus,
  tasksIn,
  tasksOfNoState,
  tasksThen,
  tasksWalked,
  transfer,
  transferLife,
  transfers,
} from '../../probes/management/tasks.ts'
import { other } from '../../probes/management/users.ts'
import { isGiven } from '../../probes/tasks.ts'
import { alike, defineRules, holds, isGone, type Rule } from './rule.ts'

const SUCCESS = 2

const filter = (name: 'taskType' | 'status', probe: Probe<Exchange>, further: readonly Probe<Exchange>[]): Rule => ({
  operation: listTasks,
  name: name === 'taskType' ? 'by-type' : 'by-status',
  title: `list only tasks of the ${name} that was asked for, and all of them`,
  from: documented('listTasks', `query parameters, ${name}`),
  why: 'Whoever waits for the end of something takes another task for it.',
  uses: [tasks, probe, ...further],
  async run({ get }) {
    const all = tasksIn(await get(tasks))
    for (const one of [...further, probe]) {
      const exchange = await get(one)
      const wanted = new URL(exchange.request.url).searchParams.get(name)
      const rows = tasksIn(exchange)
      const stray = rows.find((row) => isGiven(row[name]) && String(row[name]) !== wanted)
      if (stray !== undefined) fail(`${name} ${wanted}`, `${name} ${String(stray[name])}`, exchange)
      const isOver = cursorIn(exchange) === undefined
      const missing = all.find(
        (row) => String(row[name]) === wanted && !rows.some(({ taskId }) => taskId === row['taskId']),
      )
      if (isOver && missing !== undefined && ended.includes(missing['status'])) {
        fail(`task ${String(missing['taskId'])}`, `${rows.length} others`, exchange)
      }
    }
  },
})

export const taskChecks: readonly Check[] = defineRules([
  filter('taskType', imports, [transfers]),
  filter('status', tasksByStatus, [tasksOfNoState]),
  {
    operation: listTasks,
    name: 'key',
    title: 'return the tasks under taskList or taskListDtos, the cursor as a string or a number',
    from: inferred('Answer table and example of getTaskLIst differ; readings task-list-key, task-cursor-type'),
    why: 'Table and example name different keys; a third one no client looks for.',
    readings: ['task-list-key', 'task-cursor-type'],
    uses: [tasks, firstTask],
    async run({ get, learn, undetermined }) {
      const exchange = await get(tasks)
      answerOf(exchange, listTasks)
      const body = exchange.response.json as Record<string, unknown>
      const key = ['taskList', 'taskListDtos'].find((name) => Array.isArray(body[name]))
      if (key === undefined) undetermined('task-list-key', 'there is no list of tasks')
      else learn('task-list-key', key)
      const { nextCursor } = (await get(firstTask)).response.json as Record<string, unknown>
      const type = typeof nextCursor === 'bigint' ? 'number' : typeof nextCursor
      if (type === 'string' || type === 'number') learn('task-cursor-type', type)
      else undetermined('task-cursor-type', 'it needs two tasks')
    },
  },
  {
    operation: listTasks,
    name: 'page-size',
    title: 'list no more tasks than pageSize says',
    from: documented('listTasks', 'query parameters, pageSize'),
    why: 'Pages that are larger than agreed break whoever reserved room for them.',
    ...asks([firstTask], ([exchange]) => {
      const { length } = tasksIn(exchange)
      if (length > 1) fail('one task at most', String(length), exchange)
    }),
  },
  {
    operation: listTasks,
    name: 'pages-join',
    title: 'go on behind the page whose nextCursor is given',
    from: documented('listTasks', 'query parameters, pageCursor; answer table, nextCursor'),
    why: 'A cursor that leads back to the same page is followed for ever.',
    ...asks([firstTask, nextTask], ([before, exchange]) => {
      const seen = new Set(tasksIn(before).map(({ taskId }) => taskId))
      const again = tasksIn(exchange).find(({ taskId }) => seen.has(taskId))
      if (again !== undefined) fail('the next task', `task ${String(again['taskId'])} again`, before, exchange)
      if (cursorIn(exchange) !== undefined && cursorIn(exchange) === cursorIn(before)) {
        fail('another cursor', 'the same once more', before, exchange)
      }
    }),
  },
  {
    operation: listTasks,
    name: 'ends',
    title: 'give a nextCursor where tasks are left, and in the end none: not one that was given before',
    from: documented('listTasks', 'query parameters, pageCursor; answer table, nextCursor'),
    why: 'The cursor alone tells whether there is more.',
    uses: [tasks, firstTask, tasksWalked],
    async run({ get }) {
      const [whole, part] = [await get(tasks), await get(firstTask)]
      const count = tasksIn(whole).length
      if (count > tasksIn(part).length && cursorIn(part) === undefined) fail('a nextCursor', 'none', whole, part)
      const pages = await get(tasksWalked)
      const cursors = new Set<string>()
      for (const page of pages) {
        const cursor = isSuccess(page) ? cursorIn(page) : undefined
        if (cursor !== undefined && cursors.has(cursor)) fail('an end, or another nextCursor', `${cursor} again`, page)
        if (cursor !== undefined) cursors.add(cursor)
      }
    },
  },
  {
    operation: listTasks,
    name: 'new-task',
    title: 'list a task that was created',
    from: documented('listTasks', 'table TaskInfo; createTask, answer table, taskId'),
    why: 'A task that nobody lists is started a second time.',
    ...asks([tasksThen, transfer], ([exchange, creation]) => {
      const id = idIn(answerOf(creation, createTask), 'taskId')
      const row = tasksIn(exchange).find(({ taskId }) => taskId === id)
      if (row !== undefined) return holds(exchange, row, 'taskType', 0)
      if (cursorIn(exchange) !== undefined) skip('the list has further pages')
      fail(`task ${id}`, `${tasksIn(exchange).length} others`, exchange)
    }),
  },
  {
    operation: getTask,
    name: 'as-listed',
    title: 'show a task as listTasks does',
    from: documented('getTask', 'answer table; getTaskLIst, table TaskInfo'),
    why: 'Whoever polls one task and lists the others must see the same.',
    ...asks([tasks, taskListed], ([list, exchange]) => {
      const row = answerOf(exchange, getTask)
      const asked = decodeURIComponent(exchange.spec.path.split('/').at(-1) ?? '')
      holds(exchange, row, 'taskId', asked)
      const wanted = tasksIn(list).find(({ taskId }) => taskId === asked) ?? {}
      alike('this task', [row, exchange], [wanted, list], ['taskName', 'taskType', 'status', 'tenantId', 'userId'])
    }),
  },
  {
    operation: getTask,
    name: 'goes-on',
    title: 'let the status of a task go on, and never back to one that it has left',
    from: documented('getTask', 'answer table, status'),
    why: 'A poll that ends at the first 2 or 3 must be right to end.',
    uses: [transferLife],
    async run({ get }) {
      // Right behind its creation a task need not be found yet. No page states the order of the states.
      const looks = (await get(transferLife)).filter(isSuccess)
      const left = new Set<string>()
      let [before] = looks
      for (const exchange of looks) {
        const [was, is] = [before, exchange].map((one) => one && String(answerOf(one, getTask)['status']))
        if (before !== undefined && was !== undefined && is !== was) {
          left.add(was)
          if (left.has(String(is))) fail(`no status that it had left, as ${is}`, `status ${is}`, before, exchange)
        }
        before = exchange
      }
    },
  },
  {
    operation: createTask,
    name: 'transfers',
    title: 'delete the user of srcUserId when the transfer has succeeded',
    from: inferred('The request table of createTask says transfer and delete, not who or what is deleted'),
    why: 'Whoever was to be deleted and is not still has the files.',
    uses: [other, transferLife, transferredUser],
    async run({ get }) {
      const last = (await get(transferLife)).at(-1)
      if (last === undefined || answerOf(last, getTask)['status'] !== SUCCESS)
        skip('the transfer did not succeed in time')
      const exchange = await get(transferredUser)
      isGone(exchange, 'the user whose things went to another one', await get(other))
    },
  },
  {
    operation: createTask,
    name: 'type',
    title: 'create a task of the type that was asked for, which getTask finds',
    from: documented('createTask', 'request table, taskType; answer table, taskId'),
    why: 'A task of another type does something that nobody asked for.',
    ...asks([transfer, transferLife], ([creation, looks]) => {
      const id = idIn(answerOf(creation, createTask), 'taskId')
      const look = looks.find(isSuccess) ?? looks.at(-1) ?? skip('the task was not looked at')
      const row = success(look, 'getTask')
      holds(look, row, 'taskId', id)
      holds(look, row, 'taskType', 0)
    }),
  },
  {
    operation: getTaskResult,
    name: 'example-spelling',
    title: 'take taskid as the example spells it',
    from: example('getTaskResult', 'example, taskid'),
    why: 'The example of the page is what clients copy.',
    uses: [resultListed, resultAsInExample],
    async run({ get }) {
      const wanted = dataOf(await get(resultListed), getTaskResult)
      const exchange = await get(resultAsInExample)
      const { data } = success(exchange, 'getTaskResult') as { data?: Record<string, unknown> }
      for (const name of ['successCount', 'failCount']) holds(exchange, data ?? {}, name, wanted[name])
    },
  },
  {
    operation: getTaskResult,
    name: 'counts',
    title: 'list as many failures as it counts',
    from: inferred('The table lists both; no page says that the list is whole'),
    why: 'A failure that is counted and not named cannot be repaired.',
    ...asks([resultListed], ([exchange]) => {
      const { failCount, failInfoList } = dataOf(exchange, getTaskResult)
      if (!Array.isArray(failInfoList) || failInfoList.length === Number(failCount)) return
      fail(`${String(failCount)} failures`, String(failInfoList.length), exchange)
    }),
  },
])
