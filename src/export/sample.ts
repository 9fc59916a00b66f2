import type { Operation } from '../spec/operation.ts'
import { createBatchProvisioningTask } from '../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning, taskStatuses } from '../spec/operations/query-batch-provisioning.ts'
import { operations, referenceOperations } from '../spec/operations.ts'

/** A request of an operation that the mock answers with success as it was started. */
export interface Sample {
  readonly operation: Operation
  readonly isSigned: boolean
  readonly summary: string
  /** Path with query, percent-encoded. */
  readonly target: string
  readonly query: readonly (readonly [string, string])[]
  /** Body on one line; integers keep every digit. */
  readonly body: string | undefined
  /** Body as the answer has it, indented. */
  readonly response: string
  /** Fields at the top of every success. */
  readonly answerFields: readonly string[]
}

function toSample(operation: Operation): Sample {
  const [example] = Object.values(operation.examples)
  const query = Object.entries(example?.query ?? {})
  const { response, authentication } = operation
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => example?.params?.[name] ?? '')
  return {
    operation,
    isSigned: authentication === 'signature',
    summary: example?.summary ?? operation.title,
    query,
    target: query.length === 0 ? path : `${path}?${query.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`,
    body: operation.body === undefined ? undefined : exactJson(example?.body),
    response: exactJson(example?.response, 2),
    answerFields: Object.entries(response.shape)
      .filter(
        ([, schema]) =>
          !(schema as { safeParse: (value: unknown) => { success: boolean } }).safeParse(undefined).success,
      )
      .map(([name]) => name),
  }
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

/** JSON in which integers beyond 2^53 keep every digit. */
const exactJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `int64:${one}` : one), indent).replace(
    /"int64:(-?\d+)"/g,
    '$1',
  )

/** One request of each operation, from the first of its examples. */
export const samples: readonly Sample[] = operations.map(toSample)

/** Those that succeed alone, on a mock as it was started. */
export const referenceSamples: readonly Sample[] = referenceOperations.map(toSample)

/** The flow that every integration has: create a batch task, then poll it to its end. */
export const provisioning = {
  title: 'Provision and poll',
  description:
    'Submits two users and polls the task until it ends. Run again, it skips the users, who exist by then: the counts still add up.',
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
