import { defineControl } from '../control-route.ts'

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
