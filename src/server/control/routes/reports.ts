import { z } from 'zod'
import { type CoverageReport, toText } from '../../../journal/coverage/coverage.ts'
import { severities } from '../../../journal/report-card/finding.ts'
import { createReportCard, DEFAULT_MIN_POLL_MS, reportCardToJunit } from '../../../journal/report-card/report-card.ts'
import { Viewer } from '../../../journal/viewer.ts'
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
    handle: async ({ sandbox, deps, query: { format, minPollMs } }) => {
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

const share = { seen: z.int(), total: z.int(), percent: z.int().describe('Whole percent, rounded down.') }

/** A coverage report as JSON. */
const coverageReport = z
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

const query = z.strictObject({
  format: z.enum(['json', 'text']).optional().describe('json, or text for a terminal.'),
})

const answer = (report: CoverageReport, format: z.output<typeof query>['format']) =>
  format === 'text' ? new Response(toText(report), { headers: { 'Content-Type': 'text/plain;charset=UTF-8' } }) : report

const shared = {
  method: 'GET',
  query,
  answers: '`{sandbox, summary, groups, never}`, or lines for a terminal',
  response: coverageReport,
  produces: ['application/json', 'text/plain'],
} as const

export const coverageRoutes = [
  defineControl({
    ...shared,
    id: 'coverage-of-sandbox',
    path: '/sandboxes/:id/coverage',
    summary:
      'Which outcomes, errors, row outcomes, task states and situations a client of the sandbox has met, and which never.',
    handle: ({ sandbox, deps, query: { format } }) => answer(deps.coverage.of(sandbox), format),
  }),
  defineControl({
    ...shared,
    id: 'coverage',
    path: '/coverage',
    summary: 'The same over all sandboxes since the start, deleted ones included.',
    handle: ({ deps, query: { format } }) => answer(deps.coverage.ofAll(), format),
  }),
]
