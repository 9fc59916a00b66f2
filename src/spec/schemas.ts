import { z } from 'zod'
import { documented, example, inferred, type Page, type Provenance } from './evidence.ts'
import { limits } from './limits.ts'
import { once } from './once.ts'

/**
 * Attaches description and provenance to a schema; both reach the OpenAPI document. The id of a named schema stays with
 * the schema itself, so that a field refers to it.
 */
export function field<S extends z.ZodType>(schema: S, description: string, provenance: Provenance): S {
  const { id, ...own } = schema.meta() ?? {}
  return schema.meta({
    ...own,
    description,
    'x-evidence': provenance.evidence,
    'x-source': provenance.source,
  }) as S
}

/**
 * A schema with a name, which stands once in the OpenAPI document and where else it is used is referred to. It is made
 * when it is asked for first, as the schemas of operations are.
 */
export function namedObject<S extends z.ZodRawShape>(id: string, description: string, shape: () => S) {
  return once(() => z.object(shape()).meta({ id, description }))
}

/** Field names with the provenance of the table they stand in: `const of = fieldsOf('listUsers', 'Table 4')`. */
export const fieldsOf =
  (page: Page, place: string) =>
  <S extends z.ZodType>(schema: S, description: string, provenance: Provenance = documented(page, place)): S =>
    field(schema, description, provenance)

/** `offset` of a list: a string of digits. */
export const pageOffset = () => z.string().regex(/^[0-9]+$/, 'digits, 0 or above')

/** `limit` of a list: a string of digits, 1 to 100. */
export const pageLimit = () => z.string().regex(/^0*(?:[1-9][0-9]?|100)$/, 'digits, 1 to 100')

/**
 * A 64-bit integer of a JSON body. It arrives as a number where that is exact and as a bigint where it is not;
 * `toIdText` gives its digits.
 */
export const int64 = z
  .union(
    [
      z.int(),
      z
        .bigint()
        .min(-(2n ** 63n))
        .max(2n ** 63n - 1n),
    ],
    { error: 'a 64-bit integer' },
  )
  .meta({ type: 'integer', format: 'int64' })

/** The exact digits of a parsed 64-bit integer. */
export const toIdText = (value: number | bigint): string => value.toString()

/** The two fields every answer has. */
export const envelope = {
  code: field(
    z.int(),
    '0 for success, otherwise an error code.',
    example('queryBatch', 'example (the table says String)'),
  ),
  msg: field(
    z.string(),
    'Text for people, in the language of the `language` header.',
    documented('queryBatch', 'Table 3'),
  ),
}

/** Body of every refusal. */
export const errorBody = namedObject('ErrorBody', 'Body of every refusal.', () => ({
  code: field(z.int(), 'Error code.', documented('returnedValues', 'error body')),
  msg: field(z.string(), 'Error description.', documented('returnedValues', 'error body')),
}))

const deptId =
  'Id of the department; without it the whole organisation (a department administrator: the own department).'

/** Query parameters that both list operations share. */
export const listQuery = (page: 'listUsers' | 'listSpaces', keyWord: string) => {
  const of = fieldsOf(page, 'Table 1')
  return {
    deptId: of(z.string().optional(), deptId),
    isDirect: of(
      z.boolean().optional(),
      'true: only direct members of the department; false (default): members of its sub-departments too.',
      inferred('Chinese text of the parameter; reading is-direct'),
    ),
    offset: of(pageOffset(), 'Number of records to skip, from 0, as a string of digits.').meta({ example: '0' }),
    limit: of(
      pageLimit(),
      `Largest number of records to return, 1 to ${limits.listLimitMax}, as a string of digits.`,
    ).meta({
      example: '10',
    }),
    keyWord: of(z.string().optional(), keyWord),
  }
}
