import { z } from 'zod'
import { documented, example, inferred } from '../evidence.ts'
import { idText } from '../management-fields.ts'
import { defineOperation } from '../operation.ts'
import { envelope, fieldsOf, namedObject } from '../schemas.ts'

const parameter = fieldsOf('getTaskResult', 'query parameters')
const result = fieldsOf('getTaskResult', 'table UserImportResultDto')

const failInfo = namedObject('ImportFailure', 'A user that was not imported.', () => ({
  userName: result(z.string(), 'Name of the user.'),
  desc: result(z.string().optional(), 'Why the user was not imported; the example leaves it out.'),
}))

export const getTaskResult = defineOperation({
  id: 'get-task-result',
  operationId: 'getTaskResult',
  method: 'GET',
  path: '/koodrive/ose/v1/task/result',
  title: 'Get the result of an import',
  description: 'How many users of an import task were imported, and why the others were not.',
  page: documented('getTaskResult', 'page'),
  tag: 'Tasks',
  authentication: 'token',
  query: () =>
    z.object({
      taskId: parameter(
        idText().optional(),
        'Id of the task. The table says optional; without it: reading task-result-without-id.',
      ),
      taskid: parameter(
        idText().optional(),
        'The spelling of the example for taskId; taskId goes first.',
        example('getTaskResult', 'request example'),
      ),
    }),
  response: () =>
    z.object({
      data: fieldsOf('getTaskResult', 'answer table')(
        z
          .object({
            successCount: result(z.int().min(0), 'Users imported.'),
            failCount: result(z.int().min(0), 'Users not imported.'),
            failInfoList: result(
              z.array(failInfo()),
              'The users not imported, at most 1,000.',
              inferred('The table lists the field; the bound is ours'),
            ),
          })
          .meta({ id: 'UserImportResult', description: 'Outcome of an import.' }),
        'Outcome of the import.',
      ),
      ...envelope,
    }),
  successMessage: { 'en-US': 'Success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'resourceNotFound', 'noSpacePermission', 'unauthorized'],
  examples: {
    reference: {
      summary: 'One user imported, one not',
      query: { taskId: '1534087020903704832' },
      response: {
        data: { successCount: 1, failCount: 1, failInfoList: [{ userName: 'ss' }] },
        code: 0,
        msg: 'Success',
      },
    },
  },
})
