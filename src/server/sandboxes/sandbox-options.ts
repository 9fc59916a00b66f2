import { z } from 'zod'
import { routesSchema } from '../../routes/schema.ts'
import { departmentCount, rowsPerSecond, scenarioSchema, userCount } from '../../scenarios/schema.ts'
import { once } from '../../spec/once.ts'
import { readingIds } from '../../spec/readings.ts'
import { xDateTimes } from '../../world/clock.ts'
import { type SandboxConfig, settingDefaults } from '../../world/config.ts'
import { FIRST_INSTANT, LAST_INSTANT, parseIso, toIso } from '../../world/instant.ts'
import type { SandboxOptions } from '../../world/world-options.ts'
import { identityShape } from './identity-input.ts'

// The options of a sandbox, one line each. From here come the flags of `serve` with their environment, the options of
// `createMock` and `mock.sandbox` (their types by scripts/types.mjs), `POST /__admin/sandboxes` with its OpenAPI and
// docs, the MCP tool, and what a log may hold.

const instantRule = `it takes an ISO 8601 date-time with an offset, such as 2026-04-16T08:00:00Z, from ${toIso(FIRST_INSTANT)} to ${toIso(LAST_INSTANT)}`

/** ISO 8601 in epoch milliseconds; an issue where that is no instant the mock can show. */
export function toInstant(text: string, context: z.RefinementCtx): number {
  const epochMs = parseIso(text)
  if (epochMs !== undefined && epochMs >= FIRST_INSTANT && epochMs <= LAST_INSTANT) return epochMs
  context.addIssue({ code: 'custom', message: `${instantRule}, not ${JSON.stringify(text)}.` })
  return z.NEVER
}

/** A virtual time in ISO 8601; epoch milliseconds after validation. */
export const instant = once(() => z.string().transform(toInstant).meta({ format: 'date-time' }))

/** Readings by id. An unknown id or answer is refused with what is allowed. */
export const readingsInput = once(() =>
  z
    .partialRecord(z.enum(readingIds), z.union([z.string(), z.number()]).transform(String))
    .describe('Readings by id, over those of the scenario.'),
)

/** A built-in scenario by its name, or a scenario as it stands in a file. */
export const scenarioInput = once(() =>
  z.union([z.string(), scenarioSchema()]).describe('Name of a built-in scenario, or a scenario.'),
)

export const xDateInput = once(() =>
  z
    .enum(xDateTimes)
    .optional()
    .describe(
      'Time by which X-Date is judged: `virtual` (default), that of the clock, or `real` for clients whose clock cannot be moved along.',
    ),
)

/** Those that are numbers. */
export const organisationNumbers = {
  seed: z.int().min(0).optional().describe('Seed of everything random: a whole number from 0.'),
  users: userCount().optional().describe('Seeded users, 0 to 10,000,000.'),
  departments: departmentCount().optional().describe('Seeded departments, the root included, 1 to 10,000.'),
  speed: rowsPerSecond().optional().describe('Batch rows settled per virtual second, 0.001 to 1,000,000.'),
}

/** What `serve`, `createMock` and the creator of a sandbox choose alike. */
export const organisationShape = once(() => {
  const { seed, users, departments, speed } = organisationNumbers
  return {
    ...{ seed, users, departments },
    scenario: scenarioInput().optional(),
    readings: readingsInput().optional(),
    now: instant().optional().describe('Freezes the clock at this time.'),
    speed,
  }
})

/** What holds unless flags or options of the mock, or its scenario, say otherwise. */
export const organisationDefaults = {
  seed: 1,
  users: settingDefaults.users,
  departments: settingDefaults.departments,
  scenario: 'happy-path',
  speed: settingDefaults.rowsPerSecond,
} as const

/** What only the creator of a sandbox chooses. */
const ownShape = once(() => ({
  ...identityShape(),
  xDate: xDateInput(),
  routes: routesSchema()
    .optional()
    .describe('Own answers for paths that no operation has. Default: those of the mock.'),
}))

/** The options of a sandbox. */
export const sandboxInput = once(() => z.strictObject({ ...organisationShape(), ...ownShape() }))
export type SandboxInput = z.output<ReturnType<typeof sandboxInput>>

/** The same as JSON Schema, for the types of the library: those that a mock takes too, and the others. */
export function sandboxOptionsJsonSchema() {
  const toJson = (shape: z.ZodRawShape) => z.toJSONSchema(z.object(shape), { io: 'input', unrepresentable: 'any' })
  return { organisation: toJson(organisationShape()), own: toJson(ownShape()) }
}

/** What a new sandbox has unless its creator says otherwise: the flags of the server. */
export interface SandboxDefaults
  extends Omit<SandboxOptions, 'xDate' | 'seed' | 'readings'>,
    Pick<SandboxConfig, 'seed' | 'readings'> {}

/** Options as the control plane takes them: nothing undefined, and a time in epoch milliseconds as ISO 8601. */
export function isoNow(options: { readonly now?: string | number | undefined }): Record<string, unknown> {
  const { now } = options
  const isInstant = typeof now === 'number' && now >= FIRST_INSTANT && now <= LAST_INSTANT
  const given = Object.entries({ ...options, now: isInstant ? toIso(now) : now })
  return Object.fromEntries(given.filter(([, value]) => value !== undefined))
}
