import { z } from 'zod'
import { documented, example, inferred, type Page } from '../../../spec/evidence.ts'
import { userStatuses } from '../../../world/directory/user.ts'
import { authenticate } from '../../authentication/authenticate.ts'
import { Refusal } from '../../refusal.ts'
import { type ListOperation, listed, listQueried, pageSaid, totalSaid } from '../list-seam.ts'
import { defineMutants, type Mutant, type MutantArea, type Mutation } from '../mutant.ts'
import { refuseParameter, routed, takes, without } from '../seams.ts'

const digits = z.string().regex(/^\d+$/)

/** What can go wrong with either list: parameters, pages, filters, totals, masks, order. */
export function listMutants(
  operation: ListOperation,
  area: MutantArea,
  page: Page & ('listUsers' | 'listSpaces'),
): readonly Mutant[] {
  const parameter = documented(page, 'Table 1')
  const answer = documented(page, 'Table 3')
  const field = documented(page, 'Table 4')
  const total = page === 'listUsers' ? example(page) : documented(page, 'Table 3')
  const direct = inferred('Chinese text of the parameter; reading is-direct')
  const unknown = inferred('The error table has a code for it: ErrorCode, row 13000309; reading unknown-department')
  const stable = inferred('Pages of offset and limit make a whole only when the order is stable')

  const taking = (fields: z.ZodRawShape): Mutation => takes(operation, { query: operation.query.extend(fields) })
  const queried = (change: Parameters<typeof listQueried>[1]): Mutation => listQueried(operation, change)
  const users = (change: Parameters<typeof listed>[1]): Mutation => listed(operation, change)

  return defineMutants(area, [
    ['offset-optional', 'offset may be absent', parameter, () => taking({ offset: digits.default('0') })],
    [
      'limit-optional',
      'limit may be absent',
      parameter,
      () => taking({ limit: operation.query.shape.limit.default('10') }),
    ],
    ['offset-empty-taken', 'offset may be empty', parameter, () => taking({ offset: z.string().regex(/^\d*$/) })],
    [
      'offset-negative-taken',
      'a negative offset counts as 0',
      parameter,
      () => adjusting({ offset: z.string().regex(/^-?\d+$/) }, 'offset', (text) => (text.startsWith('-') ? '0' : text)),
    ],
    [
      'offset-text-taken',
      'an offset that is no number counts as 0',
      parameter,
      () => adjusting({ offset: z.string() }, 'offset', (text) => (/^\d+$/.test(text) ? text : '0')),
    ],
    [
      'limit-zero-taken',
      'limit 0 is taken',
      parameter,
      () => taking({ limit: z.string().regex(/^0*(?:\d{1,2}|100)$/) }),
    ],
    [
      'limit-101-taken',
      'limit 101 is taken',
      parameter,
      () => taking({ limit: z.string().regex(/^0*(?:[1-9]\d?|10[01])$/) }),
    ],
    ['limit-unlimited', 'limit has no upper limit', parameter, () => taking({ limit: digits })],
    [
      'limit-text-taken',
      'a limit that is no number counts as 10',
      parameter,
      () => adjusting({ limit: z.string() }, 'limit', (text) => (/^\d+$/.test(text) ? text : '10')),
    ],
    ['limit-100-refused', 'limit 100 is refused', parameter, () => taking({ limit: z.string().regex(/^[1-9]\d?$/) })],
    [
      'limit-one-refused',
      'limit 1 is refused',
      parameter,
      () => queried((query) => (query.limit === '1' ? refuseParameter('limit is 1.') : query)),
    ],
    [
      'offset-zero-refused',
      'offset 0 is refused',
      parameter,
      () => queried((query) => (query.offset === '0' ? refuseParameter('offset is 0.') : query)),
    ],
    [
      'offset-ignored',
      'every offset gives the first page',
      parameter,
      () => queried((query) => ({ ...query, offset: '0' })),
    ],
    [
      'offset-plus-one',
      'a page begins one record late',
      parameter,
      () => queried((query) => ({ ...query, offset: String(Number(query.offset) + 1) })),
    ],
    [
      'offset-counts-pages',
      'offset counts pages in place of records',
      parameter,
      () => queried((query) => ({ ...query, offset: String(Number(query.offset) * Number(query.limit)) })),
    ],
    [
      'limit-ignored',
      'every limit gives up to 100 records',
      parameter,
      () => queried((query) => ({ ...query, limit: '100' })),
    ],
    [
      'limit-plus-one',
      'a page holds one record more than asked for',
      parameter,
      () => queried((query) => ({ ...query, limit: String(Number(query.limit) + 1) })),
    ],
    [
      'limit-minus-one',
      'a page holds one record less than asked for',
      parameter,
      () => queried((query) => ({ ...query, limit: String(Math.max(1, Number(query.limit) - 1)) })),
    ],
    ['page-beyond-end-refused', 'an offset beyond the end is a server error', parameter, () => beyondEnd()],
    ['total-of-page', 'total counts the records of the page', total, () => totalSaid(operation, (_, shown) => shown)],
    ['total-off-by-one', 'total is one too high', total, () => totalSaid(operation, (all) => all + 1)],
    ['total-unfiltered', 'total counts everybody whatever is asked for', total, () => unfilteredTotal()],
    ['total-null', 'total is null', total, () => totalSaid(operation, () => null)],
    [
      'list-object',
      'the records are an object with the number of each as its key',
      answer,
      () => pageSaid(operation, (records) => ({ ...records })),
    ],
    [
      'list-nested',
      'the records stand in an object of their own',
      answer,
      () => pageSaid(operation, (records) => ({ records })),
    ],
    [
      'keyword-ignored',
      'keyWord selects nobody and drops nobody',
      parameter,
      () => queried((query) => without(query, 'keyWord')),
    ],
    [
      'keyword-exact',
      'keyWord selects only whole names',
      parameter,
      () =>
        users((found, { keyWord }) =>
          keyWord === undefined ? found : found.filter(({ name }) => name.toLowerCase() === keyWord.toLowerCase()),
        ),
    ],
    ['keyword-inverted', 'keyWord selects those whose name does not contain it', parameter, () => invertedKeyword()],
    ['department-ignored', 'deptId is not looked at', parameter, () => queried((query) => without(query, 'deptId'))],
    [
      'department-unknown-everybody',
      'an unknown deptId selects the whole organisation',
      unknown,
      () => unknownDepartment(),
    ],
    ['direct-ignored', 'isDirect is not looked at', direct, () => queried((query) => without(query, 'isDirect'))],
    [
      'direct-always',
      'members of sub-departments are never listed',
      direct,
      () => queried((query) => ({ ...query, isDirect: true })),
    ],
    ['empty-refused', 'an empty optional parameter is refused', parameter, () => emptyRefused()],
    ['mobile-unmasked', 'mobile is not masked', field, () => unmasked()],
    [
      'mobile-masked-whole',
      'mobile is masked from end to end',
      field,
      () => eachSaid((record) => ({ ...record, mobile: '****' })),
    ],
    [
      'mobile-end-hidden',
      'the last four digits of mobile are masked',
      field,
      () => eachSaid((record) => ({ ...record, mobile: String(record['mobile']).replace(/\d{4}$/, '****') })),
    ],
    ['order-alternates', 'every other page is read from the other end', stable, () => alternating()],
    [
      'order-shuffled',
      'the order is another one for every offset',
      stable,
      () => users((found, _, offset) => [...found.slice(offset % 7), ...found.slice(0, offset % 7)]),
    ],
    [
      'record-repeated',
      'the first record of a page comes twice',
      answer,
      () => pageSaid(operation, (records) => (records.length > 1 ? [records[0], ...records.slice(0, -1)] : records)),
    ],
    [
      'record-hidden',
      'every seventh record is left out although it is counted',
      answer,
      () => pageSaid(operation, (records) => records.filter((_, at) => at % 7 !== 6)),
    ],
    [
      'new-users-hidden',
      'users that are not activated are not listed',
      answer,
      () => users((found) => found.filter(({ status }) => status !== userStatuses.notActivated)),
    ],
    [
      'ids-constant',
      'every record has the same userId',
      field,
      () => eachSaid((record) => ({ ...record, userId: '1008600000999999999' })),
    ],
    [
      'names-swapped',
      'a record has the name of the one behind it',
      field,
      () =>
        pageSaid(operation, (records) =>
          records.map((record, at) => ({ ...record, name: (records[at + 1] ?? record)['name'] })),
        ),
    ],
  ])

  function eachSaid(change: (record: Record<string, unknown>) => object): Mutation {
    return pageSaid(operation, (records) => records.map(change))
  }

  /** Takes a parameter of any form and makes of it what the handler understands. */
  function adjusting(fields: z.ZodRawShape, name: 'offset' | 'limit', change: (text: string) => string): Mutation {
    const { route: wider } = taking(fields)
    const { route: understood } = queried((query) => ({ ...query, [name]: change(query[name]) }))
    return { route: (route) => wider?.(understood?.(route) ?? route) ?? route }
  }

  function beyondEnd(): Mutation {
    return users((found, _, offset) => {
      if (offset < found.length || offset === 0) return found
      throw new Refusal('internalError', { rule: 'mutant', detail: 'The offset lies beyond the end.' })
    })
  }

  function unfilteredTotal(): Mutation {
    let everybody = 0
    const { route: counted } = users((found) => {
      everybody = Math.max(everybody, found.length)
      return found
    })
    const { route: told } = totalSaid(operation, () => everybody)
    return { route: (route) => told?.(counted?.(route) ?? route) ?? route }
  }

  function invertedKeyword(): Mutation {
    let wanted: string | undefined
    const { route: selected } = users((found) =>
      wanted === undefined ? found : found.filter(({ name }) => !name.toLowerCase().includes(wanted ?? '')),
    )
    const { route: widened } = queried((query) => {
      wanted = query.keyWord?.toLowerCase()
      return without(query, 'keyWord')
    })
    return { route: (route) => widened?.(selected?.(route) ?? route) ?? route }
  }

  function unknownDepartment(): Mutation {
    return routed(operation as ListOperation & { response: never }, (route) => ({
      ...route,
      handle(context) {
        try {
          return route.handle(context)
        } catch (error) {
          if (!(error instanceof Refusal) || error.error !== 'resourceNotFound') throw error
          return route.handle({ ...context, query: without(context.query, 'deptId') as typeof context.query })
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
    return eachSaid((record) => ({ ...record, mobile: String(record['mobile']).replace('****', '0000') }))
  }

  function alternating(): Mutation {
    let calls = 0
    return users((found) => {
      calls += 1
      return calls % 2 === 0 ? [...found].reverse() : found
    })
  }
}
