import { listTasks } from '../../spec/operations/list-tasks.ts'
import { vendorTime } from '../management/space-view.ts'
import { taskSight, taskView } from '../management/task-view.ts'
import { defineHandler } from '../operation-handler.ts'

const PAGE_SIZE = 100

export const listTasksHandler = defineHandler({
  operation: listTasks,
  handle({ query: { taskType, status, pageSize = PAGE_SIZE, pageCursor = '0' }, state, caller }) {
    const isVisible = taskSight(state, caller)
    const cursor = Math.min(Number(pageCursor), Number.MAX_SAFE_INTEGER)
    const { tasks, next } = state.managementTasks.page(
      { type: taskType, statuses: status, isVisible },
      cursor,
      pageSize,
    )
    const taskList = tasks.map((task) => ({
      ...taskView(state, task),
      createTime: vendorTime(task.createdAt),
      ...(task.startedAt !== undefined && { startTime: vendorTime(task.startedAt) }),
      ...(task.endedAt !== undefined && { endTime: vendorTime(task.endedAt) }),
    }))
    return { taskList, ...(next !== undefined && { nextCursor: String(next) }) }
  },
  toWire({ taskList, nextCursor }, readings) {
    const cursor = readings['task-cursor-type'] === 'number' ? Number(nextCursor) : nextCursor
    const isShown = taskList.length > 0 || readings['empty-result'] === 'array'
    return {
      ...(isShown && { [readings['task-list-key']]: taskList }),
      ...(nextCursor !== undefined && { nextCursor: cursor }),
    }
  },
})
