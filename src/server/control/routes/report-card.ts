import { z } from 'zod'
import { severities } from '../../../journal/report-card/finding.ts'
import { createReportCard, DEFAULT_MIN_POLL_MS, reportCardToJunit } from '../../../journal/report-card/report-card.ts'
import { Viewer } from '../../../journal/viewer.ts'
import { sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'

const check = z.object({ id: z.string(), title: z.string(), severity: z.enum(severities) })

/** A report card as JSON. */
const reportCard = z
  .object({
    sandbox: z.string(),
    at: z.string().describe('Virtual time, ISO 8601.'),
    verdict: z
      .enum(['good', 'fair', 'poor', 'unknown'])
      .describe('poor with an error, fair with a warning, unknown when no call succeeded, otherwise good.'),
    summary: z.object({
      calls: z.int(),
      checks: z.int(),
      errors: z.int(),
      warnings: z.int(),
      infos: z.int(),
    }),
    minPollMs: z.number(),
    journal: z.object({
      complete: z.boolean(),
      dropped: z.int(),
      unattributed: z
        .int()
        .describe('Calls of the server whose AppId or token belongs to no sandbox; they are not judged.'),
      note: z.string().optional(),
    }),
    findings: z.array(
      check.extend({
        why: z.string(),
        cure: z.string(),
        occurrences: z.int(),
        evidence: z.array(z.object({ requestIds: z.array(z.string()), detail: z.string() })),
      }),
    ),
    checks: z.array(check.extend({ passed: z.boolean() })).describe('Everything that was looked for.'),
  })
  .meta({ id: 'ReportCard' })

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
    handle: async ({ deps, params, query: { format, minPollMs } }) => {
      const sandbox = sandboxNamed(deps.world, params['id'])
      const card = await createReportCard(
        sandbox,
        deps.journals,
        new Viewer(deps, sandbox),
        deps.time.elapsed,
        minPollMs,
      )
      if (format !== 'junit') return card
      return new Response(reportCardToJunit(card), { headers: { 'Content-Type': 'application/xml;charset=UTF-8' } })
    },
  }),
]
