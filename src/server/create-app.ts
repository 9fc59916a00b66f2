import type { HttpBindings } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import { errorEntry } from '../spec/errors.ts'
import { sandboxOf } from './authentication/authenticate.ts'
import type { Deps } from './deps.ts'
import { ConnectionLostError } from './faults/spoil.ts'
import { ClientGoneError, type Exchange, exchangeOfFetch, exchangeOfSocket, type Outgoing } from './http/exchange.ts'
import { Refusal } from './refusal.ts'
import { routes } from './routes/routes.ts'
import { serveVendor } from './vendor/pipeline.ts'

/** What Hono hands to a handler: the socket's request when there is a socket. */
export type Env = { Bindings: Partial<HttpBindings> }

/** The vendor API and, mounted by the caller, the control plane. Opens no port. */
export function createApp(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  for (const route of deps.mutation?.route ? routes.map(deps.mutation.route) : routes) {
    const { method, path } = route.operation
    for (const spelling of [path, `${path}/`]) {
      app.all(spelling, (context) => {
        const exchange = exchangeOf(context)
        if (spelling !== path && !isSlashAccepted(deps, exchange))
          return serveVendor(deps, exchange, pathNotFound(exchange))
        return serveVendor(deps, exchange, exchange.method === method ? route : methodNotAllowed(exchange, method))
      })
    }
  }
  app.notFound((context) => {
    const exchange = exchangeOf(context)
    return serveVendor(deps, exchange, pathNotFound(exchange))
  })
  app.onError((error) => {
    if (error instanceof ConnectionLostError) throw error
    if (error instanceof ClientGoneError) return new Response(null, { status: 408 })
    const { code, message } = errorEntry('internalError')
    return Response.json({ code, msg: message['en-US'] }, { status: 500 })
  })
  return app
}

const exchangeOf = ({ env, req }: Context<Env>): Exchange =>
  env?.incoming === undefined ? exchangeOfFetch(req.raw) : exchangeOfSocket(env.incoming, env.outgoing as Outgoing)

function isSlashAccepted({ world }: Deps, exchange: Exchange): boolean {
  return sandboxOf(world, exchange)?.peek().readings['trailing-slash'] !== 'refused'
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
