import { z } from 'zod'
import { documented, inferred } from '../evidence.ts'
import { limits } from '../limits.ts'
import { defineOperation } from '../operation.ts'
import { envelope, fieldsOf, namedObject } from '../schemas.ts'

const parameter = fieldsOf('queryBatch', 'Table 1')
const data = fieldsOf('queryBatch', 'Table 4')
const row = fieldsOf('queryBatch', 'Table 5')
const info = fieldsOf('queryBatch', 'Table 6')

/** States of a task. */
export const taskStatuses = { new: '0', running: '1', done: '2', failed: '3' } as const

/** Outcome of one submitted user. Querying Batch Provisioning, Table 5. */
export const registerListRow = namedObject('RegisterRow', 'Outcome of one submitted user.', () => ({
  id: row(z.string(), 'Subtask id.'),
  userId: row(z.string().optional(), 'Id of the new user, or of the user that exists already (code 40000009).'),
  phone: row(z.string(), 'Mobile number as submitted.'),
  code: row(z.string().optional(), 'Error code; absent when the user was provisioned.'),
  reason: row(z.string().optional(), 'Reason; absent when the user was provisioned.'),
}))

/** Progress of a task. Querying Batch Provisioning, Table 6. */
export const taskInfo = namedObject('TaskInfo', 'Progress of a task.', () => ({
  taskId: info(z.string(), 'Id of the task.'),
  status: info(
    z.enum(Object.values(taskStatuses)),
    '0 new, 1 running, 2 done, 3 failed.',
    inferred('The page lists no values; the example has 2 and both task families of the service agree on 0, 1, 2'),
  ),
  totalCount: info(z.int().min(0), 'Submitted users.'),
  successCount: info(z.int().min(0), 'Users provisioned so far.'),
  failCount: info(z.int().min(0), 'Users that could not be provisioned so far.'),
  skipCount: info(z.int().min(0), 'Users skipped so far, because they exist.'),
}))

export const queryBatchProvisioning = defineOperation({
  id: 'query-batch-provisioning',
  operationId: 'queryBatchProvisioning',
  method: 'GET',
  path: '/koodrive/ose/v1/user/batchRegister/get',
  title: 'Query batch provisioning',
  description:
    'Progress of a task and the outcome of each user settled so far, in the order of submission. Poll until the status is 2 or 3, then read every page.',
  page: documented('queryBatch', 'page'),
  tag: 'Provisioning',
  authentication: 'signature',
  query: () =>
    z.object({
      taskId: parameter(z.string().min(1), 'Id of the task.'),
      cursor: parameter(
        z.string().optional(),
        'Cursor of the page, from nextPageCursor of the page before; absent or 0 for the first page.',
      ),
      pageSize: parameter(
        z.int().min(1).max(limits.pageSizeMax).optional(),
        `Rows of a page, 1 to ${limits.pageSizeMax}; ${limits.pageSizeMax} by default.`,
      ),
    }),
  response: () =>
    z.object({
      data: fieldsOf('queryBatch', 'Table 3')(
        z
          .object({
            nextPageCursor: data(z.string().optional(), 'Cursor of the next page; absent on the last page.'),
            registerList: data(z.array(registerListRow()), 'Outcomes of this page.'),
            taskInfo: data(taskInfo(), 'Progress of the task.'),
          })
          .meta({ id: 'BatchProvisioning' }),
        'Progress and outcomes.',
      ),
      ...envelope,
    }),
  successMessage: { 'en-US': 'Success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'unauthorized', 'noSpacePermission'],
  examples: {
    reference: {
      summary: 'One user provisioned, one skipped',
      query: { taskId: '1882735962480556672', cursor: '0', pageSize: '1' },
      response: {
        data: {
          taskInfo: {
            taskId: '1882735962480556672',
            status: '2',
            totalCount: 2,
            successCount: 1,
            failCount: 0,
            skipCount: 1,
          },
          registerList: [{ id: '1882735962480556673', userId: '1895065729401744000', phone: '12345557' }],
          nextPageCursor: '1',
        },
        code: 0,
        msg: 'Success',
      },
    },
  },
})
