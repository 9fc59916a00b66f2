import { z } from 'zod'
import { severities } from '../../../journal/report-card/finding.ts'

const check = z.object({ id: z.string(), title: z.string(), severity: z.enum(severities) })

/** A report card as JSON. */
export const reportCard = z
  .object({
    sandbox: z.string(),
    at: z.string().describe('Virtual time, ISO 8601.'),
    verdict: z.enum(['good', 'fair', 'poor']).describe('poor with an error, fair with a warning, otherwise good.'),
    summary: z.object({
      calls: z.int(),
      checks: z.int(),
      errors: z.int(),
      warnings: z.int(),
      infos: z.int(),
    }),
    minPollMs: z.number(),
    journal: z.object({ complete: z.boolean(), dropped: z.int(), note: z.string().optional() }),
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
