import { isRecord, parseAnswer, toJson } from '../../shared/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { queryBatchProvisioning, taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { given, isNotFound, isRefusal, isSuccess, recordsIn } from '../judge.ts'
import type { EarlierAnswer } from '../ledger.ts'
import { skip } from '../outcome.ts'
import { defineProbe, once, type Probe, type ProbeContext, type RunFacts } from '../probe.ts'
import { type RequestSpec, requestFor, type SignatureAuth, signed } from '../request-spec.ts'
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
      const { facts, send, record, earlier } = context
      const operation = createBatchProvisioningTask.operationId
      const proof = (await auth?.(context)) ?? signed
      const lists = [users, ...(orElse === undefined ? [] : [orElse])]
      const specOf = (attempt: number) => {
        const body = toJson({ userList: lists[attempt]?.(facts) })
        return requestFor(createBatchProvisioningTask, proof, {
          body,
          ...(shellBody !== undefined && { shellBody: shellBody(facts) }),
        })
      }
      const known = earlier()
      if (known !== undefined) return answeredBefore(specOf(known.attempt), known, facts.now())
      const submit = async (attempt: number): Promise<Exchange> => {
        announce(context, lists[attempt]?.(facts) ?? [], note)
        const exchange = await send(specOf(attempt))
        const { status, text } = exchange.response
        if (isSuccess(exchange)) {
          const answer = { probe: id, attempt, status, body: text.slice(0, LONGEST_KEPT) }
          record({ run: facts.prefix, at: facts.now(), operation, phones: [], note, answer })
        }
        return exchange
      }
      const exchange = await submit(0)
      const isRefused = isRefusal(exchange) && !PROOF_REFUSED.includes(exchange.response.status)
      return orElse !== undefined && isRefused ? submit(1) : exchange
    },
  })
}

/** Nothing about the users was looked at. */
const PROOF_REFUSED = [401, 403]

/** Characters of an answer that a ledger keeps: a task id and what comes with it. */
const LONGEST_KEPT = 4000

/** The exchange of an earlier run as if it had been now. */
function answeredBefore(spec: RequestSpec, { status, body }: EarlierAnswer, at: number): Exchange {
  return {
    spec,
    request: { method: spec.method, url: `http://ledger${spec.path}`, headers: [], body: spec.body, at },
    response: { status, headers: [['content-type', 'application/json']], text: body, json: parseAnswer(body) },
    durationMs: 0,
  }
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
export interface PolledTask {
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
  readonly polls: readonly PolledTask[]
  /** The last poll; terminal unless the run lost patience. */
  readonly last: PolledTask
  readonly isFinished: boolean
}

/** A task that has ended, with all its rows. */
export const finished = (history: TaskHistory): TaskHistory =>
  history.isFinished ? history : skip('the task did not end in time')

/** One look at a task. */
export function viewOf(exchange: Exchange): PolledTask {
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

/** A phone by what no spelling changes: its digits without the prefix of a country code. Other texts stay. */
export const storedPhone = (phone: unknown): string => {
  const text = String(phone)
  return /^\+?[\d ()-]+$/.test(text) ? text.replace(/\D/g, '').replace(/^0+/, '') : text
}
export const samePhones = (one: unknown, other: unknown): boolean => storedPhone(one) === storedPhone(other)

/** Whether a phone is shown in part only. */
export const isMasked = (phone: unknown): boolean => typeof phone === 'string' && phone.includes('*')

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

/** A question about a task of the run, with further parameters. */
export const taskQuestion = <T>(
  id: string,
  of: Probe<T>,
  taskIdIn: (found: T) => string,
  more: Readonly<Record<string, string>> = {},
): Probe<Exchange> =>
  single({
    id,
    operation: queryBatchProvisioning,
    needs: ['signature', 'writes'],
    uses: [of],
    query: ['taskId={task}', ...Object.entries(more).map(([name, value]) => `${name}=${value}`)].join('&'),
    build: async ({ get }) =>
      requestFor(queryBatchProvisioning, signed, { query: { taskId: taskIdIn(await get(of)), ...more } }),
  })

interface WatchOptions {
  readonly pageSize?: number
  /** Whether to wait before the first look: for tasks whose beginning is of no interest. */
  readonly isPatient?: boolean
  /** What is sent between the creation and the first look. */
  readonly after?: readonly Probe<Exchange>[]
}

/** A probe that watches a task until it ends, with growing pauses. */
export function watchProbe(
  id: string,
  create: Probe<Exchange>,
  { pageSize, isPatient = false, after = [] }: WatchOptions = {},
): Probe<TaskHistory> {
  return defineProbe<TaskHistory>({
    id,
    operation: 'queryBatchProvisioning',
    safety: 'write',
    needs: ['signature', 'writes'],
    uses: [create, ...after],
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
      for (const probe of after) await get(probe)
      const taskId = taskIdOf(created)
      const query = { taskId, pageSize: pageSize === undefined ? undefined : String(pageSize) }
      const polls: PolledTask[] = []
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
