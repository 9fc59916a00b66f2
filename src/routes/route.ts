import type { ErrorChoice } from '../spec/errors.ts'

/** What a value of a query or a header must be: a string to be equal, part of one, or whether it is there at all. */
export type Condition =
  | string
  | number
  | boolean
  | { readonly contains: string }
  | {
      readonly present: boolean
    }

/** What a route answers. Strings may have placeholders such as `{{request.path.id}}`. */
export interface RouteAnswer {
  /** HTTP status, 200 to 599. Default 200. */
  readonly status?: number | undefined
  /** Headers of the answer. Default: Content-Type of a JSON body or of text. */
  readonly headers?: Readonly<Record<string, string>> | undefined
  /** JSON body. */
  readonly body?: unknown
  /** A body that is not JSON, in place of `body`. */
  readonly text?: string | undefined
  /** A row of the error table by its name or code, answered as the service answers it, in place of the four above. */
  readonly error?: ErrorChoice | undefined
  /** Real milliseconds that this answer is held back, 0 to 600,000. */
  readonly latencyMs?: number | undefined
  /** In a sequence: how many calls get this answer before the next. Default 1; the last goes on for ever. */
  readonly times?: number | undefined
}

/** Which requests a route takes. */
export interface RouteMatch {
  /** Name in journal, verification and coverage. Default: method and path, with `#2` where that is taken. */
  readonly id?: string | undefined
  readonly method: RouteMethod
  /** Path from the root; `{name}` stands for one segment, a last `*` for all that follow. */
  readonly path: string
  /** Parameters that the query must have. */
  readonly query?: Readonly<Record<string, Condition>> | undefined
  /** Headers that the request must have; names in any case. */
  readonly headers?: Readonly<Record<string, Condition>> | undefined
  /** Part of the JSON body: fields given must be there, lists have as many entries. */
  readonly body?: unknown
  /** Whether the caller must prove who he is, as for the operations. Default `none`. */
  readonly authentication?: 'none' | 'token' | 'signature' | undefined
}

/** An own answer for requests that no operation takes. */
export interface Route extends RouteMatch {
  readonly answer?: RouteAnswer | undefined
  /** A sequence of answers, in place of `answer`. */
  readonly answers?: readonly RouteAnswer[] | undefined
  /** Whether a sequence begins again after its last answer. Default: the last one stays. */
  readonly loop?: boolean | undefined
}

/** A route whose answer a function of the program makes. */
export interface RouteFunction extends RouteMatch {
  /** Gives the answer; its strings have no placeholders. Called once for each request that the route takes. */
  readonly answer: (call: RouteCall) => RouteAnswer | Promise<RouteAnswer>
}

export const routeMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'] as const
type RouteMethod = (typeof routeMethods)[number]

/** What a request is to a route. */
interface RouteRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  /** Values of the segments that the path of the route names, decoded. */
  readonly path: Readonly<Record<string, string>>
  /** Parameters of the query, decoded; of a repeated one the first. */
  readonly query: Readonly<Record<string, string>>
  /** Headers by their lower-case names; of a repeated one all, with commas. */
  readonly headers: Readonly<Record<string, string>>
  /** The JSON body; undefined when there is none. Integers beyond 2^53 are bigint. */
  readonly body: unknown
}

/** What the organisation is to a route. */
interface RouteSandbox {
  readonly id: string
  /** Virtual time of the call, ISO 8601 in UTC. */
  readonly now: string
  /** KooDrive id of the system administrator. */
  readonly userId: string
  /** A fresh id of the vendor's form, the same one throughout a call. */
  readonly newId: string
}

/** What a function that answers a route is given, and what placeholders name. */
export interface RouteCall {
  readonly request: RouteRequest
  readonly sandbox: RouteSandbox
  readonly route: {
    readonly id: string
    /** How many calls the route has had in this sandbox, this one included. */
    readonly call: number
  }
}

/** The ids of routes, each once. */
export function routeIds(routes: readonly RouteMatch[]): string[] {
  const taken = new Set<string>()
  return routes.map(({ id, method, path }) => {
    const base = id ?? `${method} ${path}`
    let name = base
    for (let number = 2; taken.has(name); number += 1) name = `${base} #${number}`
    taken.add(name)
    return name
  })
}
