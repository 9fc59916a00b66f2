import { z } from 'zod'
import { bounds } from '../../../shared/bounds.ts'
import type { EventHub } from '../../events/hub.ts'
import { createDigestStream, createEventStream } from '../../events/stream.ts'
import { Problem, sandboxNamed } from '../../problem.ts'
import { defineControl } from '../control-route.ts'

const EVENT_STREAM = 'text/event-stream'

export const eventRoutes = [
  defineControl({
    id: 'events',
    method: 'GET',
    path: '/events',
    summary: 'What happens, as it happens: server-sent events for a console.',
    query: z.strictObject({ sandbox: z.string().optional().describe('Only events of this sandbox, by its id.') }),
    answers:
      'a stream of the events `request`, `task`, `clock` and `sandbox` (created, reset, deleted), and of `dropped` when the reader was too slow; secrets are redacted',
    produces: [EVENT_STREAM],
    handle: ({ deps: { world, events }, query: { sandbox } }) => {
      if (sandbox !== undefined) sandboxNamed(world, sandbox)
      return streamed(events, () => createEventStream(events, { sandbox }))
    },
  }),
  defineControl({
    id: 'console-events',
    method: 'GET',
    path: '/console/events',
    summary: 'How many events came, by kind and sandbox, at most twice a second: server-sent events for the console.',
    answers:
      'a stream of the events `request`, `task`, `clock`, `sandbox` and `dropped`, each with its `sandbox` and the `count` of those that came since the last one',
    produces: [EVENT_STREAM],
    handle: ({ deps: { events } }) => streamed(events, () => createDigestStream(events)),
  }),
]

/** @throws Problem 503 when as many listen as may. */
function streamed(events: EventHub, open: () => ReadableStream<Uint8Array>): Response {
  if (events.size >= bounds.eventReaders.value) {
    throw new Problem(503, 'Service Unavailable', `${events.size} readers listen already. Close one of them first.`)
  }
  return new Response(open(), {
    headers: {
      'Content-Type': `${EVENT_STREAM};charset=UTF-8`,
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    },
  })
}
