import { type Context, Hono } from 'hono'
import type { SandboxDefaults } from '../defaults.ts'
import type { Deps } from '../deps.ts'
import type { Env } from '../http/app.ts'
import { parseExact } from '../validation/json.ts'
import type { ControlRoute } from './control-route.ts'
import { controlRoutes } from './control-routes.ts'
import { type GuardOptions, guard } from './guard.ts'
import { CONTROL_PREFIX } from './mount.ts'
import { badRequest, notFound, Problem } from './problem.ts'
import { validated } from './validated.ts'

const BODY_MAX_BYTES = 64 * 1024 * 1024

/** The control plane as an app of its own. */
export function createControlPlane(deps: Deps, defaults: SandboxDefaults, options: GuardOptions): Hono<Env> {
  const app = new Hono<Env>()
  for (const route of controlRoutes) {
    app.on(route.method, CONTROL_PREFIX + route.path, (context) =>
      answering(async () => {
        guardSocket(context, options, route.public)
        return respond(route, await call(route, context, deps, defaults))
      }),
    )
  }
  app.all(`${CONTROL_PREFIX}/*`, (context) =>
    answering(async () => {
      guardSocket(context, options)
      const { method, path } = context.req
      throw notFound(
        `There is no ${method} ${path}. The routes are listed in GET ${CONTROL_PREFIX}/control.openapi.json.`,
      )
    }),
  )
  return app
}

/** Calls in process come from the program itself; only those of a socket are guarded. */
function guardSocket({ req, env }: Context<Env>, options: GuardOptions, isPublic?: boolean): void {
  if (env?.incoming !== undefined) guard(req.raw.headers, req.method, options, isPublic)
}

async function call(
  route: ControlRoute,
  { req }: Context<Env>,
  deps: Deps,
  defaults: SandboxDefaults,
): Promise<unknown> {
  const query = route.query ? validated(route.query, req.query(), 'query') : {}
  const body = route.body ? validated(route.body, await readJson(req.raw), 'body') : undefined
  return route.handle({ deps, defaults, params: req.param(), query, body, request: req.raw, routes: controlRoutes })
}

function respond(route: ControlRoute, result: unknown): Response {
  if (result instanceof Response) return result
  if (result === undefined) return new Response(null, { status: 204 })
  return Response.json(result, { status: route.status ?? 200 })
}

async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem) return error.toResponse()
    const detail = error instanceof Error ? error.message : String(error)
    const make = problemOf[error instanceof Error ? error.name : '']
    return (make?.(detail) ?? new Problem(500, 'Internal Server Error', detail)).toResponse()
  }
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

async function readJson(request: Request): Promise<unknown> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_MAX_BYTES) {
    throw new Problem(413, 'Content Too Large', `A body of the control plane takes at most ${BODY_MAX_BYTES} bytes.`)
  }
  const text = await request.text()
  if (text.trim() === '') return {}
  try {
    return parseExact(text)
  } catch {
    throw badRequest('The body is no JSON.')
  }
}
