import { isRecord, toJson } from '../../client/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning, taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { given, recordsIn } from '../judge.ts'
import { skip } from '../outcome.ts'
import { defineProbe, type Probe, type ProbeContext, type RunFacts } from '../probe.ts'
import { requestFor, type SignatureAuth, signed } from '../request-spec.ts'
import { single } from './single.ts'

/** A user as a run submits it. */
export type SubmittedUser = Readonly<Record<string, string>>

/** A user of this run: everything about it carries the run prefix. */
export const userOf = ({ prefix, phone }: RunFacts, n: number, more: SubmittedUser = {}): SubmittedUser => ({
  firstname: `${prefix}u${n}`,
  surname: 'Contract',
  phone: phone(n),
  email: `${prefix}u${n}@example.com`,
  password: 'Kit9pa-sword',
  ...more,
})

interface CreateOptions {
  readonly id: string
  readonly note: string
  readonly users: (facts: RunFacts) => readonly SubmittedUser[]
  readonly uses?: readonly Probe<unknown>[]
  readonly auth?: (context: ProbeContext) => Promise<SignatureAuth>
  readonly shellBody?: (facts: RunFacts) => string
}

/** A probe that creates a task; its phones are in the ledger before the call. */
export function createProbe({ id, note, users, uses = [], auth, shellBody }: CreateOptions): Probe<Exchange> {
  return single({
    id,
    operation: createBatchProvisioningTask,
    needs: ['signature', 'writes'],
    safety: 'write',
    uses,
    async build(context) {
      const { facts } = context
      const proof = (await auth?.(context)) ?? signed
      const userList = users(facts)
      announce(context, userList, note)
      return requestFor(createBatchProvisioningTask, proof, {
        body: toJson({ userList }),
        ...(shellBody !== undefined && { shellBody: shellBody(facts) }),
      })
    },
  })
}

/** Writes down what a request is about to create, or would if the target did not refuse it. */
export function announce({ facts, record }: ProbeContext, users: readonly unknown[], note: string): void {
  const phones = users.flatMap((user) => (isRecord(user) && typeof user['phone'] === 'string' ? [user['phone']] : []))
  record({
    run: facts.prefix,
    at: facts.now(),
    operation: 'createBatchProvisioningTask',
    phones: [...new Set(phones)],
    note,
  })
}

/** What a poll showed. */
export interface TaskView {
  readonly status: unknown
  readonly total: unknown
  readonly success: unknown
  readonly failed: unknown
  readonly skipped: unknown
  readonly rows: readonly Readonly<Record<string, unknown>>[]
  readonly exchange: Exchange
}

/** The life of a task from its creation to its end. */
export interface TaskHistory {
  readonly taskId: string
  readonly phones: readonly string[]
  readonly polls: readonly TaskView[]
  /** The last poll; terminal unless the run lost patience. */
  readonly last: TaskView
  readonly isFinished: boolean
}

/** One look at a task. */
export function viewOf(exchange: Exchange): TaskView {
  const { data } = given(exchange, queryBatchProvisioning.operationId)
  const { taskInfo, registerList } = isRecord(data) ? data : {}
  const info = isRecord(taskInfo) ? taskInfo : {}
  return {
    status: info['status'],
    total: info['totalCount'],
    success: info['successCount'],
    failed: info['failCount'],
    skipped: info['skipCount'],
    rows: recordsIn(registerList),
    exchange,
  }
}

const MAX_POLLS = 20
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5000

const isTerminal = (status: unknown): boolean => status === taskStatuses.done || status === taskStatuses.failed

/** The id that a create answered with; a number counts by its digits. */
export function taskIdOf(exchange: Exchange): string {
  const { data } = given(exchange, createBatchProvisioningTask.operationId)
  return typeof data === 'string' && data !== '' ? data : skip('createBatchProvisioningTask gave no task id')
}

interface WatchOptions {
  readonly pageSize?: number
  /** Whether to wait before the first look: for tasks whose beginning is of no interest. */
  readonly isPatient?: boolean
}

/** A probe that watches a task until it ends, with growing pauses. */
export function watchProbe(
  id: string,
  create: Probe<Exchange>,
  { pageSize, isPatient = false }: WatchOptions = {},
): Probe<TaskHistory> {
  return defineProbe<TaskHistory>({
    id,
    operation: 'queryBatchProvisioning',
    safety: 'write',
    needs: ['signature', 'writes'],
    uses: [create],
    requests: [
      {
        method: queryBatchProvisioning.method,
        path: queryBatchProvisioning.path,
        query: `taskId={task}${pageSize === undefined ? '' : `&pageSize=${pageSize}`}`,
        times: [1, MAX_POLLS],
      },
    ],
    async run({ get, send, sleep, facts }) {
      const created = await get(create)
      const taskId = taskIdOf(created)
      const query = { taskId, pageSize: pageSize === undefined ? undefined : String(pageSize) }
      const polls: TaskView[] = []
      let waited = isPatient ? FIRST_WAIT_MS : 0
      if (isPatient) await sleep(FIRST_WAIT_MS)
      for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
        const view = viewOf(await send(requestFor(queryBatchProvisioning, signed, { query })))
        polls.push(view)
        const isFinished = isTerminal(view.status)
        if (isFinished || polls.length === MAX_POLLS || waited + wait > facts.taskTimeoutMs) {
          return { taskId, phones: phonesIn(created), polls, last: view, isFinished }
        }
        await sleep(wait)
        waited += wait
      }
    },
  })
}

function phonesIn({ request: { body } }: Exchange): string[] {
  const { userList } = JSON.parse(body ?? '{}') as { userList: { phone: string }[] }
  return userList.map(({ phone }) => phone)
}
