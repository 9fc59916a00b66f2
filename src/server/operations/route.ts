import type { BodyOf, Operation, QueryOf, ResponseOf } from '../../spec/operation.ts'
import type { Readings } from '../../spec/readings.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { State } from '../../world/state.ts'
import type { Caller } from '../../world/tokens.ts'

/** What a handler gets: validated input, who calls, and the organisation. */
export interface RouteContext<O extends Operation> {
  readonly query: QueryOf<O>
  readonly body: BodyOf<O>
  readonly caller: Caller
  /** X-User-Id of a signed call. */
  readonly userId: string
  readonly sandbox: Sandbox
  /** The state now: whatever is due has happened. Looking at it makes it happen. */
  readonly state: State
  readonly readings: Readings
}

/** The answer of an operation without its envelope. */
export type DataOf<O extends Operation> = Omit<ResponseOf<O>, 'code' | 'msg'>

/** An operation with what it does. */
export interface Route<O extends Operation = Operation> {
  readonly operation: O
  /** Carries out the call and gives the answer as the tables describe it. */
  readonly handle: (context: RouteContext<O>) => DataOf<O>
  /** Puts the answer into the dialect of the readings. */
  readonly speak: (data: DataOf<O>, readings: Readings) => Record<string, unknown>
  /**
   * How long the same call gets the same answer: a test that is true until something changes. Absent or undefined for
   * an answer that cannot be given twice.
   */
  readonly holds?: (context: RouteContext<O>) => (() => boolean) | undefined
}

export const defineRoute = <O extends Operation>(route: Route<O>): Route<O> => route
