import type { Operation } from '../../spec/operation.ts'
import { operations } from '../../spec/operations.ts'
import type { OperationId } from '../../spec/wire-types.ts'
import type { Exchange } from '../exchange.ts'
import type { Get, Probe } from '../probe.ts'
import { toQuery } from '../request-spec.ts'
import { firstSpaces, firstUsers } from './lists.ts'
import { createMain, mainTaskAgain } from './main-task.ts'
import { call, idIn } from './management/call.ts'
import { countAll } from './management/counts.ts'
import {
  belowHome,
  createFirst,
  departmentListed,
  listedDepartment,
  rename,
  treeStart,
} from './management/departments.ts'
import { belowRemoval, userRemoval, userSpaceEnd } from './management/removal.ts'
import { newSession, ownSession, refreshed, signedOut, signInAddress } from './management/sessions.ts'
import { allocation, departmentSpaces, quota, spaceListed, userSpace } from './management/spaces.ts'
import { anEndedTask, resultListed, taskListed, tasks, transfer } from './management/tasks.ts'
import { createOne, listedUser, mobileListed, moveUser, userListed } from './management/users.ts'
import { preverifyPlain, preverifyRows } from './preverify.ts'

/** Where the value of a parameter comes from in an organisation that nobody knows: a list shows it. */
interface Source {
  readonly list: Probe<unknown>
  readonly value: (get: Get) => Promise<string>
}

const user: Source = { list: listedUser, value: async (get) => idIn((await get(listedUser)).user, 'id') }
const department: Source = { list: listedDepartment, value: async (get) => idIn(await get(listedDepartment), 'id') }
const task: Source = { list: tasks, value: async (get) => idIn(await anEndedTask(get), 'taskId') }

const sources: Readonly<Record<string, Source>> = {
  userId: user,
  deptId: department,
  departmentId: department,
  department_id: department,
  taskId: task,
  task_id: task,
}

const sourceOf = (name: string): Source | undefined => (Object.hasOwn(sources, name) ? sources[name] : undefined)

/**
 * A plain call of an operation as its first example makes it, about what the lists of the target show. There is none for a
 * call that changes something, since what it creates has to be deleted again, for one that must be signed, and for one about a
 * thing that no list shows.
 */
function fromExample(operation: Operation): Probe<Exchange> | undefined {
  const [{ query = {} } = {}] = Object.values(operation.examples)
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const isPlain = operation.method === 'GET' && operation.authentication !== 'signature'
  if (!isPlain || !inPath.every((name) => sourceOf(name))) return undefined
  const names = [...inPath, ...Object.keys(query)]
  const filled = async (get: Get, all: readonly string[]): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        all.map(async (name) => [name, (await sourceOf(name)?.value(get)) ?? query[name] ?? ''] as const),
      ),
    )
  const shown = Object.entries(query).map(([name, value]) =>
    sourceOf(name) === undefined ? toQuery({ [name]: value }) : `${name}={${name}}`,
  )
  return call({
    id: `${operation.id}.example`,
    operation,
    uses: names.flatMap((name) => sourceOf(name)?.list ?? []),
    params: ({ get }) => filled(get, inPath),
    ...(shown.length > 0 && { shown: shown.join('&'), query: ({ get }) => filled(get, Object.keys(query)) }),
  })
}

const written: Readonly<Partial<Record<OperationId, readonly Probe<Exchange>[]>>> = {
  createBatchProvisioningTask: [createMain],
  queryBatchProvisioning: [mainTaskAgain],
  preverifyBatchImport: [preverifyPlain, preverifyRows],
  listUsers: [firstUsers],
  listUserSpaces: [firstSpaces],
  getAuthCodeUrl: [signInAddress],
  createSession: [newSession],
  authSession: [ownSession],
  refreshSession: [refreshed],
  logout: [signedOut],
  listDepartments: [treeStart, belowHome],
  getDepartment: [departmentListed],
  createDepartment: [createFirst],
  updateDepartment: [rename],
  deleteDepartment: [belowRemoval],
  getUser: [userListed],
  createUser: [createOne],
  updateUser: [moveUser],
  deleteUser: [userRemoval],
  countUsers: [countAll],
  getUserMobile: [mobileListed],
  getSpace: [spaceListed],
  createSpace: [userSpace.create],
  updateSpace: [userSpace.resize],
  deleteSpace: [userSpaceEnd.removal],
  listDepartmentSpaces: [departmentSpaces],
  getSpaceAllocation: [allocation],
  getQuotaUsed: [quota],
  createTask: [transfer],
  listTasks: [tasks],
  getTask: [taskListed],
  getTaskResult: [resultListed],
}

const derived = new Map(
  (operations as readonly Operation[])
    .filter(({ operationId }) => !Object.hasOwn(written, operationId))
    .map((operation) => [operation.operationId, fromExample(operation)]),
)

/**
 * The answers of an operation that show what its successes look like: those written above, else that of its example. Without
 * any, no check looks at them.
 */
export function sampleAnswers(operation: OperationId): readonly Probe<Exchange>[] {
  const example = derived.get(operation)
  return written[operation] ?? (example === undefined ? [] : [example])
}
