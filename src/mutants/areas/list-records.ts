import { authenticate } from '../../server/authentication/authenticate.ts'
import type { Mutation } from '../../server/mutation.ts'
import { Refusal } from '../../server/refusal.ts'
import { documented, example, inferred } from '../../spec/evidence.ts'
import { changeListQuery, changePage, changeSelection, type ListOperation, type ListPage } from '../list-seam.ts'
import { defineMutants, type Mutant, type MutantArea } from '../mutant.ts'
import { changeHandler, refuseParameter, without } from '../seams.ts'

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

  const queried = (change: Parameters<typeof changeListQuery>[1]): Mutation => changeListQuery(operation, change)
  const users = (change: Parameters<typeof changeSelection>[1]): Mutation => changeSelection(operation, change)

  return defineMutants(area, [
    [
      'keyword-ignored',
      'keyWord selects nobody and drops nobody',
      parameter,
      queried((query) => without(query, 'keyWord')),
    ],
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
      queried((query) => (query.keyWord ? { ...query, offset: '0' } : query)),
    ],
    [
      'limit-ignored-in-search',
      'limit is not looked at beside keyWord',
      parameter,
      queried((query) => (query.keyWord ? { ...query, limit: '100' } : query)),
    ],
    [
      'direct-false-as-true',
      'isDirect=false counts as true',
      parameter,
      queried((query) => (query.isDirect === false ? { ...query, isDirect: true } : query)),
    ],
    ['keyword-inverted', 'keyWord selects those whose name does not contain it', parameter, () => invertedKeyword()],
    ['department-ignored', 'deptId is not looked at', parameter, queried((query) => without(query, 'deptId'))],
    [
      'department-ignored-in-search',
      'deptId is not looked at beside keyWord',
      parameter,
      queried((query) => (query.keyWord ? without(query, 'deptId') : query)),
    ],
    [
      'keyword-ignored-in-department',
      'keyWord is not looked at beside deptId',
      parameter,
      queried((query) => (query.deptId ? without(query, 'keyWord') : query)),
    ],
    ['department-unknown-everybody', 'an unknown deptId selects the whole organisation', unknown, unknownDepartment()],
    ['direct-ignored', 'isDirect is not looked at', parameter, queried((query) => without(query, 'isDirect'))],
    [
      'direct-always',
      'members of sub-departments are never listed',
      direct,
      queried((query) => ({ ...query, isDirect: true })),
    ],
    [
      'direct-inverted',
      'isDirect means the opposite',
      parameter,
      queried((query) => ({ ...query, isDirect: query.isDirect !== true })),
    ],
    [
      'sub-departments-left-out',
      'a department is listed without its sub-departments',
      below,
      queried((query) => (query.deptId === undefined ? query : { ...query, isDirect: true })),
    ],
    ['empty-refused', 'an empty optional parameter is refused', blank, emptyRefused()],
    ['mobile-unmasked', 'mobile is not masked', shown, unmasked()],
    [
      'mobile-masked-whole',
      'mobile is masked from end to end',
      shown,
      changeEach((record) => ({ ...record, mobile: '****' })),
    ],
    [
      'mobile-end-hidden',
      'the last four digits of mobile are masked',
      shown,
      changeEach((record) => ({ ...record, mobile: String(record['mobile']).replace(/\d{4}$/, '****') })),
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
    [
      'ids-constant',
      'every record has the same userId',
      field,
      changeEach((record) => ({ ...record, userId: '1008600000999999999' })),
    ],
    [
      'names-swapped',
      'a record has the name of the one behind it',
      field,
      changePage(operation, (records) =>
        records.map((record, at) => ({ ...record, name: (records[at + 1] ?? record)['name'] })),
      ),
    ],
  ])

  function changeEach(change: (record: Record<string, unknown>) => object): Mutation {
    return changePage(operation, (records) => records.map(change))
  }

  function invertedKeyword(): Mutation {
    let wanted: string | undefined
    const { handler: selected } = users((found) =>
      wanted === undefined ? found : found.filter(({ name }) => !name.toLowerCase().includes(wanted ?? '')),
    )
    const { handler: widened } = queried((query) => {
      wanted = query.keyWord?.toLowerCase()
      return without(query, 'keyWord')
    })
    return { handler: (handler) => widened?.(selected?.(handler) ?? handler) ?? handler }
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

  function emptyRefused(): Mutation {
    return {
      async authenticate(world, sandbox, asked, exchange) {
        const authenticated = await authenticate(world, sandbox, asked, exchange)
        if (asked.operationId !== operation.operationId || !/[?&][^=&]+=(?:&|$)/.test(exchange.target))
          return authenticated
        return refuseParameter('a parameter is empty.')
      },
    }
  }

  function unmasked(): Mutation {
    return changeEach((record) => ({ ...record, mobile: String(record['mobile']).replace('****', '0000') }))
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
