import type { Context, MiddlewareHandler } from 'hono'
import type { Language } from '../spec/languages.ts'
import type { Operation } from '../spec/operation.ts'
import type { Readings } from '../spec/readings.ts'
import type { Sandbox } from '../world/sandbox.ts'
import type { Caller } from '../world/tokens.ts'
import type { Bindings, Wire } from './http/wire.ts'
import type { Refusal } from './refusal.ts'

/** What is known of a call while it is served; each field is set by the middleware that its comment names. */
export interface Call {
  /** The request as it came: `readWire`. */
  readonly wire: Wire
  /** The operation that path and method name; undefined when none does: `nameOperation`. */
  operation: Operation | undefined
  /** The organisation that answers: `findSandbox`, which sets `hasDebugHeaders` and all up to it. */
  sandbox: Sandbox | undefined
  /** The organisation that the request belongs to; undefined when its AppId or token is nobody's. */
  owner: Sandbox | undefined
  readings: Readings
  language: Language
  requestId: string
  /** The own route that answers, by its id: `answerByRoute`. */
  route?: string
  /** Scheme and host of the server that the call was passed on to: `passOn`. */
  passedOnTo?: string
  /** Virtual time of arrival in epoch milliseconds. */
  arrivedAt: number
  /** Whether answers say what decided, in headers X-Mock-…. */
  hasDebugHeaders: boolean
  /** Who calls, and the user id that an app signature names: `authenticate`. */
  caller: Caller
  userId: string
  /** The access token of the call; undefined when it came without one: `authenticate`. */
  token: string | undefined
  /** The rule that decided, with its evidence level. */
  rule: string
  /** Why the request was refused; undefined after a success. */
  refusal: Refusal | undefined
  /** What is odd about a request that was carried out all the same: names that no page lists; empty when nothing is. */
  hint?: string
  /** The body of the answer as sent, for the journal. */
  sent: string
  /** The headers of an answer as `answerJson` has made it; whoever puts another answer in its place takes them away. */
  headers?: Readonly<Record<string, string>> | undefined
  /** A string that was sent, and its bytes, where somebody has both. */
  encoded?: { readonly text: string; readonly bytes: Uint8Array | undefined }
  /** Injected faults, such as `fault-1;latency`: `injectFaults`. */
  faults: readonly string[]
  /** Set when the client got no answer: what the journal says instead. */
  unanswered: { readonly status: number; readonly note: string } | undefined
  /** Waits for something without keeping others from the sandbox; undefined where nobody waits: `inStoreOrder`. */
  pause?: <T>(wait: () => Promise<T>) => Promise<T>
}

/** Waits without holding up others who share the store. */
export const paused = <T>({ pause }: Pick<Call, 'pause'>, wait: () => Promise<T>): Promise<T> =>
  pause === undefined ? wait() : pause(wait)

/** One variable holds it all: Hono makes an object of all variables each time that they are read as one. */
export type AppEnv = { Bindings: Bindings; Variables: { call: Call } }
export type AppContext = Context<AppEnv>
export type AppMiddleware = MiddlewareHandler<AppEnv>
/** Looks at a call before it is carried out; throws a Refusal when it is not to be. */
export type AppCheck = (c: AppContext) => void | Promise<void>
