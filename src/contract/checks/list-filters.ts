import { documented, inferred } from '../../spec/evidence.ts'
import { type Check, defineCheck } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { given, isNotFound, isSuccess, recordsIn, refusedNotFound, success } from '../judge.ts'
import { fail, skip } from '../outcome.ts'
import type { Probe } from '../probe.ts'
import { type ListProbes, rootDepartment } from '../probes/list-probes.ts'
import { type ListOperation, type Row, rowsGiven, SMALL, someDepartment, totalOf, WHOLE } from '../probes/lists.ts'

const PAGE = Number(WHOLE.limit)

/** Checks of the filters that both lists share. */
export function filterChecks(list: ListOperation, probes: ListProbes, ofRoot: Probe<Exchange>): readonly Check[] {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const rows = (exchange: Exchange): Row[] => recordsIn(success(exchange, operationId)[key])
  const { first, department, departmentDirect, direct, keyword, unknownDepartment } = probes

  return [
    defineCheck({
      id: `${id}.keyword`,
      title: 'MUST list exactly those whose name contains keyWord',
      operation: operationId,
      from: documented(page, 'Table 1, keyWord'),
      clause: `${operationId}: keyWord`,
      why: 'A filter that lets others through, or loses some, makes a client act on the wrong users.',
      uses: [first, keyword],
      async run({ get }) {
        const exchange = await get(keyword)
        const word = wordOf(exchange)
        const found = rows(exchange)
        const stranger = found.find((row) => !contains(row, word) && !isMobileHit(row, word))
        if (stranger !== undefined) {
          fail(
            `only names that contain ${JSON.stringify(word)}`,
            `the name ${JSON.stringify(stranger['name'])}`,
            exchange,
          )
        }
        const expected = rowsGiven(await get(first), list).filter((row) => contains(row, word))
        const ids = new Set(found.map(({ userId }) => userId))
        const missing = found.length < PAGE ? expected.find(({ userId }) => !ids.has(userId)) : undefined
        if (missing !== undefined || found.length === 0) {
          fail(
            `every name that contains ${JSON.stringify(word)}, ${JSON.stringify(expected[0]?.['name'])} among them`,
            missing === undefined ? 'no record' : `${found.length} records without userId ${missing['userId']}`,
            exchange,
          )
        }
      },
    }),
    defineCheck({
      id: `${id}.total-filtered`,
      title: 'MUST count in total only what the filter selects',
      operation: operationId,
      from: documented(page, page === 'listUsers' ? 'example, total' : 'Table 3, total'),
      clause: `${operationId}: total`,
      why: 'A total of everybody next to a filtered page sends a client to pages that do not exist.',
      uses: [keyword],
      async run({ get }) {
        const exchange = await get(keyword)
        const body = given(exchange, operationId)
        const total = totalOf(body)
        const { length } = recordsIn(body[key])
        if (total === undefined) skip('the answer has no total, which reading user-list-total allows')
        if (length < PAGE ? total !== length : total < length) {
          fail(`total ${length}, the records found`, `total ${total}`, exchange)
        }
      },
    }),
    defineCheck({
      id: `${id}.department`,
      title: 'MUST list only those below the department that deptId names',
      operation: operationId,
      from: documented(page, 'Table 1, deptId'),
      clause: `${operationId}: deptId`,
      why: 'An ignored deptId shows one department the users of all others.',
      uses: [first, someDepartment, department, probes.everybodyAfter],
      async run({ get }) {
        const { id: wanted, name } = await get(someDepartment)
        const exchange = await get(department)
        const found = rows(exchange)
        const own = (row: Row): boolean => row['deptName'] === name
        const expected = rowsGiven(await get(first), list).filter(own)
        const ids = new Set(found.map(({ userId }) => userId))
        const missing = found.length < PAGE ? expected.find(({ userId }) => !ids.has(userId)) : undefined
        if (missing !== undefined) {
          fail(`the members of department ${wanted}`, `a list without userId ${missing['userId']}`, exchange)
        }
        const everybody = given(await get(first), operationId)
        const listed = recordsIn(everybody[key])
        const unlisted = found.find(({ userId }) => !listed.some((row) => row['userId'] === userId))
        if (unlisted !== undefined && listed.length < PAGE) {
          const after = rowsGiven(await get(probes.everybodyAfter), list)
          if (after.some(({ userId }) => userId === unlisted['userId'])) skip('the list changed while it was read')
          fail(
            'the organisation to hold the members of its departments',
            `no userId ${String(unlisted['userId'])} in it`,
            await get(first),
            exchange,
          )
        }
        const isWhole = found.length === listed.length && listed.every(({ userId }) => ids.has(userId))
        if (
          isWhole &&
          totalOf(everybody) === totalOf(given(exchange, operationId)) &&
          listed.some((row) => !own(row))
        ) {
          fail(`the members of department ${wanted} and its sub-departments only`, 'the whole organisation', exchange)
        }
      },
    }),
    defineCheck({
      id: `${id}.department-direct`,
      title: 'MUST leave sub-departments out with isDirect=true',
      operation: operationId,
      from: inferred(`${documented(page, 'Table 1, isDirect').source}; the Chinese text says direct members`),
      clause: `${operationId}: isDirect`,
      why: 'Members of sub-departments in a list of direct ones end up in the wrong place of the organisation chart.',
      readings: ['is-direct'],
      uses: [someDepartment, department, departmentDirect],
      async run({ get, learn, undetermined }) {
        const { id: wanted, name } = await get(someDepartment)
        const exchange = await get(departmentDirect)
        const found = rows(exchange)
        const stranger = found.find((row) => row['deptName'] !== name)
        if (stranger !== undefined) {
          fail(`only direct members of ${wanted}`, `a member of ${String(stranger['deptName'])}`, exchange)
        }
        const members = rowsGiven(await get(department), list).filter((row) => row['deptName'] === name)
        if (members.length === 0) return undetermined('is-direct', 'it needs a department with direct members')
        // Under the reading `root` a department that is not the root has no member to show.
        if (found.length === 0) return learn('is-direct', 'root')
        const ids = new Set(found.map(({ userId }) => userId))
        const missing = found.length < PAGE ? members.find(({ userId }) => !ids.has(userId)) : undefined
        if (missing !== undefined) fail('every direct member', `a list without userId ${missing['userId']}`, exchange)
        learn('is-direct', 'department')
      },
    }),
    defineCheck({
      id: `${id}.organisation-direct`,
      title: 'MUST list members of one department only with isDirect=true and no deptId',
      operation: operationId,
      from: documented(page, 'Table 1, isDirect'),
      clause: `${operationId}: isDirect`,
      why: 'Both readings of isDirect mean the direct members of the root department here.',
      uses: [direct],
      async run({ get }) {
        const exchange = await get(direct)
        const names = new Set(rows(exchange).map(({ deptName }) => deptName))
        if (names.size > 1) fail('members of one department', `members of ${names.size} departments`, exchange)
      },
    }),
    defineCheck({
      id: `${id}.sub-departments`,
      title: 'MUST list the members of sub-departments too without isDirect',
      operation: operationId,
      from: documented(page, 'Table 1, isDirect: default value false'),
      clause: `${operationId}: isDirect`,
      why: 'A client that lists the root department expects everybody below it.',
      uses: [probes.smallFirst, rootDepartment, ofRoot, probes.everybodyAfter],
      async run({ get }) {
        const whole = given(await get(probes.smallFirst), operationId)
        const exchange = await get(ofRoot)
        const below = success(exchange, operationId)
        const [expected, got] = [totalOf(whole), totalOf(below)]
        const names = (body: Row) => recordsIn(body[key]).map(({ userId }) => userId)
        if (expected !== got || names(whole).join() !== names(below).join()) {
          const after = given(await get(probes.everybodyAfter), operationId)
          if (totalOf(after) !== expected || names(after).slice(0, SMALL).join() !== names(whole).join()) {
            skip('the list changed while it was read')
          }
          fail(
            `the root department to hold everybody, ${expected ?? 'all'} records`,
            `${got ?? 'other'} records`,
            exchange,
          )
        }
      },
    }),
    defineCheck({
      id: `${id}.unknown-department`,
      title: 'MUST answer an unknown department with an error or an empty list',
      operation: operationId,
      from: inferred('The error table has 13000309 Resource not found; reading unknown-department'),
      clause: `${operationId}: deptId`,
      why: 'Everybody in answer to a misspelt department is the worst of all answers.',
      readings: ['unknown-department', 'not-found-status'],
      uses: [unknownDepartment],
      async run({ get, learn }) {
        const exchange = await get(unknownDepartment)
        if (isSuccess(exchange)) {
          const { length } = rows(exchange)
          if (length > 0) fail('an error or no record', `${length} records`, exchange)
          return learn('unknown-department', 'empty')
        }
        refusedNotFound(exchange, 'an unknown department')
        learn('unknown-department', 'error')
        if (isNotFound(exchange)) learn('not-found-status', String(exchange.response.status))
      },
    }),
  ]
}

const wordOf = ({ request: { url } }: Exchange): string => new URL(url).searchParams.get('keyWord') ?? ''

const contains = ({ name }: Row, word: string): boolean =>
  typeof name === 'string' && name.toLowerCase().includes(word.toLowerCase())

/** A space may be found by its mobile number, of which only some digits are to be seen. */
const isMobileHit = ({ mobile }: Row, word: string): boolean => /^\d+$/.test(word) && typeof mobile === 'string'
