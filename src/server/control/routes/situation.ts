import { z } from 'zod'
import { routesFileSchema, routesSchema } from '../../../routes/schema.ts'
import { ScenarioError } from '../../../scenarios/built-in.ts'
import { parseScenario } from '../../../scenarios/parse.ts'
import type { Scenario } from '../../../scenarios/scenario.ts'
import { scenarioSchema } from '../../../scenarios/schema.ts'
import { bounds } from '../../../shared/bounds.ts'
import { badRequest } from '../../problem.ts'
import { scenarioOf, setReadings } from '../../sandboxes/actions.ts'
import { readingsInput, scenarioInput } from '../../sandboxes/sandbox-options.ts'
import { defineControl } from '../control-route.ts'
import { readingsView, scenarioView } from '../shapes/sandboxes.ts'

/** A name alone, `{"scenario": name or scenario}`, the scenario itself, or the text of a scenario file. */
const situation = z.union([
  z.string(),
  z.strictObject({ scenario: scenarioInput() }),
  z.strictObject({ name: z.string() }),
  z.strictObject({ yaml: z.string().max(1_000_000).describe('Text of a scenario file, YAML or JSON.') }),
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
    handle: ({ sandbox }) => sandbox.read().scenario,
  }),
  defineControl({
    id: 'set-scenario',
    method: 'PUT',
    path: '/sandboxes/:id/scenario',
    summary:
      'Plays another scenario from now on: `{"scenario": name or scenario}`, the scenario itself, or `{"yaml": text}`.',
    body: situation,
    answers: 'the scenario',
    response: scenarioView,
    handle: async ({ sandbox, body }) => {
      sandbox.execute('set-scenario', { scenario: await chosen(body) })
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
    handle: ({ sandbox }) => sandbox.read().readings,
  }),
  defineControl({
    id: 'set-readings',
    method: 'PUT',
    path: '/sandboxes/:id/readings',
    summary: 'Chooses readings over those of the scenario, in place of those chosen before.',
    body: readingsInput(),
    answers: 'the readings by id',
    response: readingsView,
    handle: ({ sandbox, body }) => {
      setReadings(sandbox, body as Record<string, string>)
      return sandbox.read().readings
    },
  }),
]

async function chosen(body: z.output<typeof situation>): Promise<Scenario> {
  if (typeof body === 'string') return scenarioOf(body)
  if ('yaml' in body) return fromText(body.yaml)
  if ('scenario' in body) return scenarioOf(body.scenario)
  return 'title' in body ? body : scenarioOf(body.name)
}

async function fromText(text: string): Promise<Scenario> {
  try {
    return await parseScenario(text, 'yaml', {
      signs: bounds.yamlSigns.value,
      characters: bounds.yamlCharacters.value,
    })
  } catch (error) {
    throw error instanceof ScenarioError ? badRequest(error.message) : error
  }
}

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
    handle: ({ sandbox }) => ({ routes: sandbox.read().routes.all() }),
  }),
  defineControl({
    id: 'set-routes',
    method: 'PUT',
    path: '/sandboxes/:id/routes',
    summary:
      'Replaces the own answers of a sandbox: `{"routes": [...]}` or the list itself, as in a file of --routes. Counts of calls start again from zero.',
    body: routesFileSchema(),
    answers: '`{routes: [...]}`',
    response: routesView,
    handle: ({ sandbox, body }) => {
      sandbox.execute('set-routes', { routes: Array.isArray(body) ? body : body.routes })
      return { routes: sandbox.read().routes.all() }
    },
  }),
]
