import { isRecord } from '../../shared/json.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { queryBatchProvisioning, taskStatuses } from '../../spec/operations/query-batch-provisioning.ts'
import { asks, type CheckContext, checksOf } from '../check.ts'
import { codeOf, describe, innerOf, isNotFound, isParameterRefusal, isSuccess, refusedParameter } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import { largestTask, minimalTask } from '../probes/batch.ts'
import { signedQuestion } from '../probes/identity.ts'
import { mainTask, mainTaskAgain, taskByIdAlone } from '../probes/main-task.ts'
import { finished, hasFailed, type PolledTask, storedPhone, type TaskHistory, viewOf } from '../probes/tasks.ts'

const { operationId, id } = queryBatchProvisioning
const info = (field: string) => documented('queryBatch', `Table 6, ${field}`)
const LISTED: readonly unknown[] = Object.values(taskStatuses)
const watched = [mainTask, minimalTask, largestTask]

/** Polls without anything left to do after which a task that is not done never will be. */
const SETTLED_POLLS = 5

const count = (value: unknown): number => (typeof value === 'number' ? value : 0)
const settledIn = ({ success, failed, skipped }: PolledTask): number => count(success) + count(failed) + count(skipped)

/** The tasks of the run, each as far as it was watched. */
async function histories(get: CheckContext['get']): Promise<TaskHistory[]> {
  const found: TaskHistory[] = []
  for (const probe of watched) found.push(await get(probe))
  return found
}

/** Each poll of each task with the one before it. */
const steps = (all: readonly TaskHistory[]): [PolledTask, PolledTask][] =>
  all.flatMap(({ polls }) => polls.slice(1).map((after, at): [PolledTask, PolledTask] => [polls[at] ?? after, after]))

