import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { managementEnvelope, numberInExample } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf, namedObject } from '../schemas.ts'

const parameter = fieldsOf('listTasks', 'query parameters')
const row = fieldsOf('listTasks', 'table TaskInfo')

/** A task of a list. Fields without a value are absent, as in the example. */
const managementTask = namedObject('ManagementTask', 'A task of createTask.', () => ({
  taskId: row(z.string(), 'Id of the task.'),
  taskName: row(z.string(), 'Name of the task.'),
  taskType: row(z.int(), '0 transfer and delete, 1 batch import.'),
  tenantId: row(z.string().optional(), 'Id of the tenant.'),
  userId: row(z.string().optional(), 'KooDrive id of the user who created it.'),
  status: row(z.int(), '0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED.'),
  initParams: row(z.string().optional(), 'For extension; the mock leaves it out.'),
  locale: row(z.string().optional(), 'Country of the user; the mock leaves it out.'),
  resultCode: row(z.string().optional(), 'Code of a failure, 18xxxxxx; absent otherwise.'),
  createTime: row(z.string(), 'When it was created, ISO 8601 in UTC with milliseconds.'),
  startTime: row(z.string().optional(), 'When it started; absent before.'),
  endTime: row(z.string().optional(), 'When it ended; absent before.'),
}))

export const listTasks = defineOperation({
  id: 'list-tasks',
  operationId: 'listTasks',
  method: 'GET',
  path: '/koodrive/ose/v1/task/list',
  title: 'List tasks',
  description:
    'The tasks of createTask by the time of their creation, the oldest first, page by page. A page may be short before the last one: go on until nextCursor is absent.',
  page: documented('listTasks', 'page'),
  tag: 'Tasks',
  authentication: 'token',
  query: () =>
    z.object({
      taskType: parameter(
        z.int().min(0).max(1).optional(),
        'Only tasks of this type: 0 transfer and delete, 1 import.',
      ),
      status: parameter(
        z.array(z.int().min(0).max(3)).optional(),
        'Only tasks in one of these states: 0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED. Several as status=1&status=2 or status=1,2.',
        documented('listTasks', 'query parameters; how several are written is inferred'),
      ),
      pageSize: parameter(z.int().min(1).max(100).optional(), 'Tasks of a page, 1 to 100; 100 by default.'),
      pageCursor: parameter(
        z
          .string()
          .regex(/^[0-9]{1,19}$/, 'the digits of nextCursor')
          .optional(),
        'Cursor of the page, from nextCursor of the page before; absent or empty for the first page.',
      ),
    }),
  response: () =>
    z.object({
      taskList: fieldsOf('listTasks', 'answer table')(
        z.array(managementTask()),
        'Tasks of this page. The example calls the list taskListDtos: reading task-list-key.',
      ),
      nextCursor: fieldsOf('listTasks', 'answer table')(
        z.string().optional(),
        'Cursor of the next page; absent on the last page. A number in the example: reading task-cursor-type.',
        inferred('The example shows the time of the next task in epoch milliseconds'),
      ),
      ...managementEnvelope('listTasks', numberInExample('listTasks')),
    }),
  successMessage: { 'en-US': 'Success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'Transfers that succeeded, ten at a time; an empty cursor is the first page',
      query: { taskType: '0', status: '2', pageSize: '10', pageCursor: '' },
      response: {
        taskList: [
          {
            taskId: '1486254586942472064',
            taskName: 'ceshi1111',
            taskType: 0,
            status: 2,
            createTime: '2024-08-12T07:22:33.000Z',
          },
          {
            taskId: '1486368980720435072',
            taskName: 'ceshi4',
            taskType: 0,
            status: 2,
            createTime: '2024-08-12T11:09:50.000Z',
          },
        ],
        nextCursor: '1723549107000',
        code: 0,
        msg: 'Success',
      },
    },
  },
})
