import type { Route } from '../routes/route.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import type { World } from './world.ts'

/** What a file of the server said, and says now. */
export type FileChange =
  | { readonly what: 'scenario'; readonly before: Scenario; readonly now: Scenario }
  | { readonly what: 'routes'; readonly before: readonly Route[]; readonly now: readonly Route[] }

/**
 * Lets a sandbox go over to what a file of the server says now, if it still plays the scenario, or has the routes, that
 * the file said before. It starts anew with that too.
 */
export function followFile(world: World, id: string, change: FileChange): void {
  const sandbox = world.get(id)
  if (sandbox === undefined) return
  const { scenario, routes } = sandbox.peek()
  const current = change.what === 'scenario' ? scenario : routes.all()
  if (JSON.stringify(current) !== JSON.stringify(change.before)) return
  if (change.what === 'scenario') sandbox.execute('set-scenario', { scenario: change.now, outlivesReset: true })
  else sandbox.execute('set-routes', { routes: change.now, outlivesReset: true })
}
