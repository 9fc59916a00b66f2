import { createBatchProvisioningTask } from '../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning, taskStatuses } from '../spec/operations/query-batch-provisioning.ts'

/** The flow that every integration has: create a batch task, then poll it to its end. */
export const provisioning = {
  title: 'Provision and poll',
  description:
    'Hands in two users and polls the task until it ends. Run again, it skips the users, who exist by then: the counts still add up.',
  create: createBatchProvisioningTask,
  poll: queryBatchProvisioning,
  body: JSON.stringify({
    userList: [
      { firstname: 'Ada', phone: '13900000001' },
      { firstname: 'Grace', phone: '13900000002' },
    ],
  }),
  /** The body for tools with variables: the value of `phone` goes in before the request is signed. */
  template: '{"userList":[{"firstname":"Ada","phone":"{{phone}}"},{"firstname":"Grace","phone":"13900000002"}]}',
  /** What `phone` is unless somebody sets it. */
  phone: '13900000001',
  userCount: 2,
  /** Statuses that never change again: a good end and a bad one. */
  finalStatuses: [taskStatuses.done, taskStatuses.failed],
  doneStatus: taskStatuses.done,
  failedStatus: taskStatuses.failed,
  /** Pause between two polls, and how many to allow: half a minute in all. */
  pollMs: 500,
  maxPolls: 60,
} as const
