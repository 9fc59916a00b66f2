import type { Mutation } from '../../server/mutation.ts'
import { Refusal } from '../../server/refusal.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { refuses } from '../admission.ts'
import { changeListQuery, changePage, changeSelection, type ListOperation, type ListPage } from '../list-seam.ts'
import { defineMutants, type Mutant, type MutantArea } from '../mutant.ts'
import { changeHandler, ignoreParameter, type Loose, together, without } from '../seams.ts'

/** What can go wrong with whom either list shows, and how: filters, masks, order. */
export function listRecordMutants(operation: ListOperation, area: MutantArea, page: ListPage): readonly Mutant[] {
  const parameter = documented(page, 'Table 1')
  const field = documented(page, 'Table 4')
  const direct = inferred('Chinese text of the parameter; reading is-direct')
  const unknown = inferred('The error table has a code for it: ErrorCode, row 13000309; reading unknown-department')
  const matching = inferred('The page does not say how name and keyword are compared')
  const below = inferred('isDirect is false by default; no page says who belongs to a department')
  const blank =
    page === 'listSpaces' ? example(page) : inferred('The example of Listing User Spaces sends empty parameters')
  const counted = page === 'listUsers' ? example(page) : documented(page, 'Table 3')
  const shown = example(page)
  const stable = inferred('Pages of offset and limit make a whole only when the order is stable')

  /** Asks for something else than the query says. */
  const asked = (change: Parameters<typeof changeListQuery>[1]): Mutation =>
    changeListQuery(operation, (query) => ({ ...query, ...change(query) }))
  const ignoring = (name: 'keyWord' | 'deptId' | 'isDirect'): Mutation => ignoreParameter(operation, name)
  /** Does not look at a parameter beside another one. */
  const ignoringBeside = (other: 'keyWord' | 'deptId', name: 'keyWord' | 'deptId'): Mutation =>
    changeListQuery(operation, (query) => (query[other] ? without(query, name) : query))
  const users = (change: Parameters<typeof changeSelection>[1]): Mutation => changeSelection(operation, change)

  return defineMutants(area, [
    ['keyword-ignored', 'keyWord selects nobody and drops nobody', parameter, ignoring('keyWord')],
    [
      'keyword-exact',
      'keyWord selects only whole names',
      matching,
      users((found, { keyWord }) =>
        keyWord === undefined ? found : found.filter(({ name }) => name.toLowerCase() === keyWord.toLowerCase()),
      ),
    ],
    [
      'offset-ignored-in-search',
      'offset is not looked at beside keyWord',
      parameter,
      asked(({ keyWord }) => (keyWord ? { offset: '0' } : {})),
    ],
    [
      'limit-ignored-in-search',
      'limit is not looked at beside keyWord',
      parameter,
      asked(({ keyWord }) => (keyWord ? { limit: '100' } : {})),
    ],
    [
      'direct-false-as-true',
      'isDirect=false counts as true',
      parameter,
      asked(({ isDirect }) => (isDirect === false ? { isDirect: true } : {})),
    ],
    ['keyword-inverted', 'keyWord selects those whose name does not contain it', parameter, () => invertedKeyword()],
    ['department-ignored', 'deptId is not looked at', parameter, ignoring('deptId')],
    [
      'department-ignored-in-search',
      'deptId is not looked at beside keyWord',
      parameter,
      ignoringBeside('keyWord', 'deptId'),
    ],
    [
      'keyword-ignored-in-department',
      'keyWord is not looked at beside deptId',
      parameter,
      ignoringBeside('deptId', 'keyWord'),
    ],
    ['department-unknown-everybody', 'an unknown deptId selects the whole organisation', unknown, unknownDepartment()],
    ['direct-ignored', 'isDirect is not looked at', parameter, ignoring('isDirect')],
    ['direct-always', 'members of sub-departments are never listed', direct, asked(() => ({ isDirect: true }))],
    [
      'direct-inverted',
      'isDirect means the opposite',
      parameter,
      asked(({ isDirect }) => ({ isDirect: isDirect !== true })),
    ],
    [
      'sub-departments-left-out',
      'a department is listed without its sub-departments',
      below,
      asked(({ deptId }) => (deptId === undefined ? {} : { isDirect: true })),
    ],
    [
      'empty-refused',
      'an empty optional parameter is refused',
      blank,
      refuses(
        'a parameter is empty.',
        (call) => call.operation.operationId === operation.operationId && /[?&][^=&]+=(?:&|$)/.test(call.wire.target),
        'verifyParametersFailed',
      ),
    ],
    [
      'mobile-unmasked',
      'mobile is not masked',
      shown,
      changeEach(({ mobile }) => ({ mobile: String(mobile).replace('****', '0000') })),
    ],
    ['mobile-masked-whole', 'mobile is masked from end to end', shown, changeEach(() => ({ mobile: '****' }))],
    [
      'mobile-end-hidden',
      'the last four digits of mobile are masked',
      shown,
      changeEach(({ mobile }) => ({ mobile: String(mobile).replace(/\d{4}$/, '****') })),
    ],
    ['order-alternates', 'every other page is read from the other end', stable, () => alternating()],
    [
      'order-shuffled',
      'the order is another one for every offset',
      stable,
      users((found, _, offset) => [...found.slice(offset % 5), ...found.slice(0, offset % 5)]),
    ],
    [
      'order-changes-on-repeat',
      'a request that is sent again gets its records in the reverse order',
      stable,
      () => reversedOnRepeat(),
    ],
    [
      'record-repeated',
      'the first record of a page comes twice',
      parameter,
      changePage(operation, (records) => (records.length > 1 ? [records[0], ...records.slice(0, -1)] : records)),
    ],
    [
      'record-hidden',
      'every seventh record is left out although it is counted',
      counted,
      changePage(operation, (records) => records.filter((_, at) => at % 7 !== 6)),
    ],
    ['ids-constant', 'every record has the same userId', field, changeEach(() => ({ userId: '1008600000999999999' }))],
    [
      'names-swapped',
      'a record has the name of the next one',
      field,
      changePage(operation, (records) =>
        records.map((record, at) => ({ ...record, name: (records[at + 1] ?? record)['name'] })),
      ),
    ],
  ])

  /** Changes some fields of each record. */
  function changeEach(change: (record: Loose) => object): Mutation {
    return changePage(operation, (records) => records.map((record) => ({ ...record, ...change(record) })))
  }

  function invertedKeyword(): Mutation {
    let wanted: string | undefined
    const selected = users((found) =>
      wanted === undefined ? found : found.filter(({ name }) => !name.toLowerCase().includes(wanted ?? '')),
    )
    const widened = changeListQuery(operation, (query) => {
      wanted = query.keyWord?.toLowerCase()
      return without(query, 'keyWord')
    })
    return together(selected, widened)
  }

  function unknownDepartment(): Mutation {
    return changeHandler(operation as ListOperation & { response: never }, (handler) => ({
      ...handler,
      handle(context) {
        try {
          return handler.handle(context)
        } catch (error) {
          if (!(error instanceof Refusal) || error.error !== 'resourceNotFound') throw error
          return handler.handle({ ...context, query: without(context.query, 'deptId') as typeof context.query })
        }
      },
    }))
  }

  function alternating(): Mutation {
    let calls = 0
    return users((found) => {
      calls += 1
      return calls % 2 === 0 ? [...found].reverse() : found
    })
  }

  function reversedOnRepeat(): Mutation {
    const asked = new Set<string>()
    return users((found, { scope, ...selection }, offset, limit) => {
      const request = JSON.stringify([scope.id, selection, offset, limit])
      if (asked.has(request)) return [...found].reverse()
      asked.add(request)
      return found
    })
  }
}
