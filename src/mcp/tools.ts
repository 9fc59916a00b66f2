import { z } from 'zod'
import type { ControlRoute } from '../server/control/control-route.ts'
import { validated } from '../server/control/validated.ts'
import { CONTROL_PREFIX } from '../server/problem.ts'

/** A tool as a table entry: a route of the control plane under a name that an agent understands. */
interface ToolEntry {
  readonly name: string
  /** Id of the route; summary, parameters and shapes are its own. */
  readonly route: string
  /** What it does, where the summary of the route tells of forms that the tool does not take. */
  readonly says?: string
  /** What an agent should know besides. */
  readonly hint?: string
  /** The field that holds the whole body, where the body is no plain object. */
  readonly body?: { readonly name: string; readonly schema: z.ZodType }
  /** Fields that stand in for those of the route. */
  readonly fields?: Readonly<Record<string, z.ZodType>>
  /** Query that is sent unless the call says something else. */
  readonly query?: Readonly<Record<string, string>>
}

const scenario = z.string().describe('Name of a built-in scenario: see the resource koodrive://scenarios.')

const fault = z
  .looseObject({})
  .describe(
    'For example {"kind": "error", "error": "resourceNotFound", "operation": "listUsers", "nth": 2}: a row of the error table by its name or code; or {"kind": "error", "status": 503, "code": 13000201, "msg": "busy"}.',
  )

/** Their whole shape would take a fifth of what an agent reads of all tools. */
const routes = z
  .array(z.looseObject({}))
  .describe(
    'Own answers for paths that no operation has, such as {"method": "GET", "path": "/koodrive/ose/v1/groups", "answer": {"body": []}}.',
  )

const entries: readonly ToolEntry[] = [
  {
    name: 'create_sandbox',
    route: 'create-sandbox',
    hint: 'Use one for each task or test: nothing of it is shared. The answer has the credentials for the client under test.',
    fields: { scenario: scenario.optional(), routes: routes.optional() },
  },
  { name: 'list_sandboxes', route: 'list-sandboxes' },
  { name: 'get_sandbox', route: 'get-sandbox' },
  { name: 'reset_sandbox', route: 'reset-sandbox' },
  {
    name: 'search_requests',
    route: 'list-requests',
    hint: 'What the client under test has really sent, and how it was answered. explain_request has the details of one.',
    query: { limit: '20' },
  },
  {
    name: 'explain_request',
    route: 'get-request',
    hint: 'For a refused signature: the mistake, its cure, and the canonical request of the server, line by line.',
  },
  {
    name: 'diagnose_signature',
    route: 'diagnose-signature',
    hint: 'For a request that was not sent to this mock. The answer names the mistake where a known one explains the signature.',
    fields: {
      headers: z
        .record(z.string(), z.string())
        .describe('Headers as sent: Host, X-Date, X-User-Id, Authorization and every other signed one.'),
    },
  },
  { name: 'sign_request', route: 'sign-request' },
  { name: 'advance_clock', route: 'advance-clock', hint: 'Tasks, tokens and the window of X-Date follow this clock.' },
  { name: 'set_clock', route: 'set-clock' },
  {
    name: 'choose_scenario',
    route: 'set-scenario',
    says: 'Plays another built-in scenario from now on.',
    body: { name: 'scenario', schema: scenario },
  },
  {
    name: 'inject_fault',
    route: 'add-fault',
    body: { name: 'fault', schema: fault },
  },
  { name: 'clear_faults', route: 'clear-faults' },
  { name: 'list_tasks', route: 'list-tasks' },
  {
    name: 'verify_requests',
    route: 'verify-requests',
    hint: 'For example {"operation": "listUsers", "count": {"exactly": 1}}.',
  },
  { name: 'report_card', route: 'report-card' },
  { name: 'coverage', route: 'coverage-of-sandbox' },
]

/** A tool as MCP lists it, and the call of the control plane that it stands for. */
export interface Tool {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly inputSchema: { readonly type: 'object' } & Readonly<Record<string, unknown>>
  readonly annotations: {
    readonly readOnlyHint: boolean
    readonly destructiveHint: boolean
    readonly openWorldHint: boolean
  }
  readonly toCall: (input: Readonly<Record<string, unknown>>) => ToolCall
  /** What the control plane says of its route, as an agent knows it: `GET /__admin/sandboxes` is `list_sandboxes`. */
  readonly inItsWords: (text: string) => string
}

/** A call of the control plane; the path is below its prefix. */
interface ToolCall {
  readonly method: string
  readonly path: string
  readonly body?: unknown
}

/** Every tool that a route of the control plane answers. */
export const controlTools = (routes: readonly ControlRoute[]): Tool[] =>
  entries.map((entry) => {
    const route = routes.find(({ id }) => id === entry.route)
    if (route === undefined) throw new Error(`The tool ${entry.name} stands for ${entry.route}, which is not a route.`)
    return toTool(entry, route)
  })

