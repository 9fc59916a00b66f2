import { z } from 'zod'
import { scenarioSchema } from '../../../scenarios/schema.ts'
import { sandboxNamed } from '../../problem.ts'
import { scenarioOf, setReadings } from '../../sandboxes/actions.ts'
import { readingsInput, scenarioInput } from '../../sandboxes/sandbox-options.ts'
import { defineControl } from '../control-route.ts'
import { readingsView, scenarioView } from '../shapes/sandboxes.ts'

/** A name alone, `{"scenario": name or scenario}`, or the scenario itself. */
const situation = z.union([
  z.string(),
  z.strictObject({ scenario: scenarioInput() }),
  z.strictObject({ name: z.string() }),
  scenarioSchema(),
])

export const situationRoutes = [
  defineControl({
    id: 'get-scenario',
    method: 'GET',
    path: '/sandboxes/:id/scenario',
    summary: 'The scenario that a sandbox plays.',
    answers: 'the scenario',
    response: scenarioView,
    handle: ({ deps, params }) => sandboxNamed(deps.world, params['id']).read().scenario,
  }),
  defineControl({
    id: 'set-scenario',
    method: 'PUT',
    path: '/sandboxes/:id/scenario',
    summary: 'Plays another scenario from now on: `{"scenario": name or scenario}`, or the scenario itself.',
    body: situation,
    answers: 'the scenario',
    response: scenarioView,
    handle: ({ deps, params, body }) => {
      const sandbox = sandboxNamed(deps.world, params['id'])
      sandbox.execute('set-scenario', { scenario: chosen(body) })
      return sandbox.read().scenario
    },
  }),
  defineControl({
    id: 'get-readings',
    method: 'GET',
    path: '/sandboxes/:id/readings',
    summary: 'The reading in force for every open question.',
    answers: 'the readings by id',
    response: readingsView,
    handle: ({ deps, params }) => sandboxNamed(deps.world, params['id']).read().readings,
  }),
  defineControl({
    id: 'set-readings',
    method: 'PUT',
    path: '/sandboxes/:id/readings',
    summary: 'Chooses readings over those of the scenario, in place of those chosen before.',
    body: readingsInput(),
    answers: 'the readings by id',
    response: readingsView,
    handle: ({ deps, params, body }) => {
      const sandbox = sandboxNamed(deps.world, params['id'])
      setReadings(sandbox, body as Record<string, string>)
      return sandbox.read().readings
    },
  }),
]

function chosen(body: z.output<typeof situation>) {
  if (typeof body === 'string') return scenarioOf(body)
  if ('scenario' in body) return scenarioOf(body.scenario)
  return 'title' in body ? body : scenarioOf(body.name)
}
