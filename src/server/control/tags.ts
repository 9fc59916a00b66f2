import type { ControlRoute } from './control-route.ts'

const named: readonly { readonly name: string; readonly description: string; readonly segments: readonly string[] }[] =
  [
    {
      name: 'Sandboxes',
      description: 'Simulated organisations, each with everything that belongs to it.',
      segments: ['sandboxes', 'reset', 'tokens'],
    },
    { name: 'Clock', description: 'The virtual time of a sandbox.', segments: ['clock'] },
    {
      name: 'Situation',
      description: 'Scenario, readings, faults and own routes of a sandbox.',
      segments: ['scenario', 'readings', 'faults', 'routes'],
    },
    { name: 'Tasks', description: 'Batch tasks and their ends.', segments: ['tasks'] },
    {
      name: 'Journal',
      description: 'What the client sent, and what it got.',
      segments: ['requests', 'requests.har', 'events'],
    },
    {
      name: 'Reports',
      description: 'What the client does, and what it has met.',
      segments: ['report-card', 'coverage'],
    },
    {
      name: 'Log',
      description: 'Sandboxes as files, to be replayed or restored here and elsewhere.',
      segments: ['log', 'snapshot'],
    },
    { name: 'Signature', description: 'Signatures explained.', segments: ['signature'] },
  ]
const SERVER = { name: 'Server', description: 'The process, its documents and its metrics.' }

/** The tag of a route: what it is about, by the segment behind the sandbox. */
export function tagOf(path: string): string {
  const [first = '', , part] = path.split('/').slice(1)
  return named.find(({ segments }) => segments.includes(part ?? first))?.name ?? SERVER.name
}

/** The tags that some routes have. */
export function tags(routes: readonly ControlRoute[]): { name: string; description: string }[] {
  const used = new Set(routes.map(({ path }) => tagOf(path)))
  return [...named, SERVER].filter(({ name }) => used.has(name)).map(({ name, description }) => ({ name, description }))
}
