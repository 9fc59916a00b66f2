import { z } from 'zod'
import type { FinishedExchange } from '../journal/finished-exchange.ts'
import type { Route } from '../routes/route.ts'
import { validated } from '../server/control/validated.ts'
import type { SandboxDefaults } from '../server/defaults.ts'
import { fallbackProblem } from '../server/fallback/fallback.ts'
import type { RouteFunction } from '../server/own-routes/own-route.ts'
import { scenarioOf } from '../server/sandboxes/actions.ts'
import { isoNow } from '../server/sandboxes/iso-now.ts'
import { organisationDefaults, organisationShape } from '../server/sandboxes/sandbox-options.ts'
import { REDIRECT_HOST } from '../server/sign-in/redirect.ts'
import { originProblem } from '../shared/origin.ts'
import { once } from '../spec/once.ts'
import { parseDuration } from '../world/duration.ts'
import { splitRoutes } from './mock-routes.ts'
import type { OrganisationOptions } from './sandbox-options.ts'

/** Choices for a mock; every one has a default. */
export interface MockOptions extends OrganisationOptions {
  /** An exported log, replayed at the start into a sandbox with the id and the credentials that it names. */
  readonly log?: unknown
  /** A snapshot, as a value or as text: its sandboxes are there from the start. */
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

/** A check that says what is wrong, for a schema. */
const asProblem =
  (problemOf: (text: string) => string | undefined) =>
  (text: string, context: z.RefinementCtx): void => {
    const message = problemOf(text)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  }

const aFunction = z.custom((value) => typeof value === 'function', 'expected a function')

/** The journals of a mock. */
export const journalShape = {
  maxJournal: z.int().min(0).max(1_000_000).optional().describe('Exchanges that a journal keeps.'),
  maxJournalBytes: z.int().min(0).max(8_589_934_592).optional().describe('Bytes that all journals together keep.'),
}

const TTL_RULE = 'a duration of at least a second, such as 30m, 12h, 7d or PT12H'
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

function toTtlMs(text: string, context: z.RefinementCtx): number {
  const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  const ms = count === '' ? parseDuration(text) : Number(count) * (UNIT_MS[unit] ?? 0)
  if (ms !== undefined && ms >= 1000) return ms
  context.addIssue({ code: 'custom', message: `it takes ${TTL_RULE}, not ${JSON.stringify(text)}.` })
  return z.NEVER
}

/** The sandboxes of a mock, all together. */
export const sandboxesShape = {
  maxSandboxes: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('Sandboxes that may exist at a time, `default` included.'),
  sandboxTtl: z
    .string()
    .transform(toTtlMs)
    .optional()
    .describe('Real time without a call after which a sandbox other than `default` ends: 30m, 12h, 7d or PT12H.'),
}

/** What a program in JavaScript, or a cast, could get wrong. The mistakes of the other choices name themselves. */
const input = once(() =>
  z.strictObject({
    ...organisationShape(),
    ...journalShape,
    ...sandboxesShape,
    store: z.string().min(1).optional(),
    debugHeaders: z.boolean().optional(),
    redirectHosts: z
      .array(z.string().regex(REDIRECT_HOST, 'expected a host such as app.example.com'))
      .readonly()
      .optional(),
    routes: z.array(z.unknown()).optional(),
    fallback: z
      .strictObject({
        url: z.string().superRefine(asProblem(fallbackProblem)),
        fetch: aFunction.optional(),
        credentials: z.boolean().optional(),
      })
      .optional(),
    cors: z
      .array(z.string().superRefine(asProblem(originProblem)))
      .readonly()
      .optional(),
    mutant: z.string().optional(),
    scenario: z.unknown().optional(),
    readings: z.record(z.string(), z.string()).optional(),
    log: z.unknown().optional(),
    snapshot: z.unknown().optional(),
    control: z
      .union([
        z.literal(false),
        z.strictObject({ token: z.string().min(1).optional(), hosts: z.array(z.string()).readonly().optional() }),
      ])
      .optional(),
    onExchange: aFunction.optional(),
    onError: aFunction.optional(),
  }),
)

/** Choices about the sandboxes of a mock, all together. */
export interface SandboxesChoice {
  /** Whether ids and credentials are drawn from the seed: the same at each start. */
  readonly isSeeded: boolean
  readonly maxSandboxes?: number | undefined
  readonly sandboxTtlMs?: number | undefined
}

/** @throws Problem that names the option, what came and what is allowed. */
export function toSandboxesChoice({ seed, maxSandboxes, sandboxTtl }: MockOptions): SandboxesChoice {
  const ttl = validated(z.object(sandboxesShape), { maxSandboxes, sandboxTtl }, 'options')
  return { isSeeded: seed !== undefined, maxSandboxes: ttl.maxSandboxes, sandboxTtlMs: ttl.sandboxTtl }
}

/**
 * The choices that every sandbox of a mock starts from.
 *
 * @throws Problem that names the option, what came and what is allowed; ScenarioError when there is no such scenario.
 */
export function toDefaults(options: MockOptions): SandboxDefaults {
  const {
    seed = organisationDefaults.seed,
    users,
    departments,
    now,
    speed,
  } = validated(input(), isoNow(options), 'options')
  const { scenario = organisationDefaults.scenario, readings = {} } = options
  const { data: routes } = splitRoutes(options.routes)
  return { seed, users, departments, now, speed, readings, routes, scenario: scenarioOf(scenario) }
}
