import { documented, example, inferred } from '../../spec/evidence.ts'
import { asks, type Check, type CheckContext, checksOf } from '../check.ts'
import type { Exchange } from '../exchange.ts'
import { codeOf, given, isNotFound, isSuccess, recordsIn, refusedParameter, success } from '../judge.ts'
import { fail, SkipCheck, skip } from '../outcome.ts'
import type { ListProbes } from '../probes/list-probes.ts'
import {
  type DepartmentFact,
  isMember,
  type ListOperation,
  type Row,
  rowsGiven,
  someDepartment,
  totalOf,
  WHOLE,
} from '../probes/lists.ts'

const PAGE = Number(WHOLE.limit)

/** Checks of the filters that both lists share. */
export function filterChecks(list: ListOperation, probes: ListProbes): readonly Check[] {
  const { operation, id, key, page } = list
  const { operationId } = operation
  const rows = (exchange: Exchange): Row[] => recordsIn(success(exchange, operationId)[key])
  const { first, department, keyword, byName, unknownDepartment } = probes

  /** The list of a second department with what it is; nothing where the run sees one only. */
  async function otherOf(get: CheckContext['get'], wanted: DepartmentFact): Promise<[Exchange?, DepartmentFact?]> {
    try {
      const exchange = await get(probes.otherDepartment)
      const id = new URL(exchange.request.url).searchParams.get('deptId') ?? ''
      const member = rowsGiven(await get(first), list).find((row) => isMember(row, { id, name: '' }))
      return id === wanted.id ? [] : [exchange, { id, name: String(member?.['deptName']) }]
    } catch (error) {
      if (error instanceof SkipCheck) return []
      throw error
    }
  }

  return checksOf(operationId, [
    {
      id: `${id}.keyword`,
      title: 'find who bears the name that keyWord gives, and not everybody else as well',
      from: documented(page, 'Table 1, keyWord'),
      clause: `${operationId}: keyWord`,
      why: 'A filter that lets everybody through, or loses whom it should find, makes a client act on the wrong users.',
      uses: [first, keyword, byName, probes.everybodyAfter.keyword],
      async run({ get }) {
        for (const probe of [byName, keyword]) {
          const exchange = await get(probe)
          const word = wordOf(exchange)
          const found = rows(exchange)
          const ids = new Set(found.map(({ userId }) => userId))
          const listed = rowsGiven(await get(first), list)
          const named = listed.filter((row) => (probe === byName ? row['name'] === word : contains(row, word)))
          const missing = found.length < PAGE ? named.find(({ userId }) => !ids.has(userId)) : undefined
          if (missing !== undefined && probe === byName) {
            const after = rowsGiven(await get(probes.everybodyAfter.keyword), list)
            const isStill = ({ userId, name }: Row): boolean => userId === missing['userId'] && name === word
            if (!after.some(isStill)) skip('the list changed while it was read')
            fail(
              `userId ${String(missing['userId'])}, named ${JSON.stringify(word)}`,
              `${found.length} others`,
              exchange,
            )
          }
          const others = listed.filter((row) => sharesNothing(row, word))
          if (others.length > 0 && others.every(({ userId }) => ids.has(userId))) {
            fail(
              `nobody whose name has nothing of ${JSON.stringify(word)}`,
              `the name ${JSON.stringify(others[0]?.['name'])}, as if nothing were searched for`,
              exchange,
            )
          }
        }
      },
    },
    {
      id: `${id}.keyword-contains`,
      title: 'list exactly those whose name contains keyWord',
      from: inferred(`${documented(page, 'Table 1, keyWord').source}; how name and keyword are compared no page says`),
      clause: `${operationId}: keyWord`,
      why: 'A client that searches by a part of a name must know what it finds.',
      ...asks([first, keyword], ([everybody, exchange]) => {
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
        const expected = rowsGiven(everybody, list).filter((row) => contains(row, word))
        const ids = new Set(found.map(({ userId }) => userId))
        const missing = found.length < PAGE ? expected.find(({ userId }) => !ids.has(userId)) : undefined
        if (missing !== undefined || found.length === 0) {
          fail(
            `every name that contains ${JSON.stringify(word)}, ${JSON.stringify(expected[0]?.['name'])} among them`,
            missing === undefined ? 'no record' : `${found.length} records without userId ${missing['userId']}`,
            exchange,
          )
        }
      }),
    },
    {
      id: `${id}.total-filtered`,
      title: 'count in total only what the filter selects',
      from: example(
        page,
        `example, total beside the records of one department${page === 'listSpaces' ? '; Table 3' : ''}`,
      ),
      clause: `${operationId}: total`,
      why: 'A total of everybody next to a filtered page sends a client to pages that do not exist.',
      ...asks([keyword], ([exchange]) => {
        const body = given(exchange, operationId)
        const total = totalOf(body)
        const { length } = recordsIn(body[key])
        if (total === undefined) skip('the answer has no total, which reading user-list-total allows')
        if (length < PAGE ? total !== length : total < length) {
          fail(`total ${length}, the records found`, `total ${total}`, exchange)
        }
      }),
    },
    {
      id: `${id}.department`,
      title: 'list the members of the department that deptId names, and not those of every other one',
      from: documented(page, 'Table 1, deptId'),
      clause: `${operationId}: deptId`,
      why: 'An ignored deptId shows one department the users of all others.',
      uses: [first, someDepartment, department, probes.otherDepartment, probes.everybodyAfter.department],
      async run({ get }) {
        const wanted = await get(someDepartment)
        const exchange = await get(department)
        const found = rows(exchange)
        const everybody = await get(first)
        const listed = rowsGiven(everybody, list)
        const ids = new Set(found.map(({ userId }) => userId))
        const missing =
          found.length < PAGE ? listed.find((row) => isMember(row, wanted) && !ids.has(row['userId'])) : undefined
        if (missing !== undefined) {
          const after = rowsGiven(await get(probes.everybodyAfter.department), list)
          const isStill = (row: Row): boolean => row['userId'] === missing['userId'] && isMember(row, wanted)
          if (!after.some(isStill)) skip('the list changed while it was read')
          fail(`the members of department ${wanted.id}`, `a list without userId ${missing['userId']}`, exchange)
        }
        const unlisted = found.find(({ userId }) => !listed.some((row) => row['userId'] === userId))
        if (unlisted !== undefined && listed.length < PAGE) {
          const after = rowsGiven(await get(probes.everybodyAfter.department), list)
          if (after.some(({ userId }) => userId === unlisted['userId'])) skip('the list changed while it was read')
          fail(
            'the organisation to hold the members of its departments',
            `no userId ${String(unlisted['userId'])} in it`,
            everybody,
            exchange,
          )
        }
        // Each of two departments cannot lie below the other: both with the members of both is no filter at all.
        const [rest, other] = await otherOf(get, wanted)
        if (rest === undefined || other === undefined) return
        const shows = (page: readonly Row[], one: DepartmentFact) => page.some((row) => isMember(row, one))
        const within = rows(rest)
        if (shows(found, other) && shows(within, wanted)) {
          fail(
            `the members of department ${wanted.id} and its sub-departments only`,
            `those of ${other.id} as well, while ${other.id} shows those of ${wanted.id}`,
            exchange,
            rest,
          )
        }
      },
    },
    {
      id: `${id}.unknown-department`,
      title: 'list nobody for a department that does not exist',
      from: documented(page, 'Table 1, deptId'),
      clause: `${operationId}: deptId`,
      why: 'Everybody in answer to a misspelt department is the worst of all answers.',
      readings: ['unknown-department', 'not-found-status'],
      ...asks([unknownDepartment], ([exchange], { learn, notice }) => {
        if (isSuccess(exchange)) {
          const { length } = rows(exchange)
          if (length > 0) fail('an error or no record', `${length} records`, exchange)
          return learn('unknown-department', 'empty')
        }
        refusedParameter(exchange, 'an unknown department, if not answered by an empty list,')
        learn('unknown-department', 'error')
        if (isNotFound(exchange)) learn('not-found-status', String(exchange.response.status))
        else notice(`an unknown department is refused with code ${codeOf(exchange)}, not as not found`)
      }),
    },
  ])
}

/** What a list was searched for. */
export const wordOf = ({ request: { url } }: Exchange): string => new URL(url).searchParams.get('keyWord') ?? ''

/** Whether a name has no letter of a word: whatever a search compares, it has no reason to find it. */
export const sharesNothing = ({ name }: Row, word: string): boolean => {
  const letters = new Set([...word.toLowerCase()].filter((letter) => letter.trim() !== ''))
  return typeof name === 'string' && name !== '' && ![...name.toLowerCase()].some((letter) => letters.has(letter))
}

const contains = ({ name }: Row, word: string): boolean =>
  typeof name === 'string' && name.toLowerCase().includes(word.toLowerCase())

/** A space may be found by its mobile number, of which only some digits are to be seen. */
const isMobileHit = ({ mobile }: Row, word: string): boolean => /^\d+$/.test(word) && typeof mobile === 'string'
