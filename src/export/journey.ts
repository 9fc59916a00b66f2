import type { Operation } from '../spec/operation.ts'
import { authSession } from '../spec/operations/auth-session.ts'
import { countUsers } from '../spec/operations/count-users.ts'
import { createDepartment } from '../spec/operations/create-department.ts'
import { createSession } from '../spec/operations/create-session.ts'
import { createSpace } from '../spec/operations/create-space.ts'
import { createTask } from '../spec/operations/create-task.ts'
import { createUser } from '../spec/operations/create-user.ts'
import { deleteDepartment } from '../spec/operations/delete-department.ts'
import { deleteSpace } from '../spec/operations/delete-space.ts'
import { deleteUser } from '../spec/operations/delete-user.ts'
import { getAuthCodeUrl } from '../spec/operations/get-auth-code-url.ts'
import { getDepartment } from '../spec/operations/get-department.ts'
import { getQuotaUsed } from '../spec/operations/get-quota-used.ts'
import { getSpace } from '../spec/operations/get-space.ts'
import { getSpaceAllocation } from '../spec/operations/get-space-allocation.ts'
import { getTask } from '../spec/operations/get-task.ts'
import { getTaskResult } from '../spec/operations/get-task-result.ts'
import { getUser } from '../spec/operations/get-user.ts'
import { getUserMobile } from '../spec/operations/get-user-mobile.ts'
import { listDepartmentSpaces } from '../spec/operations/list-department-spaces.ts'
import { listDepartments } from '../spec/operations/list-departments.ts'
import { listTasks } from '../spec/operations/list-tasks.ts'
import { logout } from '../spec/operations/logout.ts'
import { refreshSession } from '../spec/operations/refresh-session.ts'
import { updateDepartment } from '../spec/operations/update-department.ts'
import { updateSpace } from '../spec/operations/update-space.ts'
import { updateUser } from '../spec/operations/update-user.ts'
import { managementOperations } from '../spec/operations.ts'

/** What stands for a value that an earlier step has learnt, in the notation of a format. */
export type Placeholder = (variable: string) => string

/** A call of the journey. Values may hold variables in double braces, which earlier steps have learnt. */
export interface JourneyStep {
  readonly operation: Operation
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  /** Body as one line of JSON. */
  readonly body?: string
  /** Variables that the answer gives, by the keys that lead to the value. */
  readonly learns?: Readonly<Record<string, readonly (string | number)[]>>
}

const user = { userId: '{{newUserId}}' }
const department = { department_id: '{{newDepartmentId}}' }
const owner = { ownerId: '{{newUserId}}' }

/** From nothing to a user with a space. */
const making: readonly JourneyStep[] = [
  { operation: getAuthCodeUrl, query: { domain: 'localhost' } },
  {
    operation: createSession,
    body: '{"code":"{{authCode}}"}',
    learns: { sessionToken: ['data', 'accessToken'], sessionId: ['data', 'sessionId'] },
  },
  { operation: authSession },
  {
    operation: refreshSession,
    headers: { 'x-session-id': '{{sessionId}}' },
    learns: { sessionToken: ['accessToken'] },
  },
  { operation: listDepartments, learns: { rootId: ['list', 0, 'id'] } },
  {
    operation: createDepartment,
    body: '{"name":"Newcomers","parentId":"{{rootId}}"}',
    learns: { newDepartmentId: ['data', 'id'] },
  },
  { operation: getDepartment, params: department },
  { operation: updateDepartment, params: department, body: '{"name":"New hires","parentId":"{{rootId}}"}' },
  {
    operation: createUser,
    body: '{"userId":"1008600000029937613","modifyUserInfoReq":{"deptId":"{{newDepartmentId}}","role":"1"}}',
    learns: { newUserId: ['data', 'id'] },
  },
  { operation: getUser, params: user },
  { operation: getUserMobile, params: user },
  { operation: updateUser, params: user, body: '{"status":1}' },
  { operation: countUsers, query: { deptId: '{{newDepartmentId}}' } },
  { operation: createSpace, params: owner, body: '{"capacity":5,"type":1}' },
  { operation: getSpace, params: owner, query: { type: '1' } },
  { operation: updateSpace, params: owner, body: '{"capacity":7,"type":1}' },
  { operation: listDepartmentSpaces, query: { offset: '0', limit: '10' } },
  { operation: getSpaceAllocation },
  { operation: getQuotaUsed },
]

/** And back to nothing. */
const deleting: readonly JourneyStep[] = [
  { operation: deleteSpace, params: owner, query: { type: '1' } },
  {
    operation: createTask,
    body: '{"taskType":1,"resultId":"1215215","orgId":"9190086000001210958","orgUserId":"1008600000016806899"}',
    learns: { importTaskId: ['taskId'] },
  },
  { operation: getTask, params: { task_id: '{{importTaskId}}' } },
  { operation: getTaskResult, query: { taskId: '{{importTaskId}}' } },
  { operation: listTasks, query: { pageSize: '10' } },
  { operation: deleteUser, params: user },
  { operation: deleteDepartment, params: department },
  { operation: logout },
]

/** Steps of the operations that no list names: as their example says, about the user and the department of the journey. */
const further = managementOperations
  .filter((operation) => ![...making, ...deleting].some((step) => step.operation === operation))
  .map(asItsExample)

const steps: readonly JourneyStep[] = [...making, ...further, ...deleting]

function asItsExample(operation: Operation): JourneyStep {
  const [{ params = {}, query = {}, headers = {}, body } = {}] = Object.values(operation.examples)
  const own: Readonly<Record<string, string>> = { ...user, ...department, ...owner }
  return {
    operation,
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, own[name] ?? value])),
    query,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  }
}

/** The journey of an administrator: every operation beyond those of the reference pages, in an order that works. */
export const journey = {
  title: 'From sign-in to a deleted user',
  description:
    'Signs in, creates a department and a user, gives the user a space, and takes everything away again, so that it can be run as often as wanted. The authorization code comes from the control plane of the mock; on the real service, sign in at the address that the first step answers and set the variable authCode.',
  /** Asks the mock for an authorization code, in place of a person at the sign-in page. */
  authCode: {
    title: 'Get an authorization code from the mock',
    method: 'POST',
    path: '/__admin/sandboxes/default/auth-codes',
    body: '{"login":"admin"}',
    learns: { authCode: ['code'] },
  },
  steps,
} as const

/** Every variable of the journey. */
export const journeyVariables: readonly string[] = [
  ...new Set([...Object.keys(journey.authCode.learns), ...steps.flatMap(({ learns = {} }) => Object.keys(learns))]),
]

/** A string with its variables in the notation of a format. */
export const withVariables = (text: string, placeholder: Placeholder): string =>
  text.replace(/\{\{(\w+)\}\}/g, (_, variable: string) => placeholder(variable))

/** The path of a step with its parameters filled in. */
export const pathOf = ({ operation, params = {} }: JourneyStep): string =>
  operation.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')

/** Whether a step sends the token of the session. */
export const sendsToken = ({ operation }: JourneyStep): boolean => operation.authentication !== 'none'
