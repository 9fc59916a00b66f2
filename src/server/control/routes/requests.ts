import { z } from 'zod'
import { operations } from '../../../spec/operations.ts'
import { parseIso } from '../../../world/instant.ts'
import type { JournalFilter } from '../../journal/journal.ts'
import { toDetail, toSummary } from '../../journal/view.ts'
import { defineControl } from '../control-route.ts'
import { badRequest, notFound } from '../problem.ts'
import { sandboxNamed } from '../sandbox-of.ts'

const filter = z.object({
  operation: z
    .enum(operations.map(({ operationId }) => operationId))
    .optional()
    .describe('operationId.'),
  status: z.coerce.number().int().min(100).max(599).optional().describe('HTTP status.'),
  since: z.string().optional().describe('Virtual time of the oldest wanted, ISO 8601.'),
  limit: z.coerce.number().int().min(1).optional().describe('Largest number of entries.'),
})

function toFilter({ since, ...rest }: z.output<typeof filter>): JournalFilter {
  const epochMs = since === undefined ? undefined : parseIso(since)
  if (since !== undefined && epochMs === undefined) {
    throw badRequest(`since takes an ISO 8601 date-time such as 2026-04-16T08:00:00Z, not "${since}".`)
  }
  return { ...rest, since: epochMs }
}

export const requestRoutes = [
  defineControl({
    id: 'list-requests',
    method: 'GET',
    path: '/sandboxes/:id/requests',
    summary: 'The journal of a sandbox, newest first.',
    query: filter,
    answers: '`{requests: [...]}`; secrets are redacted',
    handle: ({ deps, params, query }) => {
      const journal = deps.journals.of(sandboxNamed(deps.world, params['id']))
      return { requests: journal.list(toFilter(query)).map(toSummary) }
    },
  }),
  defineControl({
    id: 'clear-requests',
    method: 'DELETE',
    path: '/sandboxes/:id/requests',
    summary: 'Empties the journal of a sandbox.',
    answers: 'nothing',
    handle: ({ deps, params }) => deps.journals.of(sandboxNamed(deps.world, params['id'])).clear(),
  }),
  defineControl({
    id: 'get-request',
    method: 'GET',
    path: '/sandboxes/:id/requests/:requestId',
    summary: 'One exchange in full, with the diagnosis of its signature.',
    answers: 'the exchange; secrets are redacted',
    handle: ({ deps, params }) => {
      const { id, requestId = '' } = params
      const entry = deps.journals.of(sandboxNamed(deps.world, id)).find(requestId)
      if (entry === undefined) throw notFound(`The journal of ${id} has no request "${requestId}" (any more).`)
      return toDetail(entry)
    },
  }),
]
