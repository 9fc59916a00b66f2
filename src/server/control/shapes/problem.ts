import { z } from 'zod'

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
