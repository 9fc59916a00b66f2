import { type Call, groupBy } from '../call.ts'
import { defineFinding, type Evidence } from '../finding.ts'

/** An answered page of a list. */
interface Page {
  readonly call: Call
  readonly offset: number
  readonly limit: number
  readonly count: number
  readonly total: number
}

function pageOf(call: Call): Page | undefined {
  const { page } = call.facts
  if (page === undefined) return undefined
  return { call, offset: Number(call.query.get('offset')), limit: Number(call.query.get('limit')), ...page }
}

/** Pages of the same list: everything but offset and limit is equal. */
function pagesByList(calls: readonly Call[]): Map<string, Page[]> {
  const pages = calls.flatMap((call) => pageOf(call) ?? [])
  return groupBy(pages, ({ call }) => {
    const rest = [...call.query].filter(([name]) => name !== 'offset' && name !== 'limit').sort()
    return `${call.operation}?${new URLSearchParams(rest)}`
  })
}

export const pagingStoppedEarly = defineFinding({
  id: 'paging-stopped-early',
  title: 'Stops paging before the end',
  severity: 'error',
  why: 'What stands on the pages not read is missing: users, and outcomes of rows, failures among them.',
  cure: 'Follow nextPageCursor until it is absent; raise offset until it reaches total.',
  find: (calls) => [...unreadLists(calls), ...unreadRows(calls)],
})

function unreadLists(calls: readonly Call[]): Evidence[] {
  return [...pagesByList(calls).values()].flatMap((pages): Evidence[] => {
    const last = pages.at(-1)
    const isProbe = pages.every(({ limit }) => limit === 1)
    if (last === undefined || isProbe || pages.some(({ offset, count, total }) => offset + count >= total)) return []
    const read = Math.max(...pages.map(({ offset, count }) => offset + count))
    const detail = `${last.call.operation} has ${last.total} records, and only the first ${read} were read.`
    return [{ requestIds: pages.map(({ call }) => call.id), detail }]
  })
}

function unreadRows(calls: readonly Call[]): Evidence[] {
  return [...groupBy(calls, ({ poll }) => poll?.taskId)].flatMap(([taskId, polls]): Evidence[] => {
    const end = polls.find(({ poll }) => poll?.isFinished)
    const settled = end?.poll?.settled ?? 0
    const read = countRead(polls)
    if (end === undefined || read >= settled) return []
    const detail = `Task ${taskId} has ${settled} rows, and the outcomes of ${settled - read} were never read.`
    return [{ requestIds: [...new Set([end.id, polls.at(-1)?.id ?? end.id])], detail }]
  })
}

/** Rows on any page that was read; outcomes never change, so pages of a running task count. */
function countRead(polls: readonly Call[]): number {
  const pages = polls.flatMap(({ poll }) => poll ?? []).sort((a, b) => a.from - b.from)
  let read = 0
  let behind = 0
  for (const { from, to } of pages) {
    read += Math.max(0, to - Math.max(from, behind))
    behind = Math.max(behind, to)
  }
  return read
}

export const pagingPastEnd = defineFinding({
  id: 'paging-past-end',
  title: 'Pages past the end',
  severity: 'warning',
  why: 'Every listing costs a call too many, and a service that refuses such a page breaks the client.',
  cure: 'Stop when offset reaches total, and when nextPageCursor is absent.',
  find: (calls) => [
    ...calls.flatMap((call): Evidence[] => {
      const page = pageOf(call)
      if (page === undefined || page.offset === 0 || page.offset < page.total) return []
      return [
        {
          requestIds: [call.id],
          detail: `offset ${page.offset} of ${call.operation}, which has ${page.total} records.`,
        },
      ]
    }),
    ...calls.flatMap((call): Evidence[] => {
      const isPast =
        call.isRefused && /\.query\.cursor\b/.test(call.entry.rule) && /^\d+$/.test(call.query.get('cursor') ?? '')
      if (!isPast) return []
      return [
        { requestIds: [call.id], detail: `cursor ${call.query.get('cursor')} was not a nextPageCursor of the task.` },
      ]
    }),
  ],
})