const READS = new Set(['list-requests', 'verify-requests', 'diagnose-signature', 'sign-request'])

function toTool(entry: ToolEntry, route: ControlRoute): Tool {
  const { name, says = route.summary, hint } = entry
  const parameters = [...route.path.matchAll(/:(\w+)/g)].map(([, parameter = '']) => parameter)
  const isRead = route.method === 'GET' || READS.has(route.id)
  const shape = { ...parametersShape(parameters), ...queryShape(route), ...bodyShape(entry, route) }
  const accepted = acceptedBy(entry, route, parameters, Object.keys(shape))
  return {
    name,
    title: titleOf(name),
    description: [says, hint].filter(Boolean).join(' '),
    inputSchema: schemaOf(z.strictObject(shape)),
    annotations: {
      readOnlyHint: isRead,
      destructiveHint: !isRead && (route.method === 'DELETE' || route.id === 'reset-sandbox'),
      openWorldHint: false,
    },
    toCall: (input) =>
      toCall(entry, route, parameters, validated(accepted, input, 'arguments', `arguments of ${name}`)),
    inItsWords: (text) =>
      text
        .replace(`The body of ${route.id}:`, `${entry.body?.name ?? `The arguments of ${name}`}:`)
        .replace(addressOf(route), name),
  }
}

/** A route where a text tells to call it. */
const addressOf = ({ method, path }: ControlRoute): RegExp =>
  new RegExp(`\\b${method} ${CONTROL_PREFIX}${path.replace(/:\w+/g, '[^/\\s]+')}(?![\\w/-])`, 'g')

const titleOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1).replaceAll('_', ' ')}`

/** The sandbox has a name of its own, because `id` alone says nothing in a list of arguments. */
const argumentOf = (parameter: string): string => (parameter === 'id' ? 'sandbox' : parameter)

const parametersShape = (parameters: readonly string[]): Record<string, z.ZodType> =>
  Object.fromEntries(
    parameters.map((parameter) =>
      parameter === 'id'
        ? ['sandbox', sandboxArgument]
        : [parameter, addressPart.describe(`The ${parameter} that a list names.`)],
    ),
  )

/** A segment of an address: `.` and `..` would lead to another route, and half a surrogate pair cannot be encoded. */
const addressPart = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => !/^\.{1,2}$|\p{Cs}/u.test(name), 'it is not an id that a list names.')

/** The sandbox that a tool is about. */
export const sandboxArgument = addressPart.optional().describe('Id of the sandbox. Default: default.')

const queryShape = ({ query }: ControlRoute): Record<string, z.ZodType> => {
  const { format: _, ...shape } = (query?.shape ?? {}) as Record<string, z.ZodType>
  return shape
}

function bodyShape({ body: whole, fields = {} }: ToolEntry, { body }: ControlRoute): Record<string, z.ZodType> {
  if (whole !== undefined) return { [whole.name]: whole.schema }
  const shape = body instanceof z.ZodObject ? (body.shape as Record<string, z.ZodType>) : {}
  return { ...shape, ...fields }
}

/** A schema as MCP lists it. */
export function schemaOf(shape: z.ZodObject): Tool['inputSchema'] {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })
  return { ...schema, type: 'object' }
}

/**
 * What is checked before a call is made of the arguments. A name that no tool has must not vanish: without it the call would be
 * about the sandbox `default`. The rest of query and body the control plane checks.
 */
function acceptedBy(
  { body: whole, fields = {} }: ToolEntry,
  { query }: ControlRoute,
  parameters: readonly string[],
  names: readonly string[],
): z.ZodObject {
  const rest = names.map((name) => [name, (name in (query?.shape ?? {}) ? word : z.unknown()).optional()])
  const own = whole === undefined ? fields : { [whole.name]: whole.schema }
  return z.strictObject({ ...Object.fromEntries(rest), ...own, ...parametersShape(parameters) })
}

const word = z.union([z.string(), z.number(), z.boolean()])

/** Path, query and body of a call. */
function toCall(
  { body: whole, query: usual = {} }: ToolEntry,
  { method, path, query, body }: ControlRoute,
  parameters: readonly string[],
  input: Readonly<Record<string, unknown>>,
): ToolCall {
  const rest = new Map(Object.entries(input))
  const take = (name: string): unknown => {
    const value = rest.get(name)
    rest.delete(name)
    return value
  }
  const filled = parameters.reduce((text, parameter) => {
    const value = take(argumentOf(parameter)) ?? (parameter === 'id' ? 'default' : '')
    return text.replace(`:${parameter}`, encodeURIComponent(String(value)))
  }, path)
  const search = new URLSearchParams(usual)
  for (const name of Object.keys(query?.shape ?? {})) {
    const value = take(name)
    if (value !== undefined) search.set(name, String(value))
  }
  const text = search.size === 0 ? '' : `?${search}`
  const sent = whole === undefined ? Object.fromEntries(rest) : rest.get(whole.name)
  return { method, path: filled + text, ...(body !== undefined && { body: sent }) }
}
