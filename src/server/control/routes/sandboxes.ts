import { z } from 'zod'
import { DEFAULT_SANDBOX } from '../../../world/world.ts'
import { Problem, sandboxNamed } from '../../problem.ts'
import { createSandbox } from '../../sandboxes/actions.ts'
import { sandboxInput } from '../../sandboxes/sandbox-options.ts'
import { toCredentialsView, toSandboxView, toSummaryView } from '../../sandboxes/views.ts'
import { defineControl } from '../control-route.ts'
import { credentialsView, sandboxSummary, sandboxView } from '../shapes/sandboxes.ts'

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
    summary: 'Every sandbox, without its credentials.',
    answers: '`{sandboxes: [{id, scenario, clock, tasks}]}`',
    response: z.object({ sandboxes: z.array(sandboxSummary) }),
    handle: ({ deps: { world } }) => ({ sandboxes: [...world.all()].map(toSummaryView) }),
  }),
  defineControl({
    id: 'get-sandbox',
    method: 'GET',
    path: '/sandboxes/:id',
    summary: 'One sandbox: credentials, configuration, clock and counts.',
    answers: '`{id, appId, appSecret, userId, tokens, seed, scenario, readings, clock, settings, counts}`',
    response: sandboxView,
    handle: ({ deps: { world, journals }, params }) => {
      const sandbox = sandboxNamed(world, params['id'])
      return toSandboxView(sandbox, journals.of(sandbox).requests)
    },
  }),
  defineControl({
    id: 'delete-sandbox',
    method: 'DELETE',
    path: '/sandboxes/:id',
    summary: 'Removes a sandbox and all that belongs to it. The sandbox `default` stays; it can be reset.',
    answers: 'nothing',
    handle: ({ deps: { world }, params }) => {
      const { id } = sandboxNamed(world, params['id'])
      if (id === DEFAULT_SANDBOX) {
        throw new Problem(
          409,
          'Conflict',
          `The sandbox ${id} cannot be deleted: clients rely on its well-known credentials. POST /__admin/sandboxes/${id}/reset starts it anew.`,
        )
      }
      world.delete(id)
    },
  }),
  defineControl({
    id: 'reset-sandbox',
    method: 'POST',
    path: '/sandboxes/:id/reset',
    summary: 'Starts a sandbox anew as it was made; its credentials stay, issued tokens and the journal go.',
    answers: 'the sandbox',
    response: sandboxView,
    handle: ({ deps: { world, journals }, params }) => {
      const sandbox = world.reset(sandboxNamed(world, params['id']).id)
      return toSandboxView(sandbox, journals.of(sandbox).requests)
    },
  }),
]
