import { z } from 'zod'
import { type CoverageReport, toText } from '../../../journal/coverage/coverage.ts'
import { sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'

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
