import { z } from 'zod'
import { bounds } from '../../../shared/bounds.ts'
import { createEventStream } from '../../events/stream.ts'
import { Problem, sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'

export const eventRoutes = [
  defineControl({
    id: 'events',
    method: 'GET',
    path: '/events',
    summary: 'What happens, as it happens: server-sent events for a console.',
    query: z.strictObject({ sandbox: z.string().optional().describe('Only events of this sandbox, by its id.') }),
    answers:
      'a stream of the events `request`, `task`, `clock` and `sandbox` (created, reset, deleted), and of `dropped` when the reader was too slow; secrets are redacted',
    produces: ['text/event-stream'],
    handle: ({ deps: { world, events }, query: { sandbox } }) => {
      if (sandbox !== undefined) sandboxNamed(world, sandbox)
      if (events.size >= bounds.eventReaders.value) {
        throw new Problem(503, 'Service Unavailable', `${events.size} readers listen already. Close one of them first.`)
      }
      return new Response(createEventStream(events, { sandbox }), {
        headers: {
          'Content-Type': 'text/event-stream;charset=UTF-8',
          'Cache-Control': 'no-store',
          'X-Accel-Buffering': 'no',
        },
      })
    },
  }),
]
