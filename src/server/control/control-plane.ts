import { Hono } from 'hono'
import { UNATTRIBUTED } from '../../journal/journals.ts'
import { bounds } from '../../shared/bounds.ts'
import { parseExact } from '../../shared/json.ts'
import { errorEntry } from '../../spec/errors.ts'
import { pageLanguage } from '../../spec/languages.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import type { AppContext, AppEnv, AppMiddleware } from '../app-env.ts'
import type { Deps, SayIn } from '../deps.ts'
import { ClientGoneError } from '../http/read-body.ts'
import { protectAnswers } from '../middleware/protect-answers.ts'
import { readWire } from '../middleware/read-wire.ts'
import { nearestPath } from '../own-routes/nearest-path.ts'
import {
  badRequest,
  CONTROL_PREFIX,
  notFound,
  Problem,
  refuseTooManyValues,
  sandboxNamed,
  storeProblem,
} from '../problem.ts'
import { Refusal } from '../refusal.ts'
import type { SandboxDefaults } from '../sandboxes/sandbox-options.ts'
import type { StoreOrder } from '../stored/store-order.ts'
import { position } from '../validation/json.ts'
import type { ControlRoute } from './control-route.ts'
import { type GuardOptions, guard } from './guard.ts'
import { validated } from './validated.ts'

const decoder = new TextDecoder()
/** How often others may be quicker to make the sandbox that a call asks for. */
const ATTEMPTS = 100

/** The control plane: a group of routes of the app. Refusals are in the language that a client accepts. */
export function createControlPlane(
  deps: Deps,
  defaults: SandboxDefaults,
  options: GuardOptions,
  routes: readonly ControlRoute[],
): Hono<AppEnv> {
  const app = new Hono<AppEnv>().basePath(CONTROL_PREFIX)
  const pageProof = options.pageProof ?? ''
  app.use(readWire, protectAnswers)
  for (const route of routes) {
    app.on(route.method, route.path, guarded(options, route.public), async (c) =>
      respond(route, await call(route, c, { deps, defaults, routes, pageProof })),
    )
  }
  // What a client of MCP expects of a server that pushes nothing and keeps no session.
  app.on(['GET', 'DELETE'], '/mcp', guarded(options), () => {
    throw new Problem(405, 'Method Not Allowed', 'There are no streams and no sessions here: POST every message.')
  })
  app.all('*', guarded(options), ({ req: { method, path } }) => {
    const meant = nearestRoute(method, path, routes)
    const hint = meant === undefined ? '' : ` Did you mean ${meant}?`
    throw notFound(
      `There is no ${method} ${path}.${hint} The routes are listed in GET ${CONTROL_PREFIX}/control.openapi.json.`,
    )
  })
  app.onError(async (error, { req }) => {
    if (error instanceof ClientGoneError) return nobody()
    return inLanguageOf(req.raw, toProblem(error, deps), deps.sayIn)
  })
  return app
}

/** The route that a call probably meant, with what the call has in place of its parameters. */
function nearestRoute(method: string, path: string, routes: readonly ControlRoute[]): string | undefined {
  const given = path.split('/')
  const known = routes.map((route) => {
    const parts = `${CONTROL_PREFIX}${route.path}`.split('/')
    const isAsLong = parts.length === given.length
    const filled = parts.map((part, at) => (part.startsWith(':') && isAsLong ? given[at] : part))
    return { method: route.method, path: filled.join('/') }
  })
  return nearestPath(method, path, known)
}

/** Calls in process come from the program itself; only those of a socket are guarded. */
const guarded =
  (options: GuardOptions, isPublic?: boolean): AppMiddleware =>
  (c, next) => {
    if (c.get('call').wire.isSocket) guard(c.req.raw.headers, c.req.method, options, isPublic)
    return next()
  }

interface Served {
  readonly deps: Deps
  readonly defaults: SandboxDefaults
  readonly routes: readonly ControlRoute[]
  readonly pageProof: string
}

async function call(route: ControlRoute, { req, var: { call } }: AppContext, served: Served): Promise<unknown> {
  const longest = (route.takesFile ? bounds.controlFileBytes : bounds.controlBodyBytes).value
  const readText = async (maxBytes = longest) => decoder.decode(await call.wire.body(maxBytes))
  const query = route.query ? validated(route.query, req.query(), 'query') : {}
  const given = route.body
    ? validated(route.body, parsed(await readText(), route.takesFile === true), 'body', bodyOf(route))
    : undefined
  const params = req.param()
  const [body, mistake] = await readLong(route, given, served.deps.time.elapsed)
  const context = {
    ...{ ...served, params, query, body, request: req.raw, readText },
    get sandbox() {
      return sandboxNamed(served.deps.world, params['id'])
    },
  }
  const handle = async () => {
    if (mistake !== undefined) {
      if (params['id'] !== undefined) sandboxNamed(served.deps.world, params['id'])
      throw mistake
    }
    const result = await route.handle(context)
    // Whoever only looks, such as an open console, keeps no sandbox from being idle.
    if (route.method !== 'GET') served.deps.world.get(params['id'] ?? '')?.touch()
    return result
  }
  const named = params['id'] ?? (query as Readonly<Record<string, string | undefined>>)['sandbox']
  // What belongs to no sandbox takes its turn with `default`.
  const id = named === UNATTRIBUTED ? DEFAULT_SANDBOX : named
  if (served.deps.order === undefined || route.needs === 'nothing') return handle()
  return inOrder(await served.deps.order(), route, id, handle)
}

