import { z } from 'zod'
import { documented } from '../evidence.ts'
import { idText, managementEnvelope, numberInExample, numberOrText } from '../management-fields.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { fieldsOf } from '../schemas.ts'

const body = fieldsOf('createTask', 'request table')

export const createTask = defineOperation({
  id: 'create-task',
  operationId: 'createTask',
  method: 'POST',
  path: '/koodrive/ose/v1/task/create',
  title: 'Create a task',
  description:
    'Type 0 hands what a user owns to another one and deletes the first. Type 1 imports the users of an earlier upload to OrgID, which resultId names: the request carries no users. Poll the task with getTask.',
  page: documented('createTask', 'page'),
  tag: 'Tasks',
  authentication: 'token',
  body: () =>
    z.object({
      taskType: body(
        numberOrText([0, 1]).optional(),
        '0 transfer and delete, 1 batch import. No default is documented: reading task-type-default.',
      ),
      srcUserId: body(idText().optional(), 'KooDrive id of the user to delete. Mandatory for type 0.'),
      dstUserId: body(idText().optional(), 'KooDrive id of the user who receives. Mandatory for type 0.'),
      resultId: body(
        z.string().min(1).max(64).optional(),
        'Id of the upload whose users are imported. Mandatory for type 1. Reading import-upload.',
      ),
      orgId: body(z.string().min(1).max(64).optional(), 'OrgID organisation. Mandatory for type 1.'),
      orgUserId: body(z.string().min(1).max(64).optional(), 'OrgID user who imports. Mandatory for type 1.'),
    }),
  response: () =>
    z.object({
      taskId: fieldsOf('createTask', 'answer table')(z.string(), 'Id of the task.'),
      ...managementEnvelope('createTask', numberInExample('createTask')),
    }),
  successMessage: { 'en-US': 'Success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized', ...bodyErrors],
  links: [
    { operationId: 'getTask', description: 'The taskId is the task_id of getTask.', params: { task_id: '/taskId' } },
    {
      operationId: 'getTaskResult',
      description: 'The taskId is the taskId of getTaskResult.',
      query: { taskId: '/taskId' },
    },
  ],
  examples: {
    reference: {
      summary: 'Hand over and delete',
      body: { taskType: 0, srcUserId: '1397687227244555008', dstUserId: '1507947856550550784' },
      response: { taskId: '1534087020903704704', code: 0, msg: 'Success' },
    },
    import: {
      summary: 'Import an upload',
      body: {
        taskType: 1,
        resultId: '1215215',
        orgId: '9190086000001210958',
        orgUserId: '1008600000016806899',
      },
      response: { taskId: '1534087020903704832', code: 0, msg: 'Success' },
    },
  },
})
