import { sandboxOf } from '../authentication/authenticate.ts'
import type { Deps } from '../deps.ts'
import type { Exchange } from '../http/exchange.ts'
import type { Route } from '../operations/route.ts'
import { routes } from '../operations/routes.ts'
import { Refusal } from '../refusal.ts'

/** What a request is for: a route, or the refusal of a path or method that no operation has. */
export type Target = Route | Refusal

/** Finds what the requests of a mock are for, by path and method. */
export function createTargets(deps: Deps): (exchange: Exchange, path: string) => Target {
  const { mutation, world } = deps
  const all: readonly Route[] = mutation?.route ? routes.map(mutation.route) : routes
  const byPath = new Map(all.map((route) => [route.operation.path, route]))
  return (exchange, path) => {
    const hasSlash = path.endsWith('/')
    const route = byPath.get(hasSlash ? path.slice(0, -1) : path)
    if (route === undefined) return pathNotFound(exchange)
    if (hasSlash && sandboxOf(world, exchange)?.peek().readings['trailing-slash'] === 'refused') {
      return pathNotFound(exchange)
    }
    const { method } = route.operation
    return exchange.method === method ? route : methodNotAllowed(exchange, method)
  }
}

const pathNotFound = ({ target }: Exchange) =>
  new Refusal('pathNotFound', {
    rule: 'path-unknown',
    detail: `No operation has the path ${target.split('?')[0]}. The paths are listed in GET /__admin/openapi.json.`,
  })

const methodNotAllowed = ({ method }: Exchange, allowed: string) =>
  new Refusal('methodNotAllowed', {
    rule: 'method-not-allowed',
    detail: `This path takes ${allowed}, not ${method}.`,
    headers: { Allow: allowed },
  })
