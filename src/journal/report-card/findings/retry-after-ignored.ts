import { parseHttpDate } from '../../../world/instant.ts'
import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

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
