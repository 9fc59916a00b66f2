import { z } from 'zod'
import { documented } from '../evidence.ts'
import { idText, managementEnvelope, numberInExample } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const task = fieldsOf('getTask', 'answer table')

export const getTask = defineOperation({
  id: 'get-task',
  operationId: 'getTask',
  method: 'GET',
  path: '/koodrive/ose/v1/task/{task_id}',
  title: 'Get a task',
  description:
    'One task of createTask. The fields stand beside code and msg, not in `data`. Poll until the status is 2 or 3.',
  page: documented('getTask', 'page'),
  tag: 'Tasks',
  authentication: 'token',
  params: () =>
    z.object({
      task_id: fieldsOf('getTask', 'path parameter')(idText(), 'Id of the task: taskId of createTask.'),
    }),
  response: () =>
    z.object({
      taskId: task(z.string(), 'Id of the task.'),
      taskName: task(z.string(), 'Name of the task.'),
      taskType: task(z.int(), '0 transfer and delete, 1 batch import.'),
      tenantId: task(z.string(), 'Id of the tenant.'),
      userId: task(z.string(), 'KooDrive id of the user who created it.'),
      status: task(z.int().min(0).max(3), '0 NEW, 1 EXECUTING, 2 SUCCESS, 3 FAILED.'),
      resultCode: task(z.string().optional(), 'Code of a failure, 18xxxxxx; absent on success.'),
      ...managementEnvelope('getTask', numberInExample('getTask')),
    }),
  successMessage: { 'en-US': 'Success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'A transfer that has succeeded',
      params: { task_id: '1534087020903704704' },
      response: {
        taskId: '1534087020903704704',
        taskName: 'lym0412normal',
        taskType: 0,
        tenantId: 'd5ac574bd2934a69baa4f23c55daa8d4',
        userId: '1397687227244555008',
        status: 2,
        code: 0,
        msg: 'Success',
      },
    },
  },
})
