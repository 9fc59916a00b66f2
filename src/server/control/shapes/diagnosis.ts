import { z } from 'zod'

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
