import { z } from 'zod'

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
