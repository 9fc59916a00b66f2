import { z } from 'zod'
import { toJunit } from '../../../journal/report-card/junit.ts'
import { createReportCard, DEFAULT_MIN_POLL_MS } from '../../../journal/report-card/report-card.ts'
import { Viewer } from '../../../journal/viewer.ts'
import { defineControl } from '../control-route.ts'
import { sandboxNamed } from '../sandbox-of.ts'
import { reportCard } from '../shapes/report-card.ts'

export const reportCardRoutes = [
  defineControl({
    id: 'report-card',
    method: 'GET',
    path: '/sandboxes/:id/report-card',
    summary: 'What the client of a sandbox does that hurts in production, with the exchanges that prove it.',
    query: z.strictObject({
      format: z.enum(['json', 'junit']).optional().describe('json or junit.'),
      minPollMs: z.coerce
        .number()
        .min(0)
        .max(86_400_000)
        .optional()
        .describe(
          `Shortest virtual time between two polls of a task in milliseconds, 0 to 86400000; ${DEFAULT_MIN_POLL_MS} by default.`,
        ),
    }),
    answers: 'the report card, as JSON or JUnit XML',
    response: reportCard,
    produces: ['application/json', 'application/xml'],
    handle: ({ deps, params, query: { format, minPollMs } }) => {
      const sandbox = sandboxNamed(deps.world, params['id'])
      const card = createReportCard(sandbox, deps.journals.of(sandbox), new Viewer(deps, sandbox), minPollMs)
      if (format !== 'junit') return card
      return new Response(toJunit(card), { headers: { 'Content-Type': 'application/xml;charset=UTF-8' } })
    },
  }),
]