export const taskProgressChecks = checksOf(operationId, [
  {
    id: `${id}.unknown-task`,
    title: 'tell nothing about a task that does not exist',
    from: documented('queryBatch', 'Table 1, taskId'),
    clause: `${operationId}: taskId`,
    why: 'A client that polls the wrong id must learn it at once instead of waiting for ever.',
    readings: ['not-found-status'],
    ...asks([signedQuestion], ([exchange], { learn, notice }) => {
      if (isSuccess(exchange)) {
        if (isRecord(innerOf(exchange)['taskInfo'])) {
          fail('an unknown taskId to be refused', 'the progress of a task', exchange)
        }
        return notice('an unknown taskId is answered with success and no task')
      }
      refusedParameter(exchange, 'an unknown taskId')
      if (isNotFound(exchange)) learn('not-found-status', String(exchange.response.status))
      else notice(`an unknown taskId is refused with code ${codeOf(exchange) ?? 'none'}, not as not found`)
    }),
  },
  {
    id: `${id}.optional-parameters`,
    title: 'look for a task by taskId alone',
    from: documented('queryBatch', 'Table 1, Mandatory'),
    clause: `${operationId}: optional parameters`,
    why: 'Clients leave out what the page calls optional.',
    uses: [signedQuestion],
    usesWithWrites: [taskByIdAlone],
    async run({ get, facts }) {
      const exchange = await get(facts.allowWrites ? taskByIdAlone : signedQuestion)
      if (!isParameterRefusal(exchange)) return
      // An unknown task may well be refused as a wrong parameter: only one that exists tells.
      if (!facts.allowWrites) skip('it needs a task, so --allow-writes')
      fail('cursor and pageSize to be optional', describe(exchange), exchange)
    },
  },
  {
    id: `${id}.task-id`,
    title: 'answer about the task that was asked for',
    from: info('taskId'),
    clause: `${operationId}: taskInfo.taskId`,
    why: 'A client that watches several tasks tells them apart by this id.',
    uses: watched,
    async run({ get }) {
      for (const { taskId, last } of await histories(get)) {
        const { data } = (last.exchange.response.json ?? {}) as { data?: { taskInfo?: { taskId?: unknown } } }
        const got = data?.taskInfo?.taskId
        if (got !== taskId) fail(`taskId ${taskId}`, `taskId ${String(got)}`, last.exchange)
      }
    },
  },
  {
    id: `${id}.status-values`,
    title: 'tell the state of a task as 0, 1, 2 or 3',
    from: inferred(`${info('status').source}; values from the task families of the service`),
    clause: `${operationId}: taskInfo.status`,
    why: 'A client waits for 2 or 3; any other word keeps it waiting.',
    uses: watched,
    async run({ get }) {
      for (const { polls } of await histories(get)) {
        const odd = polls.find(({ status }) => !LISTED.includes(status))
        if (odd !== undefined) fail('"0", "1", "2" or "3"', `status ${JSON.stringify(odd.status)}`, odd.exchange)
      }
    },
  },
  {
    id: `${id}.status-forward`,
    title: 'never let a task go back to a state that it had left',
    from: info('status'),
    clause: `${operationId}: taskInfo.status`,
    why: 'A task that is new again after it ran makes clients start over or report nonsense.',
    uses: watched,
    async run({ get }) {
      // Which state follows which no page says.
      for (const { polls } of await histories(get)) {
        const seen: PolledTask[] = []
        for (const poll of polls) {
          const before = seen.at(-1)
          if (before !== undefined && before.status === poll.status) continue
          if (before !== undefined && seen.some(({ status }) => status === poll.status)) {
            const got = `status ${String(poll.status)} once more`
            fail(`a state other than before status ${String(before.status)}`, got, before.exchange, poll.exchange)
          }
          seen.push(poll)
        }
      }
    },
  },
  {
    id: `${id}.ends`,
    title: 'bring a task to an end',
    from: example('queryBatch', 'example, status 2 with all users settled; Table 6, status'),
    clause: `${operationId}: taskInfo.status`,
    why: 'A task that never ends blocks whoever waits for it.',
    ...asks([mainTask], ([{ isFinished, polls, last, phones }], { facts }) => {
      if (isFinished) return
      const seen = `status ${JSON.stringify(last.status)} with ${settledIn(last)} of ${phones.length} users settled`
      const isOpen = last.status === taskStatuses.new || last.status === taskStatuses.running
      const idle = polls.filter((view) => settledIn(view) >= phones.length).length
      if (isOpen && idle < SETTLED_POLLS) {
        skip(`the task was not done after ${facts.taskTimeoutMs / 1000} s: ${seen}; --task-timeout gives it longer`)
      }
      fail('status 2 or 3 in the end', `${seen} after all polls`, last.exchange)
    }),
  },
  {
    id: `${id}.done-is-success`,
    title: 'end a task as done when its users were provisioned or skipped',
    from: example('queryBatch', 'example, status 2 with one user provisioned and one skipped'),
    clause: `${operationId}: taskInfo.status`,
    why: 'A task that ends as failed although everything went well sends its user looking for a fault.',
    ...asks([minimalTask], ([task]) => {
      const { last } = finished(task)
      if (last.status !== taskStatuses.done) fail('status 2', `status ${String(last.status)}`, last.exchange)
    }),
  },
  {
    id: `${id}.end-stays`,
    title: 'leave a finished task as it is',
    from: info('status'),
    clause: `${operationId}: taskInfo`,
    why: 'Results that change or vanish after the end cannot be relied on.',
    uses: [mainTask, mainTaskAgain],
    async run({ get }) {
      const { last } = finished(await get(mainTask))
      const again = viewOf(await get(mainTaskAgain))
      const shape = ({ status, total, success, failed, skipped, rows }: PolledTask) =>
        JSON.stringify({ status, total, success, failed, skipped, rows: rows.map(({ phone, code }) => [phone, code]) })
      if (shape(again) !== shape(last)) {
        fail('the same state, counts and rows at the next look', 'others', last.exchange, again.exchange)
      }
    },
  },
  {
    id: `${id}.total-count`,
    title: 'count in totalCount the users that were submitted',
    from: info('totalCount'),
    clause: `${operationId}: taskInfo.totalCount`,
    why: 'Progress bars and completeness checks divide by it.',
    uses: watched,
    async run({ get }) {
      for (const { polls, phones } of await histories(get)) {
        const wrong = polls.find(({ total }) => total !== phones.length)
        if (wrong !== undefined)
          fail(`totalCount ${phones.length} at every poll`, `${String(wrong.total)}`, wrong.exchange)
      }
    },
  },
  {
    id: `${id}.counts-add-up`,
    title: 'keep successCount, failCount and skipCount within totalCount, and equal to it at the end',
    from: info('successCount, failCount, skipCount'),
    clause: `${operationId}: taskInfo counts`,
    why: 'Users that no count holds are lost to whoever reconciles.',
    uses: watched,
    async run({ get }) {
      for (const { polls, phones } of await histories(get)) {
        for (const view of polls) {
          const negative = [view.success, view.failed, view.skipped].find((value) => count(value) < 0)
          if (negative !== undefined) fail('counts from 0', `a count of ${String(negative)}`, view.exchange)
          const settled = settledIn(view)
          const isDone = view.status === taskStatuses.done
          if (isDone ? settled !== phones.length : settled > phones.length) {
            fail(`${isDone ? '' : 'at most '}${phones.length} users in the three counts`, `${settled}`, view.exchange)
          }
        }
      }
    },
  },
  {
    id: `${id}.counts-grow`,
    title: 'never let a count fall',
    from: info('successCount, failCount, skipCount'),
    clause: `${operationId}: taskInfo counts`,
    why: 'A user that was provisioned cannot become unprovisioned again.',
    uses: watched,
    async run({ get }) {
      for (const [before, after] of steps(await histories(get))) {
        for (const key of ['success', 'failed', 'skipped'] as const) {
          if (count(after[key]) >= count(before[key])) continue
          fail(
            `at least ${String(before[key])}`,
            `${String(after[key])} at the next poll`,
            before.exchange,
            after.exchange,
          )
        }
      }
    },
  },
  {
    id: `${id}.counts-match-rows`,
    title: 'count as settled, in the end, the users that registerList shows',
    from: documented('queryBatch', 'Table 6, counts; Tables 4 and 5, registerList'),
    clause: `${operationId}: taskInfo counts`,
    why: 'Counts and rows that tell different stories leave open which one is right.',
    ...asks([mainTask], ([task]) => {
      const { last } = finished(task)
      const settled = settledIn(last)
      if (settled !== last.rows.length) {
        fail(`${last.rows.length} users in the counts, as many as rows`, `${settled}`, last.exchange)
      }
      // A code is mandatory for whoever failed; only the example has one for a phone that comes twice and is skipped.
      const uncoded = last.rows.filter((row) => !hasFailed(row)).map(({ phone }) => storedPhone(phone))
      const succeeded = uncoded.length
      if (count(last.success) > succeeded || count(last.success) < new Set(uncoded).size) {
        fail(`successCount ${succeeded}, the rows without code`, `${String(last.success)}`, last.exchange)
      }
    }),
  },
])
