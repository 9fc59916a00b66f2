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
    summary: 'Whether the process is alive.',
    answers: '`{status}`',
    response: about.pick({ status: true }).meta({ id: 'Alive' }),
    handle: () => ({ status: 'ok' }),
  }),
  defineControl({
    id: 'ready',
    method: 'GET',
    path: '/ready',
    summary: 'Whether the mock can serve: its organisation is built and its port is open.',
    answers: '`{status, version, node, seed, uptimeMs}`, or 503 until it is ready',
    response: about,
    handle: ({ deps }) => {
      if (!deps.isReady()) throw new Problem(503, 'Service Unavailable', 'The mock is starting.')
      return describe(deps)
    },
  }),
  defineControl({
    id: 'version',
    method: 'GET',
    path: '/version',
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
    summary: 'Requests, durations, tasks, sandboxes, journal and faults for Prometheus.',
    answers: 'the Prometheus text format',
    produces: ['text/plain'],
    handle: async ({ deps }) => {
      const { text, contentType } = await deps.metrics.expose(deps)
      return new Response(text, { headers: { 'Content-Type': contentType } })
    },
  }),
]
