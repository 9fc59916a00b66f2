import type { Endpoint } from '../spec/endpoint.ts'
import type { OperationId } from '../spec/wire-types.ts'
import type { Need } from './credentials.ts'
import type { Exchange } from './exchange.ts'
import type { EarlierAnswer, LedgerEntry } from './ledger.ts'
import type { RequestSpec } from './request-spec.ts'

export type Safety = 'read' | 'write'

/** A request that a probe will send, as `--plan` shows it. What is not known before the run stands in braces. */
export interface PlannedRequest {
  readonly method: string
  readonly path: string
  readonly query?: string | undefined
  /** How often it is sent at least and at most; polls and searches vary. */
  readonly times: readonly [min: number, max: number]
}

/** Gives the result of another probe; it is sent once a run, whoever asks first. */
export type Get = <T>(probe: Probe<T>) => Promise<T>

/** What a probe may use. */
export interface ProbeContext {
  readonly get: Get
  readonly send: (spec: RequestSpec) => Promise<Exchange>
  readonly facts: RunFacts
  readonly sleep: (ms: number) => Promise<void>
  /** Writes down what is about to be created. */
  readonly record: (entry: LedgerEntry) => void
  /** What this run, and the one that it goes on with, has written down so far. */
  readonly recorded: () => readonly LedgerEntry[]
  /** What this probe was answered in the run that this one goes on with. */
  readonly earlier: () => EarlierAnswer | undefined
}

/** Things that a run asks for to see what happens when they do not exist. */
interface Unknown {
  /** Nineteen digits in the range of a 64-bit integer; `n` gives further ones. */
  readonly id: (n?: number) => string
  /** 64 hexadecimal digits; a token takes its first 48. */
  readonly hex: string
  readonly name: string
}

/** What is fixed before the first request of a run. */
export interface RunFacts {
  readonly allowWrites: boolean
  /** Marks everything that the run creates. */
  readonly prefix: string
  /** What the names of its departments begin with: the prefix, and further letters in a run that goes on. */
  readonly departmentPrefix: string
  /** Phone number `n` of this run, in the stored form `00…`. */
  readonly phone: (n: number) => string
  readonly has: (need: Need) => boolean
  readonly userId: string
  /** The authorization code that the run may redeem, empty without one. */
  readonly authCode: string
  /** Ids, tokens and names that nobody has: drawn at random for each run, for no fixed one is unknown everywhere. */
  readonly unknown: Unknown
  /** Longest wait for a task, in milliseconds. */
  readonly taskTimeoutMs: number
  readonly now: () => number
}

/**
 * Something that is found out once and serves many checks: usually one exchange, sometimes a walk over pages or the
 * whole life of a task. Declaring its requests is what makes the plan true.
 */
export interface Probe<T = Exchange> {
  readonly id: string
  readonly operation: OperationId
  readonly safety: Safety
  readonly needs: readonly Need[]
  readonly requests: readonly PlannedRequest[]
  /** Probes it may ask for. */
  readonly uses: readonly Probe<unknown>[]
  /** Further ones when the run may write. */
  readonly usesWithWrites?: readonly Probe<unknown>[]
  /** Those it asks for only when an answer makes it, so that it neither needs what they need nor always sends them. */
  readonly mayUse?: readonly Probe<unknown>[]
  readonly run: (context: ProbeContext) => Promise<T>
}

export const defineProbe = <T>(probe: Probe<T>): Probe<T> => probe

/** A probe that sends nothing of its own: it follows from what others found. */
export const derivedProbe = <T>(probe: Omit<Probe<T>, 'safety' | 'requests'>): Probe<T> => ({
  ...probe,
  safety: 'read',
  requests: [],
})

/** The probes that a probe may ask for in a run. */
export const usedBy = (
  { uses, usesWithWrites = [] }: Pick<Probe<unknown>, 'uses' | 'usesWithWrites'>,
  allowWrites: boolean,
): readonly Probe<unknown>[] => (allowWrites ? [...uses, ...usesWithWrites] : uses)

/** A planned request of an operation that is sent exactly once. */
export const once = ({ method, path }: Endpoint, query?: string): PlannedRequest => ({
  method,
  path,
  query,
  times: [1, 1],
})

/** A probe that is asked for only when an answer makes it; the plan says so. */
export const maybe = <T>(probe: Probe<T>): Probe<T> => ({
  ...probe,
  requests: probe.requests.map((request) => ({ ...request, times: [0, request.times[1]] as const })),
})
