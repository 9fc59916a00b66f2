import { type ErrorEntry, errors } from '../spec/errors.ts'
import type { Operation } from '../spec/operation.ts'
import { createBatchProvisioningTask } from '../spec/operations/create-batch-provisioning-task.ts'
import { listUsers } from '../spec/operations/list-users.ts'
import { queryBatchProvisioning } from '../spec/operations/query-batch-provisioning.ts'

/** A request that is wrong on purpose, and what the service refuses it with. */
export interface Refusal {
  readonly title: string
  readonly operation: Operation
  readonly query?: Readonly<Record<string, string>>
  readonly body?: string
  /** Who sends it: a signed request, one with a token, or one with nothing. */
  readonly sender: 'signature' | 'token' | 'nobody'
  /** Headers that are signed in place of the right ones. */
  readonly signed?: Readonly<Partial<Record<'X-Date' | 'X-User-Id', string>>>
  /** What is put in the place of a part of Authorization once that is signed. */
  readonly replaced?: { readonly part: 'Signature' | 'AppId'; readonly by: string }
  readonly token?: string
  readonly error: ErrorEntry
}

const page = { offset: '0', limit: '10' }
const NOBODY = '1505084218764547999'
const ZEROS = '0'.repeat(64)

/** A question about a task whose proof of identity is wrong. */
const signedWrongly = {
  operation: queryBatchProvisioning,
  query: { taskId: '1882735962480556672' },
  sender: 'signature',
  error: errors.unauthorized,
} as const

/** Mistakes that every client has to expect an answer to. Each can be sent as often as wanted: none changes anything. */
export const refusals = {
  title: 'Refusals',
  description:
    'Requests that are wrong on purpose. Each asserts the status and the code of the error table; on the mock, X-Mock-Diagnosis says what is wrong.',
  cases: [
    {
      title: 'A wrong signature',
      ...signedWrongly,
      replaced: { part: 'Signature', by: ZEROS },
    },
    {
      title: 'An old date',
      ...signedWrongly,
      signed: { 'X-Date': '20200101T000000Z' },
    },
    {
      title: 'An unknown user',
      ...signedWrongly,
      signed: { 'X-User-Id': NOBODY },
    },
    {
      title: 'An unknown application',
      ...signedWrongly,
      replaced: { part: 'AppId', by: ZEROS },
    },
    {
      title: 'No credentials at all',
      operation: listUsers,
      query: page,
      sender: 'nobody',
      error: errors.unauthorized,
    },
    {
      title: 'An unknown access token',
      operation: listUsers,
      query: page,
      sender: 'token',
      token: 'no-such-token',
      error: errors.unauthorized,
    },
    {
      title: 'A limit beyond its range',
      operation: listUsers,
      query: { offset: '0', limit: '1000' },
      sender: 'token',
      error: errors.verifyParametersFailed,
    },
    {
      title: 'An unknown task',
      operation: queryBatchProvisioning,
      query: { taskId: NOBODY },
      sender: 'signature',
      error: errors.resourceNotFound,
    },
    {
      title: 'A batch without users',
      operation: createBatchProvisioningTask,
      body: '{"userList":[]}',
      sender: 'signature',
      error: errors.verifyParametersFailed,
    },
    {
      title: 'JSON with a trailing comma',
      operation: createBatchProvisioningTask,
      body: '{"userList":[{"firstname":"Ada","phone":"13900000001"},]}',
      sender: 'signature',
      error: errors.verifyParametersFailed,
    },
  ] satisfies readonly Refusal[] as readonly Refusal[],
} as const

/** The name of a file or an entry of it. */
export const slugOf = (title: string): string => title.toLowerCase().replace(/[^a-z0-9]+/g, '-')

/** The target of a case: path with query. */
export const targetOf = ({ operation, query = {} }: Refusal): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`)
  return pairs.length === 0 ? operation.path : `${operation.path}?${pairs.join('&')}`
}
