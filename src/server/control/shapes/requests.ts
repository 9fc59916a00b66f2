import { z } from 'zod'
import { type SampleLanguage, sampleLanguages } from '../../../shared/code-sample.ts'

/** What is wrong with a signed request. */
export const diagnosisView = z
  .object({
    ok: z.boolean().describe('Whether nothing is wrong.'),
    summary: z.string().describe('The mistake and its cure in one sentence.'),
    mistakes: z
      .array(
        z.object({
          id: z.string().describe('Readable and forever, such as path-no-trailing-slash.'),
          title: z.string().describe('What went wrong.'),
          cure: z.string().describe('What to do about it.'),
        }),
      )
      .describe('Most fundamental first.'),
    signature: z
      .enum(['right', 'explained', 'unexplained', 'unread'])
      .describe('right; explained by the mistakes; unexplained by anything known; unread when there is none to read.'),
    isCutShort: z
      .boolean()
      .describe('Whether the search ended early, so that reading the diagnosis later may explain more.'),
    claimed: z
      .object({
        algorithm: z.string(),
        appId: z.string(),
        signedHeaders: z.array(z.string()),
        signature: z.string().describe('Cut to its first 8 characters when it is right.'),
      })
      .optional()
      .describe('What the Authorization header says.'),
    expected: z
      .object({ canonicalRequest: z.string(), stringToSign: z.string() })
      .describe('What the server makes of the request.'),
    clientCanonicalRequest: z
      .string()
      .optional()
      .describe('What the client must have built, when the search reproduced its signature.'),
    clientStringToSign: z.string().optional(),
    differences: z
      .array(
        z.object({
          line: z.int().describe('From 1, in the canonical request of the server.'),
          part: z.string().describe('What the line is, such as query or header x-date.'),
          expected: z.string().nullable().describe('The line of the server; null when it has none there.'),
          actual: z.string().nullable().describe('The line of the client; null when it has none there.'),
        }),
      )
      .optional()
      .describe('Where the two canonical requests differ.'),
  })
  .meta({ id: 'Diagnosis', description: 'What is wrong with a signed request, without secrets.' })

/** A canonical request, or string to sign, that a client built itself, beside the right one. */
export const ownTextView = z
  .object({
    kind: z.enum(['canonical request', 'string to sign']),
    isRight: z.boolean().describe('Whether it is the right one.'),
    makesSignature: z
      .boolean()
      .optional()
      .describe('Whether the signature that was sent is the HMAC of this very string; absent when none was sent.'),
    firstDifference: z
      .object({
        line: z.int().describe('From 1.'),
        part: z.string().describe('What the line is, such as path or header x-date.'),
        column: z.int().describe('Character of the line at which the two part, from 1.'),
        expected: z.string().nullable().describe('The right line, with what cannot be seen written out.'),
        actual: z.string().nullable().describe('The line of the client, likewise.'),
        expectedBytes: z.string().describe('Up to eight bytes from there on, as hex.'),
        actualBytes: z.string().describe('Up to eight bytes from there on, as hex.'),
      })
      .optional(),
    summary: z.string().describe('What follows from it.'),
  })
  .meta({ id: 'OwnText' })

const records = z.array(z.object({ name: z.string(), value: z.string() }))

/** An HTTP archive (HAR 1.2). http://www.softwareishard.com/blog/har-12-spec/ */
export const archive = z
  .object({
    log: z.object({
      version: z.literal('1.2'),
      creator: z.object({ name: z.string(), version: z.string() }),
      entries: z.array(
        z.object({
          startedDateTime: z.iso.datetime(),
          time: z.number().describe('Real milliseconds.'),
          request: z.object({
            method: z.string(),
            url: z.string(),
            httpVersion: z.string(),
            cookies: z.array(z.unknown()),
            headers: records,
            queryString: records,
            headersSize: z.int(),
            bodySize: z.int(),
            postData: z.object({ mimeType: z.string(), params: z.array(z.unknown()), text: z.string() }).optional(),
          }),
          response: z.object({
            status: z.int(),
            statusText: z.string(),
            httpVersion: z.string(),
            cookies: z.array(z.unknown()),
            headers: records,
            content: z.object({ size: z.int(), mimeType: z.string(), text: z.string() }),
            redirectURL: z.string(),
            headersSize: z.int(),
            bodySize: z.int(),
          }),
          cache: z.object({}),
          timings: z.object({ send: z.number(), wait: z.number(), receive: z.number() }),
          comment: z.string().describe('Request id, operation and rule.'),
        }),
      ),
    }),
  })
  .meta({ id: 'HttpArchive' })

const pairs = z.array(z.tuple([z.string(), z.string()]))

/** One line of a journal. */
export const requestSummary = z
  .object({
    requestId: z.string().describe('Also in the header X-Mock-Request-Id of the answer.'),
    at: z.string().describe('Virtual time of arrival, ISO 8601.'),
    durationMs: z.number().describe('Real milliseconds from arrival to answer.'),
    operation: z.string().nullable().describe('operationId; null for an unknown path.'),
    route: z.string().nullable().describe('The own route that answered, by its id; null when none did.'),
    passedOnTo: z.string().nullable().describe('Scheme and host of the fallback that answered; null when none did.'),
    method: z.string(),
    target: z.string().describe('Path and query as sent.'),
    status: z.int(),
    rule: z.string().describe('Rule that decided, with its evidence level.'),
    error: z.string().nullable().describe('Name of the error; null after a success.'),
    diagnosis: z.string().nullable().describe('Why the request was refused.'),
    faults: z.array(z.string()).describe('Faults that were injected.'),
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

/** A program in each language. */
export const samplesShape = Object.fromEntries(
  sampleLanguages.map((language) => [language, z.string()] as const),
) as Record<SampleLanguage, z.ZodString>
