import { getTask } from '../../spec/operations/get-task.ts'
import { managementTask, taskView } from '../management/task-view.ts'
import { defineHandler } from '../operation-handler.ts'

export const getTaskHandler = defineHandler({
  operation: getTask,
  handle: ({ params: { task_id }, state, caller }) => taskView(state, managementTask(state, caller, task_id)),
  toWire: (data) => data,
})
