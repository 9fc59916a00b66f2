import { z } from 'zod'
import { diagnosisView } from './diagnosis.ts'

const pairs = z.array(z.tuple([z.string(), z.string()]))

/** One line of a journal. */
export const requestSummary = z
  .object({
    requestId: z.string().describe('Also in the header X-Mock-Request-Id of the answer.'),
    at: z.string().describe('Virtual time of arrival, ISO 8601.'),
    durationMs: z.number().describe('Real milliseconds from arrival to answer.'),
    operation: z.string().nullable().describe('operationId; null for an unknown path.'),
    method: z.string(),
    target: z.string().describe('Path and query as sent.'),
    status: z.int(),
    rule: z.string().describe('Rule that decided, with its evidence level.'),
    error: z.string().nullable().describe('Name of the error; null after a success.'),
    diagnosis: z.string().nullable().describe('Why the request was refused.'),
    faults: z.array(z.string()).describe('Faults that struck.'),
  })
  .meta({ id: 'RequestSummary' })

/** A whole exchange. */
export const requestDetail = requestSummary
  .extend({
    request: z.object({ method: z.string(), target: z.string(), headers: pairs, body: z.string() }),
    response: z.object({ status: z.int(), headers: pairs, body: z.string() }),
    truncated: z.string().optional().describe('Said when a body was too long to be kept as a whole.'),
    signature: diagnosisView.nullable().describe('Null when no signature was sent.'),
  })
  .meta({ id: 'RequestDetail' })

/** The answer to a verification. */
export const verificationResult = z
  .object({
    pass: z.boolean(),
    expected: z.string().describe('The count that was asked for, in words.'),
    actual: z.int().describe('Exchanges that fit.'),
    matches: z.array(z.string()).describe('Ids of the first 100 of them.'),
    nearMisses: z
      .array(
        requestSummary
          .pick({ requestId: true, at: true, operation: true, method: true, target: true, status: true })
          .extend({ differences: z.array(z.string()) })
          .meta({ id: 'NearMiss' }),
      )
      .describe('When it does not pass: the three exchanges that come nearest, and how each differs.'),
    note: z.string().optional(),
  })
  .meta({ id: 'VerificationResult' })
