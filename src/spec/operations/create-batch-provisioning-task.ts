import { z } from 'zod'
import { documented } from '../evidence.ts'
import { limits } from '../limits.ts'
import { bodyErrors, defineOperation } from '../operation.ts'
import { envelope, fieldsOf, namedObject } from '../schemas.ts'

const row = fieldsOf('createBatch', 'Table 3')

/** One user of a batch. Creating a Batch Provisioning Task, Table 3. */
export const registerUserInfo = namedObject('RegisterUserInfo', 'A user to provision.', () => ({
  firstname: row(z.string().min(1), 'Name.'),
  surname: row(z.string().optional(), 'Family name.'),
  phone: row(z.string().min(1), 'Mobile number; the user is identified by it.'),
  email: row(z.string().optional(), 'E-mail address. A row with a malformed one fails.'),
  password: row(
    z.string().optional(),
    'First password. A row fails unless it has 8 characters or more, letters and digits, no space and no character three times in a row.',
  ),
}))

export const createBatchProvisioningTask = defineOperation({
  id: 'create-batch-provisioning-task',
  operationId: 'createBatchProvisioningTask',
  method: 'POST',
  path: '/koodrive/ose/v1/user/batchRegister/create',
  title: 'Create a batch provisioning task',
  description:
    'Submits up to 1,000 users. The answer is the id of a task that provisions them one after the other; poll it with queryBatchProvisioning.',
  page: documented('createBatch', 'page'),
  tag: 'Provisioning',
  authentication: 'signature',
  body: () =>
    z.object({
      userList: fieldsOf('createBatch', 'Table 2')(
        z.array(registerUserInfo()).min(1).max(limits.userListMax),
        `Users to provision, 1 to ${limits.userListMax}.`,
      ),
    }),
  response: () =>
    z.object({
      data: fieldsOf('createBatch', 'Table 4')(z.string(), 'Id of the task (taskId).'),
      ...envelope,
    }),
  successMessage: { 'en-US': 'Success', 'zh-CN': '成功' },
  errors: ['verifyParametersFailed', 'unauthorized', 'noSpacePermission', ...bodyErrors],
  links: [
    {
      operationId: 'queryBatchProvisioning',
      description: 'The task id is the taskId of queryBatchProvisioning.',
      query: { taskId: '/data' },
    },
  ],
  examples: {
    reference: {
      summary: 'Two users, as on the reference page',
      body: {
        userList: [
          {
            firstname: '1204',
            surname: '1204',
            phone: '1884609076404',
            email: '1024@12.com',
            password: 'Q!@1assword',
          },
          {
            firstname: '1205',
            surname: '1205',
            phone: '1884609076405',
            email: '1052@12.com',
            password: 'paO2*ssword',
          },
        ],
      },
      response: { data: '1893596414966089600', code: 0, msg: 'Success' },
    },
  },
})
