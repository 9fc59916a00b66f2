import { z } from 'zod'
import { validated } from '../server/control/validated.ts'
import { scenarioOf } from '../server/sandboxes/actions.ts'
import {
  isoNow,
  organisationDefaults,
  organisationShape,
  type SandboxDefaults,
} from '../server/sandboxes/sandbox-options.ts'
import { REDIRECT_HOST } from '../server/sign-in/redirect.ts'
import { fallbackProblem, originProblem } from '../shared/address.ts'
import { once } from '../spec/once.ts'
import { parseDuration } from '../world/instant.ts'
import type { MockOptions, SandboxesChoice } from './mock-options.ts'
import { splitRoutes } from './mock-routes.ts'

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
