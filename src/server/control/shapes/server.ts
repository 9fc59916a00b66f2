import { z } from 'zod'

/** What runs. */
export const about = z
  .object({
    status: z.literal('ok'),
    version: z.string().describe('Version of the mock.'),
    node: z.string().describe('Version of Node.'),
    seed: z.int().describe('Seed of the sandbox default.'),
    uptimeMs: z.int().describe('Real milliseconds since the start.'),
  })
  .meta({ id: 'About' })

/** An OpenAPI document. */
export const openApiDocument = z
  .looseObject({
    openapi: z.string(),
    info: z.looseObject({ title: z.string(), version: z.string() }),
    paths: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OpenApiDocument' })

/** Body of every refusal of the control plane. */
export const problemBody = z
  .object({
    type: z.string().describe('about:blank: the status says it all.'),
    title: z.string().describe('Name of the status.'),
    status: z.int().describe('HTTP status.'),
    detail: z.string().describe('What came, what was expected, what to do.'),
    path: z.string().optional().describe('Field or parameter that is wrong.'),
    place: z.string().optional().describe('query or body.'),
    allowed: z.string().optional().describe('What is allowed there.'),
  })
  .meta({ id: 'Problem', description: 'A refusal (RFC 9457).' })