/**
 * Reads what takes long before the call takes its turn. A mistake is kept until then: whether its sandbox is there, which is said
 * first, is known only in its turn.
 */
async function readLong(
  { read }: ControlRoute,
  given: unknown,
  elapsed: () => number,
): Promise<readonly [body: unknown, mistake?: unknown]> {
  if (read === undefined) return [given]
  return read(given, elapsed).then(
    (body) => [body],
    (error: unknown) => [undefined, error],
  )
}

/** Lets a call take its turn where sandboxes are in a store; what it did is stored when it is answered. */
async function inOrder(
  order: StoreOrder,
  { needs = 'sandbox' }: ControlRoute,
  id: string | undefined,
  handle: () => Promise<unknown>,
): Promise<unknown> {
  const readsJournal = { readsJournal: true }
  if (id !== undefined && needs === 'sandbox') return order.take(id, handle, readsJournal)
  for (let attempt = 1; ; attempt += 1) {
    if (id === undefined) await order.refresh(readsJournal)
    else await order.take(id, async () => undefined, readsJournal)
    const before = order.notYetStored()
    const handled = handle()
    const made = [...order.notYetStored()].filter((sandbox) => !before.has(sandbox))
    const result = await handled
    await order.flush()
    // Another process was quicker to make one with the same id or credentials: now it is known here, and counts.
    const lost = made.find(({ isTaken }) => isTaken)
    if (lost === undefined) return result
    if (attempt === ATTEMPTS) throw storeProblem(`Other processes make sandboxes like ${lost.id} all the time.`)
  }
}

/** What a body is, for a refusal: `body of add-fault`. */
const bodyOf = ({ id }: ControlRoute): string => `body of ${id}`

function respond(route: ControlRoute, result: unknown): Response {
  if (result instanceof Response) return result
  if (result === undefined) return new Response(null, { status: 204 })
  return Response.json(result, { status: route.status ?? 200 })
}

/** The answer to a client that hung up: nobody reads it. */
const nobody = () => new Response(null, { status: 499 })

/** A refusal as a problem; what nobody expected is reported. */
function toProblem(error: Error, { onError }: Deps): Problem {
  if (error instanceof Problem) return error
  if (error instanceof Refusal) return problemOfBody(error)
  const known = problemOf[error.name]
  if (known !== undefined) return known(error.message)
  onError(error)
  return new Problem(500, 'Internal Server Error', 'The mock itself failed; its log has the cause. Please report it.')
}

/** A problem with its title and detail in the language that the client accepts, English unless it says so. */
async function inLanguageOf({ headers }: Request, problem: Problem, sayIn: SayIn): Promise<Response> {
  const language = pageLanguage(undefined, headers.get('accept-language'))
  if (language === 'en-US') return problem.toResponse()
  const { status, title, members, message } = problem
  const detail = await sayIn(language, message)
  const isKnown = detail !== message
  const said = isKnown ? await sayIn(language, title) : title
  const spoken = { ...problem.headers, 'Content-Language': isKnown ? language : 'en-US' }
  return new Problem(status, said, detail, members, spoken).toResponse()
}

/** A body that could not be read. */
function problemOfBody({ error, options }: Refusal): Problem {
  const { status, message } = errorEntry(error)
  return new Problem(status, message['en-US'], options.detail)
}

const conflict = (detail: string): Problem => new Problem(409, 'Conflict', detail)

/** Refusals of other rooms, by the name of the error. */
const problemOf: Readonly<Record<string, (detail: string) => Problem>> = {
  ReadingError: badRequest,
  ScenarioError: badRequest,
  CommandError: conflict,
  LogConflictError: conflict,
  SandboxGoneError: conflict,
  StoreError: storeProblem,
}

function parsed(text: string, isFile = false): unknown {
  if (text.trim() === '') return {}
  refuseTooManyValues(text, isFile)
  try {
    return parseExact(text)
  } catch {
    throw badRequest(`The body is not JSON: ${position(text)}.`)
  }
}
