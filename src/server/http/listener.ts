import type { getRequestListener } from '@hono/node-server'
import type { App, Env, Incoming } from './app.ts'
import type { Outgoing } from './exchange.ts'

/** What a server of Node calls for every request. */
export type Listener = (incoming: Incoming, outgoing: Outgoing) => void

/**
 * Lets an app answer the requests of a server; the adapter of Hono is loaded for the first that needs it. `hostname`
 * stands in for a Host header that is absent. With `isAlone` the adapter's light Request and Response take the place of
 * the global ones; whoever replaces `fetch` needs the latter.
 */
export function createListener(app: App, hostname: string, isAlone: boolean): Listener {
  let adapter: Promise<ReturnType<typeof getRequestListener>> | undefined
  const load = async () => {
    const node = await import('@hono/node-server')
    const answer = (request: Request, env: unknown) => app.fetch(request, env as Env['Bindings'])
    return node.getRequestListener(answer, { hostname, overrideGlobalObjects: isAlone })
  }
  return (incoming, outgoing) => {
    if (app.serve?.(incoming, outgoing)) return
    adapter ??= load()
    void adapter.then((listener) => listener(incoming, outgoing))
  }
}
