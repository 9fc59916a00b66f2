import { z } from 'zod'

const share = { seen: z.int(), total: z.int(), percent: z.int().describe('Whole percent, rounded down.') }

/** A coverage report as JSON. */
export const coverageReport = z
  .object({
    sandbox: z.string().describe('Id of the sandbox, or all.'),
    summary: z.object(share),
    groups: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        ...share,
        items: z.array(
          z.object({ id: z.string(), title: z.string(), count: z.int().describe('Exchanges that showed it.') }),
        ),
      }),
    ),
    never: z.array(z.string()).describe('Ids of what was never shown.'),
  })
  .meta({ id: 'CoverageReport' })
