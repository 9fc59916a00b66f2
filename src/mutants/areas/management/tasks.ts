import { Refusal } from '../../../server/refusal.ts'
import { documented, example, inferred } from '../../../spec/evidence.ts'
import { createTask } from '../../../spec/operations/create-task.ts'
import { getTask } from '../../../spec/operations/get-task.ts'
import { getTaskResult } from '../../../spec/operations/get-task-result.ts'
import { getUser } from '../../../spec/operations/get-user.ts'
import { listTasks } from '../../../spec/operations/list-tasks.ts'
import { refuses } from '../../admission.ts'
import type { Definition, MutantArea } from '../../mutant.ts'
import {
  answerInstead,
  changeBody,
  changeData,
  changeFields,
  changeHandler,
  changeQuery,
  changeResult,
  ignoreParameter,
  type Loose,
  leaveOut,
  remember,
} from '../../seams.ts'

const task = documented('getTask', 'answer table')
const parameter = (name: string) => documented('listTasks', `query parameters, ${name}`)
const cursor = documented('listTasks', 'answer table, nextCursor')
const listed = (change: (rows: Loose[]) => unknown[]) =>
  changeBody(listTasks, (body) => ({ ...body, taskList: change(body['taskList'] as Loose[]) }))
const counts = inferred('The table lists counts and failures; no page says that the list is whole')

/** What the areas of tasks can get wrong. */
export const taskDefinitions: Readonly<Partial<Record<MutantArea, readonly Definition[]>>> = {
  'create-task': [
    [
      'not-done',
      'a task is promised and not created',
      documented('createTask', 'answer table, taskId'),
      answerInstead(createTask, () => ({ taskId: '1534087020903704704' })),
    ],
    [
      'user-kept',
      'the user whose things were transferred is shown as before',
      inferred('The request table of createTask says transfer and delete, not who or what is deleted'),
      () => remember(getUser),
    ],
    [
      'another-type',
      'an import is created in place of a transfer',
      documented('createTask', 'request table, taskType'),
      answerInstead(createTask, ({ sandbox }) => ({
        taskId: sandbox.execute('create-import-task', { resultId: '1', by: undefined }),
      })),
    ],
  ],
  'list-tasks': [
    ['type-ignored', 'tasks of every type are listed', parameter('taskType'), ignoreParameter(listTasks, 'taskType')],
    ['status-ignored', 'tasks in every state are listed', parameter('status'), ignoreParameter(listTasks, 'status')],
    [
      'page-size-plus-one',
      'a page has one task more than pageSize says',
      parameter('pageSize'),
      changeQuery(listTasks, (query) => ({ ...query, pageSize: (query.pageSize ?? 99) + 1 })),
    ],
    ['cursor-ignored', 'every page is the first', parameter('pageCursor'), ignoreParameter(listTasks, 'pageCursor')],
    [
      'cursor-never-ends',
      'the last page has a cursor',
      cursor,
      changeBody(listTasks, (body) => ({ nextCursor: '1', ...body })),
    ],
    ['cursor-missing', 'no page has a cursor', cursor, leaveOut(listTasks, 'nextCursor')],
    [
      'newest-left-out',
      'the newest task is not listed',
      documented('listTasks', 'table TaskInfo'),
      listed((rows) => (rows.some(({ taskType }) => taskType === 0) ? rows.slice(0, -1) : rows)),
    ],
  ],
  'get-task': [
    [
      'another-task',
      'another task is shown',
      task,
      changeFields(getTask, (_, { state }) => ({ taskId: state.managementTasks.newest(1)?.id ?? '' })),
    ],
    [
      'name-of-another',
      'the name is another one',
      task,
      changeFields(getTask, ({ taskName }) => ({ taskName: `${taskName} (copy)` })),
    ],
    [
      'type-inverted',
      'a transfer is shown as an import',
      task,
      changeFields(getTask, ({ taskType }) => ({ taskType: 1 - taskType })),
    ],
    [
      'creator-is-task',
      'userId is the id of the task',
      task,
      changeFields(getTask, ({ taskId }) => ({ userId: taskId })),
    ],
    [
      'status-goes-back',
      'a task that has ended is shown as new once',
      documented('getTask', 'answer table, status'),
      () => {
        const looks = new Map<string, number>()
        return changeResult(getTask, (data) => {
          const look = (looks.get(data.taskId) ?? 0) + 1
          looks.set(data.taskId, look)
          return look === 1 ? { ...data, status: 1 } : look === 2 ? { ...data, status: 0 } : data
        })
      },
    ],
  ],
  'get-task-result': [
    [
      'taskid-refused',
      'taskid as the example spells it is refused',
      example('getTaskResult', 'example, taskid'),
      refuses(
        'taskid is unknown.',
        ({ operation, wire }) => operation.operationId === 'getTaskResult' && wire.target.includes('taskid='),
        'verifyParametersFailed',
      ),
    ],
    [
      'taskid-of-nobody',
      'taskid as the example spells it shows no import',
      example('getTaskResult', 'example, taskid'),
      changeResult(getTaskResult, ({ data }, { query }) => ({
        data: query.taskid === undefined ? data : { ...data, successCount: data.successCount + 1 },
      })),
    ],
    [
      'failures-left-out',
      'failures are counted and not listed',
      counts,
      changeResult(getTaskResult, ({ data }) => ({ data: { ...data, failInfoList: data.failInfoList.slice(1) } })),
    ],
    [
      'failures-not-counted',
      'failures are listed and not counted',
      counts,
      changeData(getTaskResult, () => ({ failCount: 0 })),
    ],
    [
      'unknown-empty',
      'the result of an unknown task is empty',
      inferred('The page of getTaskResult documents no refusal'),
      changeHandler(getTaskResult, (handler) => ({
        ...handler,
        handle(context) {
          try {
            return handler.handle(context)
          } catch (error) {
            if (!(error instanceof Refusal)) throw error
            return { data: { successCount: 0, failCount: 0, failInfoList: [] } }
          }
        },
      })),
    ],
  ],
}
