import { documented, example, inferred } from '../../spec/evidence.ts'
import { asks, type Check, type CheckContext, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { describe, given, isRefusal, recordsIn, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { Probe } from '../probe.ts'
import type { ListProbes } from '../probes/list-probes.ts'
import { type ListOperation, type Row, rowsGiven, SMALL, totalOf, WHOLE } from '../probes/lists.ts'
import { isGiven } from '../probes/tasks.ts'

/** A record is a user in a department, or a space of one: nobody says that a user has one only. */
const idOf = ({ userId, id, deptId, containerId }: Row): string =>
  [userId ?? id, deptId, containerId].filter(isGiven).map(String).join(' ')
const ids = (rows: readonly Row[]): string[] => rows.map(idOf)
const PAGE = Number(WHOLE.limit)

/** Checks of pages, totals and order that both lists share. */
export function pagingChecks(list: ListOperation, probes: ListProbes): readonly Check[] {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const { first, smallFirst, smallSecond, again } = probes
  const body = (exchange: Exchange) => success(exchange, operationId)
  const rows = (exchange: Exchange): Row[] => recordsIn(body(exchange)[key])
  const offset = documented(page, 'Table 1, offset')
  const limit = documented(page, 'Table 1, limit')
  /** The page of Listing Users has total in its example only. */
  const total = page === 'listUsers' ? example(page, 'example, total') : documented(page, 'Table 3, total')

  const sizes = [
    [first, PAGE],
    [smallFirst, SMALL],
  ] as const

  /** The first page, unless the list changed while it was read. */
  async function steady(get: CheckContext['get']): Promise<{ before: Row; after: Row }> {
    const before = given(await get(first), operationId)
    const after = given(await get(again), operationId)
    const sizes = [before, after].map((one) => totalOf(one) ?? recordsIn(one[key]).length)
    if (sizes[0] !== sizes[1]) skip(`the list changed while it was read, from ${sizes[0]} to ${sizes[1]} records`)
    return { before, after }
  }

  /** Ends a check without a verdict when the department is not what it was a moment ago. */
  async function steadyDepartment(get: CheckContext['get'], after: Probe<Exchange>): Promise<void> {
    const shape = (exchange: Exchange) => {
      const body = given(exchange, operationId)
      return `${totalOf(body)} ${ids(recordsIn(body[key])).join()}`
    }
    if (shape(await get(probes.department)) === shape(await get(after))) return
    skip('the department changed while it was read')
  }

  return checksOf(operationId, [
    {
      id: `${id}.answers`,
      title: 'answer a plain request with success',
      from: documented(page, 'Table 1'),
      clause: `${operationId}: request`,
      why: 'If the plainest page of the list is refused, no client can list anything.',
      ...asks([first], ([exchange]) => success(exchange, operationId)),
    },
    {
      id: `${id}.page-size`,
      title: 'return at most as many records as limit says',
      from: limit,
      clause: `${operationId}: limit`,
      why: 'A page that is longer than it was asked for overflows what the client has room for, or repeats on the next one.',
      uses: [first, smallFirst],
      async run({ get }) {
        for (const [probe, size] of sizes) {
          const exchange = await get(probe)
          const { length } = recordsIn(body(exchange)[key])
          if (length > size) fail(`at most ${size} records with limit=${size}`, `${length} records`, exchange)
        }
      },
    },
    {
      id: `${id}.page-full`,
      title: 'return as many records as limit allows while there are more',
      from: inferred(`${limit.source} is a maximum; no page forbids a shorter page`),
      clause: `${operationId}: limit`,
      why: 'A client that takes a short page for the last one loses users.',
      uses: [first, smallFirst],
      async run({ get }) {
        for (const [probe, size] of sizes) {
          const exchange = await get(probe)
          const answer = body(exchange)
          const { length } = recordsIn(answer[key])
          const count = totalOf(answer)
          if (count !== undefined && length < Math.min(size, count)) {
            fail(`${Math.min(size, count)} records with limit=${size}`, `${length} records`, exchange)
          }
        }
      },
    },
    {
      id: `${id}.walk`,
      title: 'give every record to whoever goes on by offset, the size of a page at a time',
      from: offset,
      clause: `${operationId}: offset`,
      why: 'A synchronisation that reads page by page must not lose the users between two pages.',
      uses: [first, probes.seam, probes.second, again],
      async run({ get }) {
        const seam = await get(probes.seam)
        const pages = [await get(first), await get(probes.second)]
        const walked = new Set(pages.flatMap((page) => ids(rows(page))))
        const lost = ids(rows(seam)).find((one) => !walked.has(one))
        const [one = [], two = []] = pages.map((page) => ids(rows(page)))
        const twice = two.find((id) => one.includes(id))
        if (lost === undefined && twice === undefined) return
        await steady(get)
        if (twice !== undefined) fail('no record on both pages', `userId ${twice} on both`, ...pages)
        fail(
          `userId ${lost} on one of the pages offset=0 and offset=${PAGE} of limit=${PAGE}`,
          'neither has it',
          ...pages,
          seam,
        )
      },
    },
    {
      id: `${id}.total`,
      title: 'count all records in total, whatever the page',
      from: total,
      clause: `${operationId}: total`,
      why: 'Clients compute the number of pages from it.',
      uses: [first, smallSecond, again],
      async run({ get }) {
        const { before } = await steady(get)
        const count = totalOf(before)
        if (before['total'] !== undefined && count === undefined) {
          fail('a whole number', `total ${JSON.stringify(before['total'])}`, await get(first))
        }
        if (count === undefined) skip('the answer has no total, which reading user-list-total allows')
        const { length } = recordsIn(before[key])
        if (length < PAGE && count !== length) fail(`total ${length}, the records of the only page`, `total ${count}`)
        if (count < length) fail(`a total of at least ${length}, the records of one page`, `total ${count}`)
        const other = totalOf(given(await get(smallSecond), operationId))
        if (other !== count) fail(`total ${count} on every page`, `total ${other} on another page`)
      },
    },
    {
      id: `${id}.pages-join`,
      title: 'join the pages without gap and without repetition',
      from: offset,
      clause: `${operationId}: offset`,
      why: 'Otherwise a synchronisation that reads page by page misses users or counts them twice.',
      uses: [first, smallFirst, smallSecond, again],
      async run({ get }) {
        const { before } = await steady(get)
        const whole = ids(recordsIn(before[key])).slice(0, 2 * SMALL)
        const joined = ids([...rows(await get(smallFirst)), ...rows(await get(smallSecond))])
        const at = whole.findIndex((one, index) => joined[index] !== one)
        if (at >= 0 || joined.length !== whole.length) {
          fail(
            `pages offset=0 and offset=${SMALL} of limit=${SMALL} to hold the first ${whole.length} records of offset=0&limit=${PAGE}, in the same order`,
            at >= 0 ? `another record at place ${at}` : `${joined.length} records`,
          )
        }
      },
    },
    {
      id: `${id}.no-repeats`,
      title: 'list each record once',
      from: offset,
      clause: `${operationId}: ids`,
      why: 'A record that appears twice is provisioned, billed or deleted twice.',
      ...asks([first], ([exchange]) => {
        const seen = ids(rowsGiven(exchange, list))
        const twice = seen.find((one, index) => seen.indexOf(one) !== index)
        if (twice !== undefined) fail('each userId once on a page', `userId ${twice} more than once`)
      }),
    },
    {
      id: `${id}.complete`,
      title: 'list everybody that it counts, each once',
      from: total,
      clause: `${operationId}: records`,
      why: 'Somebody who is counted but not listed cannot be found by any client.',
      ...asks([first], ([exchange]) => {
        const answer = given(exchange, operationId)
        const seen = new Set(ids(recordsIn(answer[key]))).size
        const count = totalOf(answer)
        if (count === undefined) skip('the answer has no total, which reading user-list-total allows')
        if (seen !== Math.min(count, PAGE)) fail(`${Math.min(count, PAGE)} different records`, `${seen}`, exchange)
      }),
    },
    {
      id: `${id}.stable-order`,
      title: 'keep the order of records between requests',
      from: inferred('Paging by offset is only meaningful over a stable order'),
      clause: `${operationId}: order`,
      why: 'With an order that changes, pages by offset skip some users and repeat others.',
      uses: [first, again],
      async run({ get }) {
        const { before, after } = await steady(get)
        const [one, two] = [ids(recordsIn(before[key])), ids(recordsIn(after[key]))]
        const at = one.findIndex((value, index) => two[index] !== value)
        if (at >= 0) fail('the same records in the same order as before', `another record at place ${at}`)
      },
    },
    {
      id: `${id}.last-page`,
      title: 'return what is left on the last page',
      from: offset,
      clause: `${operationId}: offset`,
      why: 'The last user is the one that an off-by-one error loses.',
      uses: [probes.department, probes.departmentLast, probes.departmentAfter.last],
      async run({ get }) {
        const all = rowsGiven(await get(probes.department), list)
        const exchange = await get(probes.departmentLast)
        const last = rows(exchange)
        if (all.length === 0) skip('the department has no record')
        if (last.length !== 1) {
          await steadyDepartment(get, probes.departmentAfter.last)
          fail('exactly one record at the last offset', `${last.length} records`, exchange)
        }
        const [expected, got] = [all.at(-1), last[0]]
        if (all.length < PAGE && expected && got && idOf(expected) !== idOf(got)) {
          await steadyDepartment(get, probes.departmentAfter.last)
          fail(`the last record, userId ${idOf(expected)}`, `userId ${idOf(got)}`)
        }
      },
    },
    {
      id: `${id}.beyond-the-end`,
      title: 'answer an offset behind the end with an empty page, or refuse it',
      from: offset,
      clause: `${operationId}: offset`,
      why: 'Clients that read until a page is empty end here; a repeated page keeps them going for ever.',
      readings: ['empty-result'],
      uses: [probes.department, probes.departmentBeyond, probes.departmentAfter.beyond],
      async run({ get, learn, notice }) {
        const exchange = await get(probes.departmentBeyond)
        // The page gives the offset a smallest value and no largest.
        if (isRefusal(exchange) && exchange.response.status < 500) {
          return notice(`an offset after the end is refused: ${describe(exchange)}`)
        }
        const records = recordsIn(success(exchange, operationId)[key])
        if (records.length > 0) {
          await steadyDepartment(get, probes.departmentAfter.beyond)
          fail('no record', `${records.length} records`, exchange)
        }
        learn('empty-result', isListWritten(exchange) ? 'array' : 'absent')
      },
    },
    {
      id: `${id}.empty-parameters`,
      title: 'take an empty optional parameter for an absent one',
      from:
        page === 'listSpaces'
          ? example(page, 'example request: deptId=&isDirect=&keyWord; Table 1')
          : inferred('The example request of Listing User Spaces sends deptId=&isDirect=&keyWord'),
      clause: `${operationId}: optional parameters`,
      why: 'The documented example sends deptId=&isDirect=&keyWord; clients built from it do the same.',
      uses: [smallFirst, probes.emptyOptional, probes.everybodyAfter.empty],
      async run({ get }) {
        const expected = ids(rowsGiven(await get(smallFirst), list))
        const exchange = await get(probes.emptyOptional)
        const got = ids(rows(exchange))
        if (expected.some((one, index) => got[index] !== one) || got.length !== expected.length) {
          const after = ids(rowsGiven(await get(probes.everybodyAfter.empty), list))
          if (expected.some((one, index) => after[index] !== one)) skip('the list does not stand still')
          fail('the same page as without the empty parameters', `${got.length} other records`, exchange)
        }
      },
    },
  ])
}

/** Whether the empty list is written or left out. */
function isListWritten({ response: { json } }: Exchange): boolean {
  return typeof json === 'object' && json !== null && Object.values(json).some(Array.isArray)
}
