import type { createDocument } from '../../spec/openapi/document.ts'
import { type Components, toSchemaObject } from '../../spec/openapi/json-schema.ts'
import { version } from '../../spec/version.ts'
import type { ControlRoute } from './control-route.ts'
import { bodyExamples } from './examples.ts'
import { problemBody } from './shapes/server.ts'

/** An OpenAPI 3.1 document. */
type ControlDocument = ReturnType<typeof createDocument>
type PathItem = NonNullable<ControlDocument['paths']>[string]
type OperationObject = NonNullable<PathItem['get']>
type ParameterObject = Exclude<NonNullable<OperationObject['parameters']>[number], { $ref: string }>

const JSON_TYPE = 'application/json'

const pathParameters: Readonly<Record<string, string>> = {
  id: 'Id of the sandbox, such as default.',
  faultId: 'Id of the fault.',
  taskId: 'Id of the task.',
  token: 'The token itself.',
  requestId: 'Id of the request: requestId of the journal, X-Mock-Request-Id of its answer.',
}

const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)

/** A path as OpenAPI writes it. */
export const toTemplate = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

function parametersOf({ path, query }: ControlRoute, components: Components): ParameterObject[] {
  const inPath = namesIn(path).map(
    (name): ParameterObject => ({
      name,
      in: 'path',
      required: true,
      description: pathParameters[name] ?? `The ${name}.`,
      schema: { type: 'string' },
    }),
  )
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, field]): ParameterObject => {
    const { description, ...schema } = toSchemaObject(field, 'output', components)
    return {
      name,
      in: 'query',
      required: !field.safeParse(undefined).success,
      ...(description && { description }),
      schema,
    }
  })
  return [...inPath, ...inQuery]
}

function requestBodyOf({ id, body }: ControlRoute, components: Components): Pick<OperationObject, 'requestBody'> {
  if (body === undefined) return {}
  const schema = toSchemaObject(body, 'input', components)
  const example = bodyExamples[id]
  return {
    requestBody: {
      required: !body.safeParse({}).success,
      content: { [JSON_TYPE]: { schema, ...(example !== undefined && { example }) } },
    },
  }
}

function successOf({ answers, status, response, produces = [JSON_TYPE] }: ControlRoute, components: Components) {
  const description = `Answers ${answers}.`
  if (answers === 'nothing') return { '204': { description } }
  const json = response === undefined ? {} : toSchemaObject(response, 'output', components)
  const content = Object.fromEntries(
    produces.map((type) => [type, { schema: /json$/.test(type) ? json : { type: 'string' as const } }]),
  )
  return { [String(status ?? 200)]: { description, content } }
}

/** Whether the state may not allow it: a change, or a log that was given up. */
const canConflict = (path: string, method: string): boolean =>
  method === 'GET' ? /\/(?:log|snapshot)$/.test(path) : path.includes(':') || /^\/(?:sandboxes|snapshot)$/.test(path)

function refusalsOf({ path, method, query, body }: ControlRoute) {
  const texts: [status: number, isPossible: boolean, description: string][] = [
    [400, query !== undefined || body !== undefined, 'The query or the body is wrong: what came, and what is allowed.'],
    [401, true, 'The control token is missing or wrong.'],
    [403, true, 'A page of another origin, or a Host that is not this server.'],
    [404, path.includes(':') || query?.shape['sandbox'] !== undefined, 'There is nothing with this id.'],
    [409, canConflict(path, method), 'It cannot be done now: the state says why.'],
    [413, body !== undefined, 'The body is too large.'],
    [415, method !== 'GET', 'The body is a form or text; JSON is taken.'],
    [503, path === '/ready', 'Not ready yet.'],
  ]
  return Object.fromEntries(
    texts
      .filter(([, isPossible]) => isPossible)
      .map(([status, , description]) => [
        String(status),
        {
          description,
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      ]),
  )
}

function toOperation(route: ControlRoute, components: Components): OperationObject {
  const parameters = parametersOf(route, components)
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [tagOf(route.path)],
    ...(parameters.length > 0 && { parameters }),
    ...requestBodyOf(route, components),
    responses: { ...successOf(route, components), ...refusalsOf(route) },
  }
}

/** The control plane as an OpenAPI 3.1 document: every route of the list, and nothing else. Built anew at each call. */
export function createControlDocument(routes: readonly ControlRoute[]): ControlDocument {
  const components: Components = new Map()
  toSchemaObject(problemBody, 'output', components)
  const paths: Record<string, PathItem> = {}
  for (const route of routes) {
    const path = toTemplate(route.path)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: toOperation(route, components) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control plane of koodrive-mock',
      version,
      description:
        'Sandboxes, virtual clocks, scenarios, faults, journals and reports of a mock of the KooDrive enterprise API. Times are virtual and written in ISO 8601. Secrets are redacted in everything that comes from a journal.',
      contact: { name: 'Contributors of koodrive-mock' },
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: 'http://127.0.0.1:4010/__admin', description: 'The mock, as started without flags' }],
    tags: tags(routes),
    security: [{ controlToken: [] }, {}],
    paths,
    components: {
      schemas: Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
      securitySchemes: {
        controlToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of --control-token, or the one printed at start; none is needed when there is none.',
        },
      },
    },
  }
}

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
function tagOf(path: string): string {
  const [first = '', , part] = path.split('/').slice(1)
  return named.find(({ segments }) => segments.includes(part ?? first))?.name ?? SERVER.name
}

/** The tags that some routes have. */
export function tags(routes: readonly ControlRoute[]): { name: string; description: string }[] {
  const used = new Set(routes.map(({ path }) => tagOf(path)))
  return [...named, SERVER].filter(({ name }) => used.has(name)).map(({ name, description }) => ({ name, description }))
}
