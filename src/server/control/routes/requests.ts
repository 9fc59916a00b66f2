import { z } from 'zod'
import { entryToCurl, toHar, variableMark } from '../../../journal/har.ts'
import { inTurns } from '../../../journal/in-turns.ts'
import type { Journal, JournalFilter } from '../../../journal/journal.ts'
import type { JournalEntry } from '../../../journal/journal-entry.ts'
import { UNATTRIBUTED } from '../../../journal/journals.ts'
import { type Found, searchJournal } from '../../../journal/search.ts'
import { TooSlowError, verify } from '../../../journal/verify/verify.ts'
import { verificationSchema } from '../../../journal/verify/where.ts'
import { Viewer } from '../../../journal/viewer.ts'
import type { Mark } from '../../../shared/redact.ts'
import { operations } from '../../../spec/operations.ts'
import { parseIso } from '../../../world/instant.ts'
import type { Deps } from '../../deps.ts'
import { badRequest, notFound, sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'
import { archive, requestDetail, requestSummary, verificationResult } from '../shapes/requests.ts'

const operationIds = operations.map(({ operationId }) => operationId)

const filter = z.strictObject({
  operation: z
    .enum(operationIds)
    .optional()
    .describe(`operationId: ${operationIds.join(', ')}.`),
  route: z.string().optional().describe('Id of an own route.'),
  status: z.coerce.number().int().min(100).max(599).optional().describe('HTTP status, 100 to 599.'),
  since: z.string().optional().describe('Virtual time of the oldest wanted, ISO 8601.'),
  q: z
    .string()
    .max(1000)
    .optional()
    .describe(
      'Words that must turn up, in any case: in method, path, query, headers, bodies, trace id, task id, request id, rule. Words in double quotes belong together.',
    ),
  refused: z.enum(['true', 'false']).optional().describe('Only calls that were refused, or only those that were not.'),
  fault: z.enum(['true', 'false']).optional().describe('Only calls with an injected fault, or only those without one.'),
  limit: z.coerce.number().int().min(1).optional().describe('Largest number of entries, from 1.'),
})
const filterWithFormat = filter.extend({
  format: z.enum(['json', 'har']).optional().describe('json, or har for an HTTP archive.'),
})

function toFilter({ since, operation, route, status }: z.output<typeof filter>): JournalFilter {
  const epochMs = since === undefined ? undefined : parseIso(since)
  if (since !== undefined && epochMs === undefined) {
    throw badRequest(`since takes an ISO 8601 date-time such as 2026-04-16T08:00:00Z, not "${since}".`, {
      path: 'since',
      place: 'query',
      allowed: 'ISO 8601 date-time',
    })
  }
  return { operation, route, status, since: epochMs }
}

/** Entries that pass a filter, newest first. */
async function find(deps: Deps, params: Params, query: z.output<typeof filter>): Promise<Found<JournalEntry>> {
  const { journal, viewer } = journalOf(deps, params)
  const { q, refused, fault, limit } = query
  const found = await searchJournal(
    journal.list(toFilter(query)),
    { text: q, refused: refused && refused === 'true', fault: fault && fault === 'true' },
    (entry) => entry,
    (entry) => viewer.lazyExchange(entry),
    deps.time.elapsed,
    (entry, piece) => viewer.showsPiece(entry, piece),
  )
  return { ...found, entries: found.entries.slice(0, limit) }
}

export const requestRoutes = [
  defineControl({
    id: 'list-requests',
    method: 'GET',
    path: '/sandboxes/:id/requests',
    needs: 'journal',
    summary:
      'The journal of a sandbox, newest first; `unattributed` in place of its id for requests whose AppId or token is nobody’s.',
    query: filterWithFormat,
    answers: '`{requests, dropped}`, or an HTTP archive, oldest first; secrets are redacted',
    response: z.union([
      z.object({
        requests: z.array(requestSummary),
        dropped: z.int().describe('Older exchanges that the journal has no room for.'),
        searched: z
          .int()
          .optional()
          .describe('Exchanges that were looked at, when a search by words had no time for all of them.'),
      }),
      archive,
    ]),
    handle: async ({ deps, params, query }) => {
      const { journal, viewer } = journalOf(deps, params)
      const { entries, searched } = await find(deps, params, query)
      if (query.format === 'har') return toHar(entries, viewer, deps.time.elapsed)
      const requests = await inTurns(entries, (entry) => viewer.summary(entry), deps.time.elapsed)
      return { requests, dropped: journal.dropped, searched }
    },
  }),
  defineControl({
    id: 'export-requests',
    method: 'GET',
    path: '/sandboxes/:id/requests.har',
    needs: 'journal',
    summary: 'The journal of a sandbox as an HTTP archive (HAR 1.2), oldest first.',
    query: filter,
    answers: 'the archive; secrets are redacted',
    response: archive,
    handle: async ({ deps, params, query }) => {
      const { entries } = await find(deps, params, query)
      return toHar(entries, journalOf(deps, params).viewer, deps.time.elapsed)
    },
  }),
  defineControl({
    id: 'clear-requests',
    method: 'DELETE',
    path: '/sandboxes/:id/requests',
    summary: 'Empties the journal of a sandbox.',
    answers: 'nothing',
    handle: ({ deps, params }) => journalOf(deps, params).journal.clear(),
  }),
  defineControl({
    id: 'verify-requests',
    method: 'POST',
    path: '/sandboxes/:id/requests/verify',
    needs: 'journal',
    summary: 'Whether the client sent what a test expects; when not, what came nearest and how it differs.',
    body: verificationSchema,
    answers: '`{pass, expected, actual, matches, nearMisses}`',
    response: verificationResult,
    handle: async ({ deps, params, body }) => {
      const { journal, viewer } = journalOf(deps, params)
      const { unattributed } = deps.journals
      try {
        const result = await verify(journal, viewer, body)
        if (result.pass || unattributed === journal || unattributed.length === 0) return result
        const note = `Requests whose AppId or token belongs to no sandbox do not count (${unattributed.length}): GET /__admin/sandboxes/${UNATTRIBUTED}/requests.`
        return { ...result, note: [result.note, note].filter(Boolean).join(' ') }
      } catch (error) {
        if (error instanceof TooSlowError) throw badRequest(error.message)
        throw error
      }
    },
  }),
  defineControl({
    id: 'get-request',
    method: 'GET',
    path: '/sandboxes/:id/requests/:requestId',
    needs: 'journal',
    summary: 'One exchange in full, with the diagnosis of its signature.',
    answers: 'the exchange; secrets are redacted',
    response: requestDetail,
    handle: async ({ deps, params }) => {
      const entry = entryOf(deps, params)
      await entry.search?.full()
      return journalOf(deps, params).viewer.detail(entry)
    },
  }),
  defineControl({
    id: 'get-request-as-curl',
    method: 'GET',
    path: '/sandboxes/:id/requests/:requestId/curl',
    needs: 'journal',
    summary: 'One request as a curl line for bash.',
    answers: 'the line; secrets are variables such as $KOODRIVE_ACCESS_TOKEN',
    produces: ['text/plain'],
    handle: ({ deps, params }) => {
      const { viewer } = journalOf(deps, params, variableMark)
      const line = entryToCurl(entryOf(deps, params), viewer)
      return new Response(line, { headers: { 'Content-Type': 'text/plain;charset=UTF-8' } })
    },
  }),
]

/** Parameters of a path: id of a sandbox, and of a request. */
type Params = Readonly<Record<string, string>>

/** The sandbox whose journal a path names; undefined for requests that belong to none. */
export const ownerNamed = (deps: Deps, id: string | undefined) =>
  id === UNATTRIBUTED ? undefined : sandboxNamed(deps.world, id)

/** The journal that a path names, and what shows its exchanges. */
export function journalOf(deps: Deps, { id }: Params, mark?: Mark): { journal: Journal; viewer: Viewer } {
  const owner = ownerNamed(deps, id)
  return { journal: deps.journals.ofOwner(owner), viewer: new Viewer(deps, owner, mark) }
}

/**
 * The exchange that a path names.
 *
 * @throws Problem 404.
 */
export function entryOf(deps: Deps, { id, requestId = '' }: Params): JournalEntry {
  const { journals } = deps
  // Whoever has the id of a request from its answer need not know that it belongs to nobody.
  const entry = journals.ofOwner(ownerNamed(deps, id)).find(requestId) ?? journals.unattributed.find(requestId)
  if (entry === undefined) throw notFound(`The journal of ${id} has no request "${requestId}" (any more).`)
  return entry
}
