import { z } from 'zod'
import { parseExact } from '../../shared/json.ts'
import { REDACTED } from '../../shared/redact.ts'
import { operations } from '../../spec/operations.ts'
import type { JournalEntry } from '../journal-entry.ts'
import type { Viewer } from '../viewer.ts'

const PATTERN_MAX = 1000

function isPattern(source: string): boolean {
  try {
    new RegExp(source)
    return true
  } catch {
    return false
  }
}

const scalar = z.union([z.string(), z.number(), z.bigint().meta({ type: 'integer', format: 'int64' }), z.boolean()])
const contains = z.strictObject({ contains: z.string() })
const matches = z.strictObject({
  matches: z.string().max(PATTERN_MAX).refine(isPattern, 'a regular expression that compiles'),
})

/** A string that must be equal, be contained, or match. Numbers and ids are compared as a string. */
const matcher = z
  .union([scalar, contains, matches])
  .meta({ id: 'Matcher', description: 'a string to be equal, {"contains": string} or {"matches": regular expression}' })
export type Matcher = z.output<typeof matcher>

const named = z.record(z.string(), matcher)

/** What an exchange must be like to be counted. */
const whereSchema = z.strictObject({
  method: matcher.optional().describe('HTTP method.'),
  path: matcher.optional().describe('Path as sent, without the query.'),
  query: named.optional().describe('Query parameters by name, decoded.'),
  headers: named.optional().describe('Request headers by name, in any case.'),
  body: z
    .unknown()
    .optional()
    .describe(
      'Part of the JSON body: fields given must be there, lists have as many entries; leaves are strings or {"contains"}, {"matches"}.',
    ),
  status: matcher.optional().describe('HTTP status of the answer.'),
  outcome: matcher.optional().describe('"success", "refused", or the name of an error such as "resourceNotFound".'),
})
export type Where = z.output<typeof whereSchema>

const count = z.int().min(0)

/** How many exchanges there must be. */
const countSchema = z
  .strictObject({
    min: count.optional().describe('At least so many.'),
    max: count.optional().describe('At most so many.'),
    exactly: count.optional().describe('So many, no more and no less.'),
  })
  .refine(({ min, max, exactly }) => exactly === undefined || (min === undefined && max === undefined), {
    message: 'either exactly, or min and max',
  })
  .refine(({ min = 0, max = Number.POSITIVE_INFINITY }) => min <= max, { message: 'a min that is not above max' })
export type Count = z.output<typeof countSchema>

/** What is asked of the journal. */
export const verificationSchema = z.strictObject({
  operation: z
    .enum(operations.map(({ operationId }) => operationId))
    .optional()
    .describe(`operationId: ${operations.map(({ operationId }) => operationId).join(', ')}; any when absent.`),
  route: z.string().optional().describe('Id of an own route that answered; any when absent.'),
  where: whereSchema.optional().describe('What the exchanges must be like; all of them when absent.'),
  count: countSchema.optional().describe('How many there must be; at least one when absent.'),
})
export type Verification = z.output<typeof verificationSchema>

/** Longer bodies make no assertion that anybody reads. */
const BODY_MAX = 4096

/** The body of a verification that counts requests such as this one; what would be a secret is left out. */
export function toVerification(entry: JournalEntry, viewer: Viewer): Verification {
  const { request } = viewer.exchange(entry)
  const [path = '', search = ''] = request.target.split(/\?(.*)/s)
  const query = [...new URLSearchParams(search)].filter(([, value]) => !value.includes(REDACTED))
  const body = bodyOf(request.body)
  return {
    ...(entry.operation !== undefined && { operation: entry.operation as Verification['operation'] }),
    where: {
      method: request.method,
      path,
      ...(query.length > 0 && { query: Object.fromEntries(query) }),
      ...(body !== undefined && { body }),
      status: entry.status,
    },
    count: { exactly: 1 },
  }
}

function bodyOf(text: string): unknown {
  if (text === '' || text.length > BODY_MAX || text.includes(REDACTED)) return undefined
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}
