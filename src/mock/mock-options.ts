import type { FinishedExchange } from '../journal/journal-view.ts'
import type { Route, RouteFunction } from '../routes/route.ts'
import type { OrganisationOptions } from './sandbox-options.ts'

/** Choices for a mock; every one has a default. */
export interface MockOptions extends OrganisationOptions {
  /** An exported log, replayed at the start into a sandbox with the id and the credentials that it names. */
  readonly log?: unknown
  /** A snapshot, as a value or as a string: its sandboxes are there from the start. */
  readonly snapshot?: unknown
  /** Exchanges that the journal of a sandbox keeps. Default 1,000; 0 keeps none. */
  readonly maxJournal?: number | undefined
  /** Bytes of exchanges that all journals together keep, one of them at most half; the oldest go first. Default 48 MiB. */
  readonly maxJournalBytes?: number | undefined
  /** Sandboxes that may exist at a time, `default` included. Default 10,000. */
  readonly maxSandboxes?: number | undefined
  /** Real time without a call after which a sandbox other than `default` ends: `30m`, `12h`, `PT12H`. Default: never. */
  readonly sandboxTtl?: string | undefined
  /**
   * Where sandboxes outlive the process: a folder, for one process (needs `@electric-sql/pglite`), or `postgres://…`, for
   * many (needs `pg`). In memory when absent. `fetch` and `listen` wait until it is open.
   */
  readonly store?: string | undefined
  /** Whether answers carry X-Mock-* headers. Default true. */
  readonly debugHeaders?: boolean | undefined
  /** The control plane under /__admin; `false` leaves it out. */
  readonly control?: false | { readonly token?: string | undefined; readonly hosts?: readonly string[] | undefined }
  /**
   * Hosts that a sign-in may lead to besides this machine and the mock itself: `app.example.com`, with a port or, for
   * another scheme, as `myapp://callback`. Default none.
   */
  readonly redirectHosts?: readonly string[] | undefined
  /**
   * Own answers for paths that no operation has: data as in a file of `--routes`, or with a function for `answer`. Those
   * that are data belong to each sandbox, which may replace them, and go first; functions stay.
   */
  readonly routes?: readonly (Route | RouteFunction)[] | undefined
  /** Where calls go on to that no operation and no route takes. Default: nowhere, they get 404. */
  readonly fallback?: FallbackOptions | undefined
  /** Origins such as `http://localhost:5173` whose pages may call the vendor API from a browser. Default: none. */
  readonly cors?: readonly string[] | undefined
  /** Name of a built-in mutant: the mock deviates from the documents in this one way. `koodrive-mock mutants --list`. */
  readonly mutant?: string | undefined
  /** Called with every finished exchange. What it throws is an error of the mock: the call gets HTTP 500. */
  readonly onExchange?: ((exchange: FinishedExchange) => void) | undefined
  /**
   * Called with every error that nobody expected: of the mock itself, or thrown by `onExchange`. The call that met it is
   * answered with HTTP 500 in the shape of the service. Default: prints the stack on stderr.
   */
  readonly onError?: ((error: unknown) => void) | undefined
}

/** Another server that answers what the mock does not have. */
export interface FallbackOptions {
  /** Base URL: http or https, with a path below which every call stays. */
  readonly url: string
  /** Takes the calls there, through a proxy for example. Default: the global one. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined
  /** Whether the credentials of clients go on as well. Default false. */
  readonly credentials?: boolean | undefined
}

/** Choices about the sandboxes of a mock, all together. */
export interface SandboxesChoice {
  /** Whether ids and credentials are drawn from the seed: the same at each start. */
  readonly isSeeded: boolean
  readonly maxSandboxes?: number | undefined
  readonly sandboxTtlMs?: number | undefined
}
