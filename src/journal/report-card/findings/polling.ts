import { parseHttpDate } from '../../../world/instant.ts'
import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

/** Answered polls of each task that ask for the same page, in order. */
const pollsByPage = (calls: readonly Call[]): Map<string, Call[]> =>
  groupBy(calls, ({ poll }) => poll && `${poll.taskId} from row ${poll.from}`)

const gapsOf = (calls: readonly Call[]): number[] => calls.slice(1).map((call, at) => call.at - (calls[at]?.at ?? 0))

const idsOf = (calls: readonly Call[]): string[] => calls.map(({ id }) => id)

export const pollsTooFast = defineFinding({
  id: 'polls-too-fast',
  title: 'Polls a running task too fast',
  severity: 'warning',
  why: 'Polls cost quota and tell nothing new; under load they are what gets a client throttled.',
  cure: 'Wait at least a second between two polls of a task, longer for large batches.',
  find: (calls, { minPollMs }) =>
    [...pollsByPage(calls)].flatMap(([page, polls]): Evidence[] => {
      const hasty = polls.filter((poll, at) => {
        const before = polls[at - 1]
        return before !== undefined && before.poll?.isFinished === false && poll.at - before.at < minPollMs
      })
      if (hasty.length === 0) return []
      const shortest = Math.min(...gapsOf(polls))
      const detail = `Task ${page}: ${hasty.length} of ${polls.length} polls came within ${minPollMs} ms of virtual time after the one before, the fastest after ${shortest} ms.`
      return [{ requestIds: idsOf(hasty), detail }]
    }),
})

const ENOUGH_POLLS = 6
const GROWTH = 1.5
/** Polls that are so many times slower than required need not slow down any more. */
const GENTLE_FACTOR = 10

export const noBackOff = defineFinding({
  id: 'no-back-off',
  title: 'Polls or retries without backing off',
  severity: 'warning',
  why: 'A service in trouble gets the same load from every client at once and does not recover.',
  cure: 'Let the wait grow with each poll and each failure, up to a bound, with some jitter.',
  find: (calls, { minPollMs }) => [...steadyPolls(calls, minPollMs), ...steadyRetries(calls, minPollMs)],
})

function steadyPolls(calls: readonly Call[], minPollMs: number): Evidence[] {
  return [...pollsByPage(calls)].flatMap(([page, polls]): Evidence[] => {
    const firstEnd = polls.findIndex(({ poll }) => poll?.isFinished)
    const waiting = firstEnd < 0 ? polls : polls.slice(0, firstEnd + 1)
    const gaps = gapsOf(waiting)
    const longest = Math.max(...gaps)
    if (waiting.length < ENOUGH_POLLS || longest >= GENTLE_FACTOR * minPollMs) return []
    if (longest > GROWTH * (gaps[0] ?? 0)) return []
    const detail = `Task ${page}: ${waiting.length} polls, and the wait never grew (${gaps[0]} ms at first, ${longest} ms at most).`
    return [{ requestIds: idsOf(waiting), detail }]
  })
}

const ENOUGH_RETRIES = 3

function steadyRetries(calls: readonly Call[], minPollMs: number): Evidence[] {
  return [...groupBy(calls, ({ operation }) => operation)].flatMap(([operation, group]) =>
    runs(group, isTransient).flatMap((run): Evidence[] => {
      const gaps = gapsOf(run)
      const [first = 0] = gaps
      const longest = Math.max(...gaps)
      if (run.length < ENOUGH_RETRIES || longest > first || longest >= GENTLE_FACTOR * minPollMs) return []
      return [
        {
          requestIds: idsOf(run),
          detail: `${operation} failed ${run.length} times in a row and was retried without a growing wait.`,
        },
      ]
    }),
  )
}

/** Failures that a client retries by its own judgement: throttling and faults of the service without Retry-After. */
const isTransient = (call: Call): boolean =>
  (call.entry.status === 429 || call.entry.status >= 500) && call.answerHeader('retry-after') === undefined

function runs(calls: readonly Call[], belongs: (call: Call) => boolean): Call[][] {
  const found: Call[][] = [[]]
  for (const call of calls) {
    if (belongs(call)) found.at(-1)?.push(call)
    else found.push([])
  }
  return found.filter(({ length }) => length > 0)
}

export const pollsAfterEnd = defineFinding({
  id: 'polls-after-end',
  title: 'Goes on polling a finished task',
  severity: 'warning',
  why: 'Status 2 and 3 are final: the client misses them, and may never stop.',
  cure: 'Stop polling at status 2 (done) or 3 (failed), then read every page once.',
  find: (calls) =>
    [...groupBy(calls, ({ poll }) => poll?.taskId)].flatMap(([taskId, polls]): Evidence[] => {
      const first = polls.findIndex(({ poll }) => poll?.isFinished)
      if (first < 0) return []
      const late = [...groupBy(polls.slice(first), ({ entry }) => entry.target).values()].flatMap((same) =>
        same.slice(1),
      )
      const isOneFullRead = late.length === 1 && late[0]?.poll !== undefined && late[0].poll.to < late[0].poll.settled
      if (late.length === 0 || isOneFullRead) return []
      const seen = polls[first]?.id ?? ''
      return [
        {
          requestIds: [seen, ...idsOf(late)],
          detail: `Task ${taskId} was finished at ${seen} and asked for the same page ${late.length} more times.`,
        },
      ]
    }),
})

/** Virtual time before which the answer asks not to be called again; undefined when it asks for nothing. */
function untilOf(call: Call): number | undefined {
  const text = call.answerHeader('retry-after')?.trim()
  if (text === undefined) return undefined
  return /^\d+$/.test(text) ? call.at + Number(text) * 1000 : parseHttpDate(text)
}

export const retryAfterIgnored = defineFinding({
  id: 'retry-after-ignored',
  title: 'Ignores Retry-After',
  severity: 'error',
  why: 'Calls within the wait are refused again, and some services lengthen the wait for each of them.',
  cure: 'After an answer with Retry-After, wait that many seconds before the next call of the operation.',
  find: (calls) =>
    [...groupBy(calls, ({ operation }) => operation)].flatMap(([operation, group]) =>
      group.flatMap((call, at): Evidence[] => {
        const next = group[at + 1]
        const until = untilOf(call)
        if (next === undefined || until === undefined || next.at >= until) return []
        const detail = `${operation} was to wait ${(until - call.at) / 1000} s and was called again after ${(next.at - call.at) / 1000} s.`
        return [{ requestIds: [call.id, next.id], detail }]
      }),
    ),
})
