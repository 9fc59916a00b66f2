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
import { acceptInput, type Loose, refuseValue, together } from '../seams.ts'

const digits = z.string().regex(/^\d+$/)

/** What can go wrong with the pages of either list: offset, limit, total, and how the records are wrapped. */
export function listPageMutants(operation: ListOperation, area: MutantArea, page: ListPage): readonly Mutant[] {
  const parameter = documented(page, 'Table 1')
  const answer = documented(page, 'Table 3')
  const nearest = inferred(`${pages[page]}, Table 1 gives a range; an answer within it keeps to it as well`)
  const empty = inferred(`${pages[page]}, Table 1; no page says what an empty offset means`)
  const total = page === 'listUsers' ? example(page) : documented(page, 'Table 3')

  const taking = (fields: z.ZodRawShape): Mutation => acceptInput(operation, { query: operation.query.extend(fields) })
  /** Asks for something else than the query says. */
  const asked = (change: Parameters<typeof changeListQuery>[1]): Mutation =>
    changeListQuery(operation, (query) => ({ ...query, ...change(query) }))
  const users = (change: Parameters<typeof changeSelection>[1]): Mutation => changeSelection(operation, change)

  const paged = (change: (page: readonly Loose[]) => unknown): Mutation => changePage(operation, change)
  const totalled = (change: (total: number, shown: number) => unknown): Mutation => changeTotal(operation, change)

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
      'an offset that is not a number counts as 0',
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
      'a limit that is not a number counts as 10',
      parameter,
      adjusting({ limit: z.string() }, 'limit', (text) => (/^\d+$/.test(text) ? text : '10')),
    ],
    ['limit-100-refused', 'limit 100 is refused', parameter, taking({ limit: z.string().regex(/^[1-9]\d?$/) })],
    ['limit-one-refused', 'limit 1 is refused', parameter, refuseValue(operation, 'limit', '1')],
    ['offset-zero-refused', 'offset 0 is refused', parameter, refuseValue(operation, 'offset', '0')],
    ['offset-ignored', 'every offset gives the first page', parameter, asked(() => ({ offset: '0' }))],
    [
      'offset-plus-one',
      'a page begins one record late',
      parameter,
      asked(({ offset }) => ({ offset: String(Number(offset) + 1) })),
    ],
    [
      'offset-counts-pages',
      'offset counts pages in place of records',
      parameter,
      asked(({ offset, limit }) => ({ offset: String(Number(offset) * Number(limit)) })),
    ],
    ['limit-ignored', 'every limit gives up to 100 records', parameter, asked(() => ({ limit: '100' }))],
    [
      'limit-plus-one',
      'a page holds one record more than asked for',
      parameter,
      asked(({ limit }) => ({ limit: String(Number(limit) + 1) })),
    ],
    [
      'limit-minus-one',
      'a page holds one record less than asked for',
      parameter,
      asked(({ limit }) => ({ limit: String(Math.max(1, Number(limit) - 1)) })),
    ],
    ['page-beyond-end-refused', 'an offset beyond the end is a server error', parameter, beyondEnd()],
    ['total-of-page', 'total counts the records of the page', total, totalled((_, shown) => shown)],
    ['total-off-by-one', 'total is one too high', total, totalled((all) => all + 1)],
    ['total-unfiltered', 'total counts everybody whatever is asked for', example(page), () => unfilteredTotal()],
    [
      'total-shrinks',
      'total counts only what is left from offset on',
      total,
      () => {
        let skipped = 0
        const counted = users((found, _, offset) => {
          skipped = Math.min(offset, found.length)
          return found
        })
        return together(
          counted,
          totalled((all) => all - skipped),
        )
      },
    ],
    [
      'page-of-100-short',
      'a page of 100 records lacks the last one',
      parameter,
      paged((records) => (records.length === 100 ? records.slice(0, -1) : records)),
    ],
    [
      'second-page-late',
      'the page after the first hundred records begins one record late',
      parameter,
      asked(({ offset }) => (offset === '100' ? { offset: '101' } : {})),
    ],
    [
      'second-page-early',
      'the page after the first hundred records begins one record early',
      parameter,
      asked(({ offset }) => (offset === '100' ? { offset: '99' } : {})),
    ],
    ['total-null', 'total is null', total, totalled(() => null)],
    [
      'list-object',
      'the records are an object with the number of each as its key',
      answer,
      paged((records) => ({ ...records })),
    ],
    ['list-nested', 'the records stand in an object of their own', answer, paged((records) => ({ records }))],
  ])

  /** Takes a parameter of any form and makes of it what the handler understands. */
  function adjusting(fields: z.ZodRawShape, name: 'offset' | 'limit', change: (text: string) => string): Mutation {
    return together(
      asked((query) => ({ [name]: change(query[name]) })),
      taking(fields),
    )
  }

  function beyondEnd(): Mutation {
    return users((found, _, offset) => {
      if (offset < found.length || offset === 0) return found
      throw new Refusal('internalError', { rule: 'mutant', detail: 'The offset lies beyond the end.' })
    })
  }

  function unfilteredTotal(): Mutation {
    let everybody = 0
    const counted = users((found) => {
      everybody = Math.max(everybody, found.length)
      return found
    })
    return together(
      counted,
      totalled(() => everybody),
    )
  }
}
