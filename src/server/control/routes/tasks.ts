import { z } from 'zod'
import { endTask, taskNamed } from '../../sandboxes/actions.ts'
import { toTaskDetail, toTaskView } from '../../sandboxes/views.ts'
import { defineControl } from '../control-route.ts'
import { taskDetail, taskView } from '../shapes/sandboxes.ts'

export const taskRoutes = [
  defineControl({
    id: 'list-tasks',
    method: 'GET',
    path: '/sandboxes/:id/tasks',
    summary: 'The batch tasks of a sandbox, oldest first.',
    answers: '`{tasks: [{taskId, status, totalCount, successCount, failCount, skipCount, createdAt, finishedAt}]}`',
    response: z.object({ tasks: z.array(taskView) }),
    handle: ({ sandbox }) => ({ tasks: [...sandbox.read().tasks.all()].map((task) => toTaskView(sandbox, task)) }),
  }),
  defineControl({
    id: 'get-task',
    method: 'GET',
    path: '/sandboxes/:id/tasks/:taskId',
    summary: 'One task, with the outcome of each row settled so far.',
    answers: 'the task, with `rows`',
    response: taskDetail,
    handle: ({ sandbox, params }) => toTaskDetail(sandbox, taskNamed(sandbox, params['taskId'] ?? '')),
  }),
  defineControl({
    id: 'complete-task',
    method: 'POST',
    path: '/sandboxes/:id/tasks/:taskId/complete',
    summary: 'Settles every open row of a task now.',
    answers: 'the task',
    response: taskView,
    handle: ({ sandbox, params }) => toTaskView(sandbox, endTask(sandbox, params['taskId'] ?? '', 'complete-task')),
  }),
  defineControl({
    id: 'fail-task',
    method: 'POST',
    path: '/sandboxes/:id/tasks/:taskId/fail',
    summary: 'Fails a task now; its open rows never get an outcome.',
    answers: 'the task',
    response: taskView,
    handle: ({ sandbox, params }) => toTaskView(sandbox, endTask(sandbox, params['taskId'] ?? '', 'fail-task')),
  }),
]
