import { z } from 'zod'
import { DEFAULT_SANDBOX } from '../../../world/world.ts'
import { badRequest, Problem } from '../../problem.ts'
import { createSandbox } from '../../sandboxes/actions.ts'
import { findSandboxes } from '../../sandboxes/find-sandboxes.ts'
import { sandboxFilter } from '../../sandboxes/identity-input.ts'
import { sandboxInput } from '../../sandboxes/sandbox-options.ts'
import { toCredentialsView, toSandboxView, toSummaryView } from '../../sandboxes/views.ts'
import { defineControl } from '../control-route.ts'
import { credentialsView, sandboxSummary, sandboxView } from '../shapes/sandboxes.ts'

const LISTED = 100
const LISTED_MAX = 1000

const listQuery = sandboxFilter().extend({
  offset: z.coerce.number().int().min(0).optional().describe('Sandboxes to pass over, from 0.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LISTED_MAX)
    .optional()
    .describe(`Sandboxes of a page, 1 to ${LISTED_MAX}. Default: ${LISTED}.`),
})

export const sandboxRoutes = [
  defineControl({
    id: 'create-sandbox',
    method: 'POST',
    path: '/sandboxes',
    summary: 'Makes a sandbox: an organisation with credentials of its own.',
    body: sandboxInput(),
    status: 201,
    answers: '`{id, appId, appSecret, userId, tokens: {admin, deptAdmin, user, app}}`',
    response: credentialsView,
    handle: ({ deps, defaults, body }) => toCredentialsView(createSandbox(deps.world, defaults, body)),
  }),
  defineControl({
    id: 'list-sandboxes',
    method: 'GET',
    path: '/sandboxes',
    summary:
      'Sandboxes, newest first, a page at a time, without their credentials; by label, name or a string in them.',
    query: listQuery,
    answers: '`{total, sandboxes: [{id, name, labels, scenario, clock, tasks, createdAt, lastUsedAt}]}`',
    response: z.object({
      total: z.int().describe('Sandboxes that pass the filter, on all pages.'),
      sandboxes: z.array(sandboxSummary),
    }),
    handle: ({ deps: { world }, query: { offset = 0, limit = LISTED, ...filter } }) => {
      const found = findSandboxes(world, filter)
      return { total: found.length, sandboxes: found.slice(offset, offset + limit).map(toSummaryView) }
    },
  }),
  defineControl({
    id: 'get-sandbox',
    method: 'GET',
    path: '/sandboxes/:id',
    summary: 'One sandbox: credentials, configuration, clock and counts.',
    answers: '`{id, appId, appSecret, userId, tokens, seed, scenario, readings, clock, settings, counts}`',
    response: sandboxView,
    handle: ({ sandbox, deps: { journals } }) => toSandboxView(sandbox, journals.of(sandbox).requests),
  }),
  defineControl({
    id: 'delete-sandboxes',
    method: 'DELETE',
    path: '/sandboxes',
    summary: 'Removes the sandboxes with a label, a name or a string in them. The sandbox `default` stays.',
    query: sandboxFilter(),
    answers: '`{deleted: [id]}`; 400 without a filter',
    response: z.object({ deleted: z.array(z.string()).describe('Ids, newest first.') }),
    handle: ({ deps: { world }, query }) => {
      if (Object.values(query).every((given) => given === undefined)) {
        throw badRequest(
          'Say which sandboxes: label, name or search. Nothing was deleted. For example DELETE /__admin/sandboxes?label=ci=run-42.',
          { place: 'query', allowed: 'label, name, search' },
        )
      }
      const ids = findSandboxes(world, query).map(({ id }) => id)
      const deleted = ids.filter((id) => id !== DEFAULT_SANDBOX)
      for (const id of deleted) world.delete(id)
      return { deleted }
    },
  }),
  defineControl({
    id: 'delete-sandbox',
    method: 'DELETE',
    path: '/sandboxes/:id',
    summary: 'Removes a sandbox and all that belongs to it. The sandbox `default` stays; it can be reset.',
    answers: 'nothing',
    handle: ({ sandbox, deps: { world } }) => {
      const { id } = sandbox
      if (id === DEFAULT_SANDBOX) {
        throw new Problem(
          409,
          'Conflict',
          `The sandbox ${id} cannot be deleted: clients rely on its well-known credentials. POST /__admin/sandboxes/${id}/reset starts it from the beginning.`,
        )
      }
      world.delete(id)
    },
  }),
  defineControl({
    id: 'reset-sandbox',
    method: 'POST',
    path: '/sandboxes/:id/reset',
    summary: 'Puts a sandbox back to how it was made; its credentials stay, issued tokens and the journal go.',
    answers: 'the sandbox',
    response: sandboxView,
    handle: ({ sandbox, deps: { world, journals } }) => {
      const renewed = world.reset(sandbox.id)
      return toSandboxView(renewed, journals.of(renewed).requests)
    },
  }),
]
