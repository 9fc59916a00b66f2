import type { AsyncCommand } from 'fast-check'
import { isRecord, toJson } from '../../shared/json.ts'
import { createBatchProvisioningTask } from '../../spec/operations/create-batch-provisioning-task.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import { queryBatchProvisioning } from '../../spec/operations/query-batch-provisioning.ts'
import type { Exchange } from '../exchange.ts'
import { given, isSuccess, recordsIn } from '../judge.ts'
import type { ProbeContext } from '../probe.ts'
import { cursorOf } from '../probes/batch.ts'
import { announce, taskIdOf, userOf, viewOf } from '../probes/tasks.ts'
import { type RequestSpec, requestFor, signed, type TokenAuth } from '../request-spec.ts'
import { Difference, isEnded, type KnownTask, type Model } from './model.ts'

/** What commands act on: a target, and a record of what was said to it. */
export interface Real {
  readonly context: ProbeContext
  readonly token: TokenAuth | undefined
  /** Calls in order; those of one entry were in flight together. */
  readonly calls: (readonly Exchange[])[]
  /** How long a list that is brought up to date behind the scenes is waited for, in milliseconds. */
  readonly patienceMs: number
}

export type Command = AsyncCommand<Model, Real>

/** Phones that a sequence plays with: few, so that tasks meet over them. */
export const PHONES = 4
const WAIT_MS = 300
/** The end of a task is waited for at least so long. */
const TASK_MS = 5000

/** The next wait of somebody who has asked so often. */
const pauseAfter = (tries: number): number => WAIT_MS * 2 ** Math.min(tries, 2)
const PAGE = 100

/** Sends requests at the same time and writes down that they were. */
async function together({ context, calls }: Real, specs: readonly RequestSpec[]): Promise<Exchange[]> {
  const exchanges = await Promise.all(specs.map((spec) => context.send(spec)))
  calls.push(exchanges)
  return exchanges
}
/** Sends one request. */
export const alone = async (real: Real, spec: RequestSpec): Promise<Exchange> =>
  (await together(real, [spec]))[0] as Exchange

/** Creates a task, or several at the same time. */
export const creation = (batches: readonly (readonly number[])[]): Command => ({
  check: () => true,
  async run(model, real) {
    const { context } = real
    const lists = batches.map((batch) => batch.map((n) => userOf(context.facts, n)))
    for (const users of lists) announce(context, users, 'exploration')
    const specs = lists.map((userList) =>
      requestFor(createBatchProvisioningTask, signed, { body: toJson({ userList }) }),
    )
    const exchanges = await together(real, specs)
    for (const [at, exchange] of exchanges.entries()) {
      if (isSuccess(exchange))
        model.addTask(
          taskIdOf(exchange),
          (lists[at] ?? []).map(({ phone = '' }) => phone),
          exchange,
        )
    }
  },
  toString: () => `create ${batches.map((batch) => `[${batch.join()}]`).join(' and ')}`,
})

const pollOf = ({ id }: KnownTask, more: Readonly<Record<string, string>> = {}): RequestSpec =>
  requestFor(queryBatchProvisioning, signed, { query: { taskId: id, ...more } })

const infoOf = (exchange: Exchange): unknown => {
  const { data } = given(exchange, queryBatchProvisioning.operationId)
  return isRecord(data) && isRecord(data['taskInfo']) ? data['taskInfo']['taskId'] : undefined
}

/** Asks about a task, or about several at the same time. */
export const poll = (places: readonly number[]): Command => ({
  check: ({ tasks }) => tasks.length > 0,
  async run(model, real) {
    const chosen = [...new Set(places.map((at) => model.tasks[at % model.tasks.length] as KnownTask))]
    const exchanges = await together(
      real,
      chosen.map((task) => pollOf(task)),
    )
    for (const [at, exchange] of exchanges.entries()) {
      const task = chosen[at]
      if (task === undefined || !isSuccess(exchange)) continue
      model.seePoll(task, viewOf(exchange), infoOf(exchange), true)
    }
  },
  toString: () => `poll ${places.join(' and ')}`,
})

