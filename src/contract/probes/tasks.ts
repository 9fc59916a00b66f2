import { isRecord, toJson } from '../../client/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning, taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { given, isNotFound, isParameterRefusal, recordsIn } from '../judge.ts'
import { skip } from '../outcome.ts'
import { defineProbe, once, type Probe, type ProbeContext, type RunFacts } from '../probe.ts'
import { requestFor, type SignatureAuth, signed } from '../request-spec.ts'

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
  /** Users to submit in their place when the target refuses the batch as a whole. */
  readonly orElse?: (facts: RunFacts) => readonly SubmittedUser[]
  readonly uses?: readonly Probe<unknown>[]
  readonly auth?: (context: ProbeContext) => Promise<SignatureAuth>
  readonly shellBody?: (facts: RunFacts) => string
}

/** A probe that creates a task; its phones are in the ledger before the call. */
export function createProbe({ id, note, users, orElse, uses = [], auth, shellBody }: CreateOptions): Probe<Exchange> {
  return defineProbe<Exchange>({
    id,
    operation: 'createBatchProvisioningTask',
    needs: ['signature', 'writes'],
    safety: 'write',
    uses,
    requests: [{ ...once(createBatchProvisioningTask), times: [1, orElse === undefined ? 1 : 2] }],
    async run(context) {
      const { facts, send } = context
      const proof = (await auth?.(context)) ?? signed
      const submit = (userList: readonly SubmittedUser[]): Promise<Exchange> => {
        announce(context, userList, note)
        const body = { body: toJson({ userList }), ...(shellBody !== undefined && { shellBody: shellBody(facts) }) }
        return send(requestFor(createBatchProvisioningTask, proof, body))
      }
      const exchange = await submit(users(facts))
      return orElse !== undefined && isParameterRefusal(exchange) ? submit(orElse(facts)) : exchange
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
  /** Answers that the task does not exist, which came before the first poll that found it. */
  readonly missed: readonly Exchange[]
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

const SUCCESS = '0'

/** Whether a row says that its user was not provisioned; some services give a code for success as well. */
export const hasFailed = ({ code }: Readonly<Record<string, unknown>>): boolean =>
  isGiven(code) && String(code) !== SUCCESS

/** Whether a field has a value: null and an empty text are none. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== ''

/** A phone in the stored form: a target may show + as 00. */
export const storedPhone = (phone: unknown): string => String(phone).replace(/^\+/, '00')

const MAX_POLLS = 20
const FIRST_WAIT_MS = 300
const LONGEST_WAIT_MS = 5000
/** Polls that a task may take to be found after it was created. */
const MAX_MISSED = 4

/** The longest pause between two polls: so long that the polls last as long as the patience does. */
const longestWait = (patienceMs: number): number => Math.max(LONGEST_WAIT_MS, patienceMs / (MAX_POLLS / 2))

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
      const missed: Exchange[] = []
      let waited = isPatient ? FIRST_WAIT_MS : 0
      if (isPatient) await sleep(FIRST_WAIT_MS)
      for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, longestWait(facts.taskTimeoutMs))) {
        const exchange = await send(requestFor(queryBatchProvisioning, signed, { query }))
        if (polls.length === 0 && missed.length < MAX_MISSED && isNotFound(exchange)) missed.push(exchange)
        else polls.push(viewOf(exchange))
        const last = polls.at(-1)
        const isFinished = isTerminal(last?.status)
        const isOver = polls.length + missed.length === MAX_POLLS || waited + wait > facts.taskTimeoutMs
        if (last !== undefined && (isFinished || isOver)) {
          return { taskId, phones: phonesIn(created), missed, polls, last, isFinished }
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
