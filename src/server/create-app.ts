import { HonoBase } from 'hono/hono-base'
import { once } from '../spec/once.ts'
import type { AppContext, AppEnv, AppMiddleware } from './app-env.ts'
import type { Deps } from './deps.ts'
import { handlers } from './handlers.ts'
import { allowOrigins } from './middleware/allow-origins.ts'
import { answerHeaders } from './middleware/answer-headers.ts'
import { authenticate } from './middleware/authenticate.ts'
import { cacheAnswers } from './middleware/cache-answers.ts'
import { checkTraceId } from './middleware/check-trace-id.ts'
import { checking } from './middleware/checking.ts'
import { deviate } from './middleware/deviate.ts'
import { findSandbox } from './middleware/find-sandbox.ts'
import { handleOperation, methodsByPath, nameOperation, pathsOf } from './middleware/handle-operation.ts'
import { injectFaults } from './middleware/inject-faults.ts'
import { landing } from './middleware/landing.ts'
import { protectAnswers, refuseEmbedding, refuseOtherSites } from './middleware/protect-answers.ts'
import { readWire } from './middleware/read-wire.ts'
import { recordExchange } from './middleware/record-exchange.ts'
import { answerError, refuseMethod, refusePath, refuseTrailingSlash, refuseUnreadable } from './middleware/refuse.ts'
import { PathRouter } from './path-router.ts'
import { CONTROL_PREFIX } from './problem.ts'
import { SIGN_IN_PATHS } from './sign-in/redirect.ts'

/**
 * The vendor API and the control plane, if there is one, which is loaded for the first call: many a test makes none.
 * Opens no port: it answers what `fetch` answers.
 */
export function createApp(deps: Deps, loadControl: (() => Promise<HonoBase<AppEnv>>) | undefined): HonoBase<AppEnv> {
  const app = new HonoBase<AppEnv>({ router: new PathRouter(), strict: false })
  const { mutation } = deps
  const operations = mutation?.handler ? handlers.map(mutation.handler) : handlers

  app.use(readWire)
  app.get('/', protectAnswers, refuseEmbedding, landing(deps))
  if (loadControl) app.get(CONTROL_PREFIX, protectAnswers, refuseEmbedding, landing(deps))
  if (loadControl) app.all(`${CONTROL_PREFIX}/*`, async ({ req, env }) => (await loadControl()).fetch(req.raw, env))

  const { order } = deps
  const inOrder = () => import('./middleware/in-store-order.ts')
  const signIn = () => import('./sign-in/sign-in.ts')
  for (const path of Object.values(SIGN_IN_PATHS)) app.use(path, refuseEmbedding)
  if (order)
    app.use(
      SIGN_IN_PATHS.authorize,
      onDemand(async () => (await inOrder()).signInStoreOrder(deps, order)),
    )
  app.get(
    SIGN_IN_PATHS.authorize,
    onDemand(async () => (await signIn()).signInPage(deps)),
  )
  app.get(
    SIGN_IN_PATHS.code,
    onDemand(async () => (await signIn()).showCode(deps)),
  )

  const paths = methodsByPath(operations)
  for (const [path, methods] of paths) app.all(path, nameOperation(methods))
  if (deps.corsOrigins.length > 0) app.use(allowOrigins(deps))
  if (order) app.use(onDemand(async () => (await inOrder()).inStoreOrder(deps, order)))
  app.use(findSandbox(deps), recordExchange(deps), answerHeaders)
  app.use(checking([refuseUnreadable, refuseOtherSites(deps), refuseTrailingSlash]))
  app.use(injectFaults(deps))
  if (mutation?.answer) app.use(deviate(mutation.answer))
  const admit = [checking([authenticate(deps), checkTraceId]), ...(mutation ? [] : [cacheAnswers()])]
  for (const handler of operations) {
    app.on(handler.operation.method, pathsOf(handler.operation), ...admit, handleOperation(deps, handler))
  }
  app.use(onDemand(async () => (await import('./middleware/answer-by-route.ts')).answerByRoute(deps), hasRoutes(deps)))
  if (deps.fallback) app.use(onDemand(async () => (await import('./middleware/pass-on.ts')).passOn(deps)))
  for (const [path, methods] of [...paths].reverse()) app.all(path, refuseMethod([...methods.keys()]))

  app.notFound(refusePath)
  app.onError(answerError(deps))
  return app
}

/**
 * A middleware that is loaded for the first call that needs it: most mocks never do. Whoever ends his side of the connection
 * behind a request has gone for Node when the answer comes a turn later, so nothing is loaded for others.
 */
function onDemand(
  load: () => Promise<AppMiddleware>,
  isNeeded: (c: AppContext) => boolean = () => true,
): AppMiddleware {
  const loaded = once(load)
  return async (c, next) => (isNeeded(c) ? (await loaded())(c, next) : next())
}

/** Whether own routes may answer a call. */
const hasRoutes =
  ({ routeFunctions }: Deps) =>
  (c: AppContext): boolean => {
    const { operation, sandbox } = c.get('call')
    if (operation !== undefined || sandbox === undefined) return false
    return routeFunctions.length > 0 || sandbox.peek().routes.compiled().length > 0
  }
