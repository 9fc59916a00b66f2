import { z } from 'zod'
import type { Mutation } from '../../server/mutation.ts'
import { Refusal } from '../../server/refusal.ts'
import { documented, example, inferred, pages } from '../../spec/evidence.ts'
import {
  changeListQuery,
  changePage,
  changeSelection,
  changeTotal,
  type ListOperation,
  type ListPage,
} from '../list-seam.ts'
import { defineMutants, type Mutant, type MutantArea } from '../mutant.ts'
import { acceptInput, refuseParameter } from '../seams.ts'

const digits = z.string().regex(/^\d+$/)

/** What can go wrong with the pages of either list: offset, limit, total, and how the records are wrapped. */
export function listPageMutants(operation: ListOperation, area: MutantArea, page: ListPage): readonly Mutant[] {
  const parameter = documented(page, 'Table 1')
  const answer = documented(page, 'Table 3')
  const nearest = inferred(`${pages[page]}, Table 1 gives a range; an answer within it keeps to it as well`)
  const empty = inferred(`${pages[page]}, Table 1; no page says what an empty offset means`)
  const total = page === 'listUsers' ? example(page) : documented(page, 'Table 3')

  const taking = (fields: z.ZodRawShape): Mutation => acceptInput(operation, { query: operation.query.extend(fields) })
  const queried = (change: Parameters<typeof changeListQuery>[1]): Mutation => changeListQuery(operation, change)
  const users = (change: Parameters<typeof changeSelection>[1]): Mutation => changeSelection(operation, change)

  return defineMutants(area, [
    ['offset-optional', 'offset may be absent', parameter, taking({ offset: digits.default('0') })],
    ['limit-optional', 'limit may be absent', parameter, taking({ limit: operation.query.shape.limit.default('10') })],
    ['offset-empty-taken', 'offset may be empty', empty, taking({ offset: z.string().regex(/^\d*$/) })],
    [
      'offset-negative-taken',
      'a negative offset counts as 0',
      nearest,
      adjusting({ offset: z.string().regex(/^-?\d+$/) }, 'offset', (text) => (text.startsWith('-') ? '0' : text)),
    ],
    [
      'offset-text-taken',
      'an offset that is no number counts as 0',
      parameter,
      adjusting({ offset: z.string() }, 'offset', (text) => (/^\d+$/.test(text) ? text : '0')),
    ],
    ['limit-zero-taken', 'limit 0 is taken', nearest, taking({ limit: z.string().regex(/^0*(?:\d{1,2}|100)$/) })],
    [
      'limit-101-taken',
      'limit 101 is taken',
      parameter,
      taking({ limit: z.string().regex(/^0*(?:[1-9]\d?|10[01])$/) }),
    ],
    ['limit-unlimited', 'limit has no upper limit', parameter, taking({ limit: digits })],
    [
      'limit-text-taken',
      'a limit that is no number counts as 10',
      parameter,
      adjusting({ limit: z.string() }, 'limit', (text) => (/^\d+$/.test(text) ? text : '10')),
    ],
    ['limit-100-refused', 'limit 100 is refused', parameter, taking({ limit: z.string().regex(/^[1-9]\d?$/) })],
    [
      'limit-one-refused',
      'limit 1 is refused',
      parameter,
      queried((query) => (query.limit === '1' ? refuseParameter('limit is 1.') : query)),
    ],
    [
      'offset-zero-refused',
      'offset 0 is refused',
      parameter,
      queried((query) => (query.offset === '0' ? refuseParameter('offset is 0.') : query)),
    ],
    ['offset-ignored', 'every offset gives the first page', parameter, queried((query) => ({ ...query, offset: '0' }))],
    [
      'offset-plus-one',
      'a page begins one record late',
      parameter,
      queried((query) => ({ ...query, offset: String(Number(query.offset) + 1) })),
    ],
    [
      'offset-counts-pages',
      'offset counts pages in place of records',
      parameter,
      queried((query) => ({ ...query, offset: String(Number(query.offset) * Number(query.limit)) })),
    ],
    [
      'limit-ignored',
      'every limit gives up to 100 records',
      parameter,
      queried((query) => ({ ...query, limit: '100' })),
    ],
    [
      'limit-plus-one',
      'a page holds one record more than asked for',
      parameter,
      queried((query) => ({ ...query, limit: String(Number(query.limit) + 1) })),
    ],
    [
      'limit-minus-one',
      'a page holds one record less than asked for',
      parameter,
      queried((query) => ({ ...query, limit: String(Math.max(1, Number(query.limit) - 1)) })),
    ],
    ['page-beyond-end-refused', 'an offset beyond the end is a server error', parameter, beyondEnd()],
    ['total-of-page', 'total counts the records of the page', total, changeTotal(operation, (_, shown) => shown)],
    ['total-off-by-one', 'total is one too high', total, changeTotal(operation, (all) => all + 1)],
    ['total-unfiltered', 'total counts everybody whatever is asked for', example(page), () => unfilteredTotal()],
    [
      'total-shrinks',
      'total counts only what is left from offset on',
      total,
      () => {
        let skipped = 0
        const { handler: counted } = users((found, _, offset) => {
          skipped = Math.min(offset, found.length)
          return found
        })
        const { handler: totalled } = changeTotal(operation, (all) => all - skipped)
        return { handler: (handler) => totalled?.(counted?.(handler) ?? handler) ?? handler }
      },
    ],
    [
      'page-of-100-short',
      'a page of 100 records lacks the last one',
      parameter,
      changePage(operation, (records) => (records.length === 100 ? records.slice(0, -1) : records)),
    ],
    [
      'second-page-late',
      'the page behind the first hundred records begins one record late',
      parameter,
      queried((query) => (query.offset === '100' ? { ...query, offset: '101' } : query)),
    ],
    [
      'second-page-early',
      'the page behind the first hundred records begins one record early',
      parameter,
      queried((query) => (query.offset === '100' ? { ...query, offset: '99' } : query)),
    ],
    ['total-null', 'total is null', total, changeTotal(operation, () => null)],
    [
      'list-object',
      'the records are an object with the number of each as its key',
      answer,
      changePage(operation, (records) => ({ ...records })),
    ],
    [
      'list-nested',
      'the records stand in an object of their own',
      answer,
      changePage(operation, (records) => ({ records })),
    ],
  ])

  /** Takes a parameter of any form and makes of it what the handler understands. */
  function adjusting(fields: z.ZodRawShape, name: 'offset' | 'limit', change: (text: string) => string): Mutation {
    const { handler: wider } = taking(fields)
    const { handler: understood } = queried((query) => ({ ...query, [name]: change(query[name]) }))
    return { handler: (handler) => wider?.(understood?.(handler) ?? handler) ?? handler }
  }

  function beyondEnd(): Mutation {
    return users((found, _, offset) => {
      if (offset < found.length || offset === 0) return found
      throw new Refusal('internalError', { rule: 'mutant', detail: 'The offset lies beyond the end.' })
    })
  }

  function unfilteredTotal(): Mutation {
    let everybody = 0
    const { handler: counted } = users((found) => {
      everybody = Math.max(everybody, found.length)
      return found
    })
    const { handler: totalled } = changeTotal(operation, () => everybody)
    return { handler: (handler) => totalled?.(counted?.(handler) ?? handler) ?? handler }
  }
}
