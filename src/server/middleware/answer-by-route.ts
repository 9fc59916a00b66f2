import { type CompiledRoute, compileRoutes, findRoute, RouteSearchError } from '../../routes/match.ts'
import type { Route, RouteCall, RouteFunction, RouteMatch } from '../../routes/route.ts'
import { bounds } from '../../shared/bounds.ts'
import type { Operation } from '../../spec/operation.ts'
import { toIso } from '../../world/instant.ts'
import { type AppContext, type AppMiddleware, paused } from '../app-env.ts'
import { authenticate } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import { answerAt, checkedAnswer, needsOf, sendAnswer } from '../own-routes/answer.ts'
import { askedOf, pathOf } from '../own-routes/asked.ts'
import { noSandbox, Refusal } from '../refusal.ts'

/**
 * Answers what no operation takes by the own routes: those of the sandbox first, then the functions of the program that
 * holds the mock.
 */
export function answerByRoute(deps: Deps): AppMiddleware {
  const functions = compileRoutes(deps.routeFunctions)
  return async function answerByRoute(c, next) {
    const call = c.get('call')
    const { sandbox, operation, wire } = call
    if (operation !== undefined || sandbox === undefined) return next()
    const compiled = sandbox.peek().routes.compiled()
    const asked = askedOf(wire)
    const path = pathOf(wire)
    const all: CompiledRoute<Route | RouteFunction>[] = [...compiled, ...functions]
    const found = await findRoute(all, wire.method, path, asked).catch(refuseSearch)
    if (found === undefined) return next()
    const { id, route } = found.compiled
    call.route = id
    await admit(c, deps, route)
    const isFunction = typeof route.answer === 'function'
    const needs = isFunction ? { call: true, newId: true, body: true } : needsOf(route as Route)
    const body = needs.body ? await asked.body() : undefined
    const turn = needs.call ? sandbox.execute('meet-route', { routeId: id, takesId: needs.newId }) : { call: 1 }
    const given: RouteCall = {
      request: {
        method: wire.method,
        target: wire.target,
        path: found.path,
        query: asked.query,
        headers: asked.headers,
        body,
      },
      sandbox: {
        id: sandbox.id,
        now: toIso(call.arrivedAt),
        userId: sandbox.config.credentials.userId,
        newId: turn.newId ?? '',
      },
      route: { id, call: turn.call },
    }
    const answerOf = route.answer
    if (typeof answerOf === 'function') {
      return sendAnswer(c, deps, id, checkedAnswer(await paused(call, async () => answerOf(given)), id), undefined)
    }
    return sendAnswer(c, deps, id, answerAt(route as Route, turn.call), given)
  }
}

/** @throws Refusal when the routes would look through too much; any other error as it is. */
function refuseSearch(error: unknown): never {
  if (!(error instanceof RouteSearchError)) throw error
  const most = bounds.routeSearchCharacters.value
  throw new Refusal('internalError', {
    rule: 'route.search',
    detail: `The conditions with contains of all own routes look through more than ${most} characters of this request. Send less, or ask for what a field equals.`,
    evidence: 'inferred',
  })
}

/** Lets in whoever gives the proof that a route asks for. */
async function admit(
  c: AppContext,
  { world }: Deps,
  { authentication = 'none', method, path }: RouteMatch,
): Promise<void> {
  if (authentication === 'none') return
  const call = c.get('call')
  const { owner, wire } = call
  if (owner === undefined) throw noSandbox()
  const asOperation = { authentication, operationId: `${method} ${path}` } as Operation
  const { caller, userId, token } = await authenticate(world, owner, asOperation, wire)
  Object.assign(call, { caller, userId, token })
}