/** Waits for the end of a task. */
export async function finish(task: KnownTask, model: Model, real: Real): Promise<boolean> {
  const patienceMs = Math.max(TASK_MS, real.patienceMs)
  for (let tries = 0, waitedMs = 0; waitedMs < patienceMs; tries += 1) {
    const exchange = await alone(real, pollOf(task))
    if (isSuccess(exchange)) {
      const view = viewOf(exchange)
      model.seePoll(task, view, infoOf(exchange), true)
      if (isEnded(view)) return true
    }
    waitedMs += pauseAfter(tries)
    await real.context.sleep(pauseAfter(tries))
  }
  return false
}

export const finishing = (place: number): Command => ({
  check: ({ tasks }) => tasks.length > 0,
  async run(model, real) {
    await finish(model.tasks[place % model.tasks.length] as KnownTask, model, real)
  },
  toString: () => `finish ${place}`,
})

/** Reads a task that has ended page by page. */
export const pageReading = (place: number, size: number): Command => ({
  check: ({ tasks }) => tasks.some(({ seen }) => seen !== undefined && isEnded(seen)),
  async run(model, real) {
    const ended = model.tasks.filter(({ seen }) => seen !== undefined && isEnded(seen))
    const task = ended[place % ended.length] as KnownTask
    const whole = task.seen?.rows ?? []
    const rows: Readonly<Record<string, unknown>>[] = []
    const proof: Exchange[] = []
    let cursor: string | undefined = '0'
    while (cursor !== undefined && proof.length <= whole.length) {
      const exchange: Exchange = await alone(real, pollOf(task, { cursor, pageSize: String(size) }))
      proof.push(exchange)
      rows.push(...viewOf(exchange).rows)
      cursor = cursorOf(exchange)
    }
    const key = (row: Readonly<Record<string, unknown>>): string =>
      JSON.stringify([row['phone'], row['userId'], row['code']])
    const [expected, got] = [whole.map(key).join(), rows.map(key).join()]
    if (cursor !== undefined)
      throw new Difference('pages', 'a last page', `a cursor after ${rows.length} rows`, ...proof)
    if (expected !== got) {
      throw new Difference(
        'pages',
        `the ${whole.length} rows of the task, page by page`,
        `${rows.length} rows, or others`,
        ...proof,
      )
    }
  },
  toString: () => `read pages of ${size} of ${place}`,
})

/** Lists the users of the sequence. */
export const listing: Command = {
  check: () => true,
  run: (model, real) => listed(model, real),
  toString: () => 'list users',
}

/** A list that is brought up to date behind the scenes is given time, as the checks give it. */
export async function listed(model: Model, real: Real): Promise<void> {
  const { context, token, patienceMs } = real
  if (token === undefined) return
  const query = { keyWord: context.facts.prefix, offset: '0', limit: String(PAGE) }
  for (let tries = 0, waitedMs = 0; ; tries += 1) {
    const due = model.due()
    const exchange = await alone(real, requestFor(listUsers, token, { query }))
    const body = given(exchange, listUsers.operationId)
    const users = recordsIn(body['list'])
    const ids = users.map(({ userId }) => String(userId))
    const twice = ids.find((id, at) => ids.indexOf(id) !== at)
    if (twice !== undefined) throw new Difference('listed', `userId ${twice} once`, 'twice', exchange)
    const missing = due.find((id) => !ids.includes(id))
    const ghost = ids.find((id) => model.deleted.has(id))
    if (ghost !== undefined && waitedMs >= patienceMs) {
      const proof = model.deleted.get(ghost) ?? exchange
      throw new Difference('deleted', `no userId ${ghost}, who was deleted`, 'it is listed', proof, exchange)
    }
    if (missing === undefined && ghost === undefined) {
      const { total } = body
      if (typeof total === 'number' && total !== users.length) {
        throw new Difference('listed', `total ${users.length}, the records found`, `total ${total}`, exchange)
      }
      return
    }
    if (missing !== undefined && waitedMs >= patienceMs) {
      throw new Difference(
        'listed',
        `userId ${missing} among the users`,
        `${ids.length} others, ${(waitedMs / 1000).toFixed(1)} s later too`,
        exchange,
      )
    }
    waitedMs += pauseAfter(tries)
    await context.sleep(pauseAfter(tries))
  }
}

export const waiting = (ms: number): Command => ({
  check: () => true,
  run: (_, { context }) => context.sleep(ms),
  toString: () => `wait ${ms} ms`,
})
