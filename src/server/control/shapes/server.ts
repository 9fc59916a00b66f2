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
