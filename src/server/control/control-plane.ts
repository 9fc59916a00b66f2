import { Hono } from 'hono'
import { bounds } from '../../shared/bounds.ts'
import { parseExact } from '../../shared/json.ts'
import type { AppContext, AppEnv, AppMiddleware } from '../app-env.ts'
import type { SandboxDefaults } from '../defaults.ts'
import type { Deps } from '../deps.ts'
import { protectAnswers } from '../middleware/protect-answers.ts'
import { readWire } from '../middleware/read-wire.ts'
import { badRequest, notFound, Problem } from '../problem.ts'
import { position } from '../validation/json.ts'
import { CONTROL_PREFIX, type ControlRoute } from './control-route.ts'
import { type GuardOptions, guard } from './guard.ts'
import { validated } from './validated.ts'

const BODY_MAX_BYTES = bounds.controlBodyBytes.value

/** The control plane: a group of routes of the app. */
export function createControlPlane(
  deps: Deps,
  defaults: SandboxDefaults,
  options: GuardOptions,
  routes: readonly ControlRoute[],
): Hono<AppEnv> {
  const app = new Hono<AppEnv>().basePath(CONTROL_PREFIX)
  const pageProof = options.pageProof ?? ''
  const bodies = new Bodies()
  app.use(readWire, protectAnswers)
  for (const route of routes) {
    app.on(route.method, route.path, guarded(options, route.public), async (c) =>
      respond(route, await call(route, c, { deps, defaults, routes, pageProof, bodies })),
    )
  }
  // What a client of MCP expects of a server that pushes nothing and keeps no session.
  app.on(['GET', 'DELETE'], '/mcp', guarded(options), () => {
    throw new Problem(405, 'Method Not Allowed', 'There are no streams and no sessions here: POST every message.')
  })
  app.all('*', guarded(options), ({ req: { method, path } }) => {
    throw notFound(
      `There is no ${method} ${path}. The routes are listed in GET ${CONTROL_PREFIX}/control.openapi.json.`,
    )
  })
  app.onError((error) => toProblem(error, deps).toResponse())
  return app
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
  readonly bodies: Bodies
}

async function call(route: ControlRoute, { req }: AppContext, served: Served): Promise<unknown> {
  const { bodies, ...given } = served
  const query = route.query ? validated(route.query, req.query(), 'query') : {}
  const body = route.body ? validated(route.body, toJson(await bodies.read(req.raw)), 'body', bodyOf(route)) : undefined
  return route.handle({ ...given, params: req.param(), query, body, request: req.raw })
}

/** What a body is, for a refusal: `body of add-fault`. */
const bodyOf = ({ id }: ControlRoute): string => `body of ${id}`

function respond(route: ControlRoute, result: unknown): Response {
  if (result instanceof Response) return result
  if (result === undefined) return new Response(null, { status: 204 })
  return Response.json(result, { status: route.status ?? 200 })
}

/** A refusal as a problem; what nobody expected is reported. */
function toProblem(error: Error, { onError }: Deps): Problem {
  if (error instanceof Problem) return error
  const known = problemOf[error.name]
  if (known !== undefined) return known(error.message)
  onError(error)
  return new Problem(500, 'Internal Server Error', 'The mock itself failed; its log has the cause. Please report it.')
}

const conflict = (detail: string): Problem => new Problem(409, 'Conflict', detail)

/** Refusals of other rooms, by the name of the error. */
const problemOf: Readonly<Record<string, (detail: string) => Problem>> = {
  ReadingError: badRequest,
  ScenarioError: badRequest,
  CommandError: conflict,
  LogConflictError: conflict,
  SandboxGoneError: conflict,
}

function toJson(text: string): unknown {
  if (text.trim() === '') return {}
  try {
    return parseExact(text)
  } catch {
    throw badRequest(`The body is no JSON: ${position(text)}.`)
  }
}

/** Reads bodies and counts while they come: what a request says of its length is not believed, and may be missing. */
class Bodies {
  #inFlight = 0

  /** @throws Problem 413 or 503. */
  async read(request: Request): Promise<string> {
    if (Number(request.headers.get('content-length') ?? 0) > BODY_MAX_BYTES) throw tooLarge()
    const chunks: Uint8Array[] = []
    let size = 0
    try {
      for await (const chunk of request.body ?? []) {
        size += chunk.length
        this.#inFlight += chunk.length
        if (size > BODY_MAX_BYTES) throw tooLarge()
        if (this.#inFlight > bounds.controlBytesInFlight.value) throw busy()
        chunks.push(chunk)
      }
      return new TextDecoder().decode(Buffer.concat(chunks))
    } finally {
      this.#inFlight -= size
    }
  }
}

const tooLarge = () =>
  new Problem(413, 'Content Too Large', `A body of the control plane takes at most ${BODY_MAX_BYTES} bytes.`)
const busy = () =>
  new Problem(503, 'Service Unavailable', 'Other bodies are being read that are large together. Send this again soon.')
