import type { RouteAnswer, RouteCall, RouteMatch } from '../../routes/route.ts'

/** A route whose answer a function of the program makes. */
export interface RouteFunction extends RouteMatch {
  /** Gives the answer; its strings have no placeholders. Called once for each request that the route takes. */
  readonly answer: (call: RouteCall) => RouteAnswer | Promise<RouteAnswer>
}
