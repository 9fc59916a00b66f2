import { z } from 'zod'
import type { CoverageReport } from '../../../journal/coverage/coverage.ts'
import { toText } from '../../../journal/coverage/text.ts'
import { defineControl } from '../control-route.ts'
import { sandboxNamed } from '../sandbox-of.ts'
import { coverageReport } from '../shapes/coverage.ts'

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
    handle: ({ deps, params, query: { format } }) =>
      answer(deps.coverage.of(sandboxNamed(deps.world, params['id'])), format),
  }),
  defineControl({
    ...shared,
    id: 'coverage',
    path: '/coverage',
    summary: 'The same over all sandboxes since the start, deleted ones included.',
    handle: ({ deps, query: { format } }) => answer(deps.coverage.ofAll(), format),
  }),
]
