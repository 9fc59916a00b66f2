import { version } from '../../../spec/version.ts'
import type { Deps } from '../../deps.ts'
import { Problem } from '../../problem.ts'
import { defineControl } from '../control-route.ts'
import { about } from '../shapes/server.ts'

export const healthRoutes = [
  defineControl({
    id: 'health',
    method: 'GET',
    path: '/health',
    needs: 'nothing',
    summary: 'Whether the process is alive.',
    answers: '`{status}`',
    response: about.pick({ status: true }).meta({ id: 'Alive' }),
    handle: () => ({ status: 'ok' }),
  }),
  defineControl({
    id: 'ready',
    method: 'GET',
    path: '/ready',
    summary: 'Whether the mock can serve: its organisation is built, its port is open, and its store answers.',
    answers: '`{status, version, node, seed, uptimeMs}`, or 503 until it is ready',
    response: about,
    needs: 'nothing',
    handle: async ({ deps }) => {
      if (deps.order !== undefined) await (await deps.order()).ping()
      if (!deps.isReady()) throw new Problem(503, 'Service Unavailable', 'The mock is starting.')
      return describe(deps)
    },
  }),
  defineControl({
    id: 'version',
    method: 'GET',
    path: '/version',
    needs: 'nothing',
    summary: 'Version, seed and uptime.',
    answers: '`{status, version, node, seed, uptimeMs}`',
    response: about,
    handle: ({ deps }) => describe(deps),
  }),
]

const describe = ({ world, time, startedAt }: Deps) => ({
  status: 'ok',
  version,
  node: process.versions.node,
  seed: world.seed,
  uptimeMs: Math.round(time.elapsed() - startedAt),
})

export const metricsRoutes = [
  defineControl({
    id: 'metrics',
    method: 'GET',
    path: '/metrics',
    needs: 'nothing',
    summary: 'Requests, durations, tasks, sandboxes, journal and faults for Prometheus.',
    answers: 'the Prometheus text format',
    produces: ['text/plain'],
    handle: async ({ deps }) => {
      const { text, contentType } = await deps.metrics.expose(deps)
      return new Response(text, { headers: { 'Content-Type': contentType } })
    },
  }),
]
