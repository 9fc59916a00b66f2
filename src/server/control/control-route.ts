import type { z } from 'zod'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Deps } from '../deps.ts'
import type { SandboxDefaults } from '../sandboxes/sandbox-options.ts'

/** What a handler of the control plane gets. */
export interface ControlContext<Body, Query> {
  readonly deps: Deps
  readonly defaults: SandboxDefaults
  /** What a page of this server is given, to change something with. */
  readonly pageProof: string
  readonly params: Readonly<Record<string, string>>
  /** The sandbox that `:id` of the path names; throws a Problem, answered with 404, when there is none. */
  readonly sandbox: Sandbox
  readonly query: Query
  readonly body: Body
  /** The call itself: its address, and the signal that tells when the caller hangs up. */
  readonly request: Request
  /** The body as a string, for a route that names no shape of it; throws a Refusal, answered with 413 or 503, when it is too large. */
  readonly readText: (maxBytes?: number) => Promise<string>
  /** Every route of the control plane, for the one that describes them. */
  readonly routes: readonly ControlRoute[]
}

/** One route of the control plane as data: routing, validation and its OpenAPI document come from here. */
export interface ControlRoute<Body extends z.ZodType = z.ZodType, Query extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Path below /__admin; parameters as `:name`. */
  readonly path: string
  readonly summary: string
  /** Whether it is answered without the control token: pages and their assets, which hold no data. */
  readonly public?: boolean
  /**
   * What it needs where sandboxes are in a store. `sandbox`, when absent: it takes its turn in the sandbox that it names, or
   * knows all sandboxes when it names none. `journal`: what the journal holds, and nothing else. `nothing`: no sandbox.
   */
  readonly needs?: 'sandbox' | 'journal' | 'nothing'
  readonly query?: Query
  readonly body?: Body
  /**
   * Whether its body holds a file, or a request of the service with its body as a `text`: it may be far larger than others then,
   * and a file may have more values the larger it is.
   */
  readonly takesFile?: true | 'text'
  /**
   * Reads a body whose reading takes long, before the call takes its turn; others are served in between. `elapsed` is a clock
   * in milliseconds. The handler gets what it gives in the place of the body.
   */
  readonly read?: (body: z.output<Body>, elapsed: () => number) => Promise<unknown>
  /** Status of a success; 200 when absent. */
  readonly status?: number
  /** What a success answers. */
  readonly answers: string
  /** Shape of a JSON answer, for the description; nothing is validated by it. */
  readonly response?: z.ZodType
  /** Media types of a success; JSON when absent. */
  readonly produces?: readonly string[]
  /** An object is answered as JSON, undefined as an empty 204, a Response as it is. */
  readonly handle: (context: ControlContext<z.output<Body>, z.output<Query>>) => unknown
}

export const defineControl = <Body extends z.ZodType, Query extends z.ZodObject>(
  route: ControlRoute<Body, Query>,
): ControlRoute => route as unknown as ControlRoute
