import type { Route, RouteFunction } from '../routes/route.ts'
import { functionRoutesSchema, routesSchema } from '../routes/schema.ts'
import { validated } from '../server/control/validated.ts'

/** Routes of a program: data, which belongs to each sandbox, and functions, which stay with the program. */
export interface SplitRoutes {
  readonly data: readonly Route[]
  readonly functions: readonly RouteFunction[]
}

/**
 * Routes by what answers them, in their order.
 *
 * @throws Problem that names the route, what came and what is allowed.
 */
export function splitRoutes(routes: readonly (Route | RouteFunction)[] = []): SplitRoutes {
  const isFunction = (route: Route | RouteFunction): route is RouteFunction => typeof route?.answer === 'function'
  const data = routes.filter((route): route is Route => !isFunction(route))
  const functions = routes.filter(isFunction)
  return {
    data: validated(routesSchema(), data, 'routes'),
    functions: validated(functionRoutesSchema(), functions, 'routes') as readonly RouteFunction[],
  }
}
