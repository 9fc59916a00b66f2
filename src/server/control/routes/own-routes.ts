import { z } from 'zod'
import { routesFileSchema, routesSchema } from '../../../routes/schema.ts'
import { sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'

const routesView = z
  .object({ routes: routesSchema() })
  .meta({ id: 'Routes', description: 'Own answers, the first that fits.' })

export const ownRouteRoutes = [
  defineControl({
    id: 'get-routes',
    method: 'GET',
    path: '/sandboxes/:id/routes',
    summary: 'The own answers of a sandbox for paths that no operation has; functions of a program are not among them.',
    answers: '`{routes: [{method, path, answer, …}]}`',
    response: routesView,
    handle: ({ deps, params }) => ({ routes: sandboxNamed(deps.world, params['id']).read().routes.all() }),
  }),
  defineControl({
    id: 'set-routes',
    method: 'PUT',
    path: '/sandboxes/:id/routes',
    summary:
      'Replaces the own answers of a sandbox: `{"routes": [...]}` or the list itself, as in a file of --routes. Counts of calls begin anew.',
    body: routesFileSchema(),
    answers: '`{routes: [...]}`',
    response: routesView,
    handle: ({ deps, params, body }) => {
      const sandbox = sandboxNamed(deps.world, params['id'])
      sandbox.execute('set-routes', { routes: Array.isArray(body) ? body : body.routes })
      return { routes: sandbox.read().routes.all() }
    },
  }),
]
