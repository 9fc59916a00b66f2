import type { BodyOf, HeadersOf, Operation, ParamsOf, QueryOf, ResponseOf } from '../spec/operation.ts'
import type { Readings } from '../spec/readings.ts'
import type { Sandbox } from '../world/sandbox.ts'
import type { State } from '../world/state.ts'
import type { Caller } from '../world/tokens.ts'
import type { World } from '../world/world.ts'

/** What a handler gets: validated input, who calls, and the organisation. */
export interface OperationContext<O extends Operation> {
  /** Parameters of the path. */
  readonly params: ParamsOf<O>
  readonly query: QueryOf<O>
  /** Headers that this operation alone takes. */
  readonly headers: HeadersOf<O>
  readonly body: BodyOf<O>
  readonly caller: Caller
  /** X-User-Id of a signed call. */
  readonly userId: string
  /** The access token of the call; undefined when it came without one. */
  readonly token: string | undefined
  /** Scheme and host by which the mock was called, for addresses in answers. */
  readonly origin: string
  /** Hosts that a sign-in may lead to, besides this machine and the mock itself. */
  readonly redirectHosts: readonly string[]
  /** All sandboxes: tokens and codes belong to one of them each. */
  readonly world: World
  readonly sandbox: Sandbox
  /** The state now: whatever is due has happened. Looking at it makes it happen. */
  readonly state: State
  readonly readings: Readings
}

/** The answer of an operation without its envelope. */
export type DataOf<O extends Operation> = Omit<ResponseOf<O>, 'code' | 'msg'>

/** An operation with what it does. */
export interface OperationHandler<O extends Operation = Operation> {
  readonly operation: O
  /** Work that may take long, in slices between which others are served; what it finds out is kept where `handle` finds it. */
  readonly prepare?: (context: OperationContext<O>) => Iterable<void>
  /**
   * Carries out the call and gives the answer as the tables describe it.
   *
   * @throws Refusal that names an error of the table.
   */
  readonly handle: (context: OperationContext<O>) => DataOf<O>
  /** Puts the answer into the form that the readings say it has on the wire. */
  readonly toWire: (data: DataOf<O>, readings: Readings) => Record<string, unknown>
}

/** A handler whose answer has one form only needs no `toWire`. */
export const defineHandler = <O extends Operation>(
  handler: Omit<OperationHandler<O>, 'toWire'> & Partial<Pick<OperationHandler<O>, 'toWire'>>,
): OperationHandler<O> => ({ toWire: (data) => data, ...handler })
