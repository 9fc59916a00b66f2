import type { Coverage } from '../journal/coverage/coverage.ts'
import type { FinishedExchange } from '../journal/journal-view.ts'
import type { Journals } from '../journal/journals.ts'
import type { RouteFunction } from '../routes/route.ts'
import type { Language } from '../spec/languages.ts'
import type { World } from '../world/world.ts'
import type { SearchBudget } from './authentication/search-budget.ts'
import type { EventHub } from './events/hub.ts'
import type { Fallback } from './fallback/fallback.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Mutation } from './mutation.ts'
import type { StoreOrder } from './stored/store-order.ts'
import type { SystemTime } from './system-time.ts'

/** Says a sentence of the mock in a language; one that is unknown in it stays English. */
export type SayIn = (language: Language, english: string) => Promise<string>

/** What the app is made of; it lives as long as the process and comes in from outside. */
export interface Deps {
  readonly world: World
  readonly journals: Journals
  readonly coverage: Coverage
  readonly events: EventHub
  readonly metrics: Metrics
  readonly time: SystemTime
  /** Answers in process, as a client without a port is answered; the control plane asks nobody for a token there. */
  readonly fetch: (request: Request) => Promise<Response>
  readonly sayIn: SayIn
  /** Which wrong signatures are searched in full before they are answered. */
  readonly searches: SearchBudget
  /** When the server was made, on the clock of `time.elapsed`. */
  readonly startedAt: number
  readonly isReady: () => boolean
  /** Hosts that a sign-in may lead to, besides this machine and the mock itself. */
  readonly redirectHosts: readonly string[]
  /** Routes that functions of the program answer. */
  readonly routeFunctions: readonly RouteFunction[]
  /** Where calls go on to that nobody here takes. */
  readonly fallback?: Fallback | undefined
  /** Origins whose pages may call the vendor API from a browser. */
  readonly corsOrigins: readonly string[]
  /** Whether there is a control plane. */
  readonly hasControl: boolean
  /** Whether answers carry X-Mock-* headers. */
  readonly debugHeaders: boolean
  /** Token of the control plane, so that it can be kept out of everything that is shown. */
  readonly controlToken?: string | undefined
  /** Certificate of the authority that made the certificates of the open ports, as PEM; undefined when there is none. */
  readonly authority: () => string | undefined
  /** What the mock does wrong on purpose; absent unless it was asked for by the name of a mutant. */
  readonly mutation?: Mutation | undefined
  /** The order of calls in a store, when it is open; undefined where all state is in memory. */
  readonly order?: (() => Promise<StoreOrder>) | undefined
  /** Whether anybody reads in the record of an exchange why it was refused. */
  readonly isReadBack: () => boolean
  /** Called with every finished exchange, for the terminal and for metrics. */
  readonly onExchange?: ((exchange: FinishedExchange) => void) | undefined
  /** Called with every error that nobody expected: a fault of the mock itself, or of an observer. */
  readonly onError: (error: unknown) => void
}
