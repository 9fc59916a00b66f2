import { type CompiledRoute, compileRoutes } from '../routes/match.ts'
import type { Route } from '../routes/route.ts'

/** The own answers of a sandbox for paths that no operation has, and how often those were called whose answer depends on it. */
export class Routes {
  #all: readonly Route[]
  #compiled: readonly CompiledRoute<Route>[]
  readonly #calls = new Map<string, number>()

  constructor(routes: readonly Route[] = []) {
    this.#all = routes
    this.#compiled = compileRoutes(routes)
  }

  all(): readonly Route[] {
    return this.#all
  }

  compiled(): readonly CompiledRoute<Route>[] {
    return this.#compiled
  }

  /** Replaces all; counts begin anew. */
  set(routes: readonly Route[]): void {
    this.#all = routes
    this.#compiled = compileRoutes(routes)
    this.#calls.clear()
  }

  /** Counts a call of a route, of this list or of the program that holds the mock. */
  meet(routeId: string): number {
    const call = (this.#calls.get(routeId) ?? 0) + 1
    this.#calls.set(routeId, call)
    return call
  }
}
