import type { Mutation } from '../server/mutation.ts'
import type { DataOf, OperationContext } from '../server/operation-handler.ts'
import { queryBatchProvisioning } from '../spec/operations/query-batch-provisioning.ts'
import type { RowResult } from '../world/batch/results.ts'
import type { Task } from '../world/batch/task.ts'
import { changeContext, changeQuery, changeResult, overlay } from './seams.ts'

type Operation = typeof queryBatchProvisioning
type Query = OperationContext<Operation>['query']
/** `data` of an answer of queryBatchProvisioning. */
export type TaskData = DataOf<Operation>['data']

/** Changes how a task looks to whoever queries it; the task itself goes on as it was. */
export const changeTask = (change: (task: Task) => Partial<Record<keyof Task, unknown>>): Mutation =>
  changeContext(queryBatchProvisioning, (context) => ({
    ...context,
    state: overlay(context.state, {
      tasks: overlay(context.state.tasks, {
        get(taskId: string) {
          const task = context.state.tasks.get(taskId)
          return task && overlay(task, change(task))
        },
      }),
    }),
  }))

/** A settled row with the phone it is about. */
export interface SettledRow {
  readonly phone: string
  readonly result: RowResult
}

/** Changes which rows a task shows, and in which order. */
export const changeSettledRows = (change: (rows: readonly SettledRow[]) => readonly SettledRow[]): Mutation =>
  changeTask((task) => {
    const settled = task.results.map((result, row) => ({ result, phone: task.rows.phoneAt(row) }))
    const rows = change(settled)
    return {
      settled: rows.length,
      resultAt: (row: number) => rows[row]?.result,
      rows: { phoneAt: (row: number) => rows[row]?.phone ?? '' },
    }
  })

/** Changes the answer about a task. */
export const changeTaskData = (change: (data: TaskData, query: Query) => object): Mutation =>
  changeResult(queryBatchProvisioning, ({ data }, { query }) => ({ data: change(data, query) }))

/** Changes what is told of the progress of a task. */
export const changeTaskInfo = (change: (info: TaskData['taskInfo']) => object): Mutation =>
  changeTaskData((data) => ({ ...data, taskInfo: { ...data.taskInfo, ...change(data.taskInfo) } }))

/** Changes each row of a page. */
export const changeRows = (change: (row: TaskData['registerList'][number]) => object): Mutation =>
  changeTaskData((data) => ({ ...data, registerList: data.registerList.map(change) }))

/** Changes what is asked of a task. */
export const changeTaskQuery = (change: (query: Query) => object): Mutation =>
  changeQuery(queryBatchProvisioning, change)
