import { advanceClock, setClock } from '../../sandboxes/actions.ts'
import { advanceInput, clockInput } from '../../sandboxes/inputs.ts'
import { toClockView } from '../../sandboxes/views.ts'
import { defineControl } from '../control-route.ts'
import { clockView } from '../shapes/sandboxes.ts'

const answers = '`{now, frozen, rate, xDate}`'

export const clockRoutes = [
  defineControl({
    id: 'get-clock',
    method: 'GET',
    path: '/sandboxes/:id/clock',
    summary: 'The one clock of a sandbox: tasks, tokens, the X-Date window, the Date header and the journal go by it.',
    answers,
    response: clockView,
    handle: ({ sandbox }) => toClockView(sandbox),
  }),
  defineControl({
    id: 'set-clock',
    method: 'PUT',
    path: '/sandboxes/:id/clock',
    summary: 'Sets, freezes, resumes or speeds up the clock; what is left out stays.',
    body: clockInput(),
    answers,
    response: clockView,
    handle: ({ sandbox, body }) => {
      setClock(sandbox, body)
      return toClockView(sandbox)
    },
  }),
  defineControl({
    id: 'advance-clock',
    method: 'POST',
    path: '/sandboxes/:id/clock/advance',
    summary: 'Moves the clock forward, frozen or not; whatever is due until then happens.',
    body: advanceInput(),
    answers,
    response: clockView,
    handle: ({ sandbox, body }) => {
      advanceClock(sandbox, body.by)
      return toClockView(sandbox)
    },
  }),
]
