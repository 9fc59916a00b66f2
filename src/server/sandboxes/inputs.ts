import { z } from 'zod'
import { faultSchema, scenarioSchema } from '../../scenarios/schema.ts'
import { once } from '../../spec/once.ts'
import { readingIds } from '../../spec/readings.ts'
import { xDateTimes } from '../../world/clock.ts'
import { parseDuration } from '../../world/duration.ts'
import { FIRST_INSTANT, LAST_INSTANT, parseIso, toIso } from '../../world/instant.ts'
import { tokenKinds } from '../../world/tokens.ts'
import { loginNames } from '../sign-in/logins.ts'

const instantRule = `it takes an ISO 8601 date-time with an offset, such as 2026-04-16T08:00:00Z, from ${toIso(FIRST_INSTANT)} to ${toIso(LAST_INSTANT)}`

function toInstant(text: string, context: z.RefinementCtx): number {
  const epochMs = parseIso(text)
  if (epochMs !== undefined && epochMs >= FIRST_INSTANT && epochMs <= LAST_INSTANT) return epochMs
  context.addIssue({ code: 'custom', message: `${instantRule}, not ${JSON.stringify(text)}.` })
  return z.NEVER
}

/** A virtual time as ISO 8601 text; epoch milliseconds after validation. */
const instant = once(() => z.string().transform(toInstant).meta({ format: 'date-time' }))

/** The word for the real time where an instant is asked for. */
const REAL = 'real'

/** The same, or the word `real`. */
const instantOrReal = once(() =>
  z.string().transform((text, context) => (text === REAL ? REAL : toInstant(text, context))),
)

/** A span of virtual time as ISO 8601 text; milliseconds after validation. */
const duration = once(() =>
  z.string().transform((text, context) => {
    const ms = parseDuration(text)
    if (ms !== undefined) return ms
    context.addIssue({
      code: 'custom',
      message: `it takes an ISO 8601 duration of weeks, days, hours, minutes and seconds that is not negative, such as PT16M, P1D or PT0.5S, not ${JSON.stringify(text)}.`,
    })
    return z.NEVER
  }),
)

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

const xDateInput = once(() =>
  z
    .enum(xDateTimes)
    .optional()
    .describe(
      'Time by which X-Date is judged: `virtual`, that of the clock, or `real` for clients whose clock cannot be moved along.',
    ),
)

/** What an organisation is made of, besides its scenario and its readings. */
export const organisationShape = once(() => ({
  seed: z.int().min(0).optional().describe('Seed of everything random: a whole number from 0.'),
  users: z.int().min(0).max(10_000_000).optional().describe('Seeded users, 0 to 10,000,000.'),
  departments: z.int().min(1).max(10_000).optional().describe('Seeded departments, the root included, 1 to 10,000.'),
  now: instant().optional().describe('Freezes the clock at this time.'),
  speed: z
    .number()
    .min(0.001)
    .max(1_000_000)
    .optional()
    .describe('Batch rows settled per virtual second, 0.001 to 1,000,000.'),
}))

export const sandboxInput = once(() => {
  const { seed, users, departments, now, speed } = organisationShape()
  const scenario = scenarioInput().optional()
  const readings = readingsInput().optional()
  return z.strictObject({ seed, users, departments, scenario, readings, now, speed, xDate: xDateInput() })
})
export type SandboxInput = z.output<ReturnType<typeof sandboxInput>>

export const clockInput = once(() =>
  z
    .strictObject({
      now: instantOrReal().optional().describe('Virtual time as ISO 8601 text, or `real` for the real time.'),
      frozen: z.boolean().optional().describe('Whether the clock stands still.'),
      rate: z.number().gt(0).max(1_000_000).optional().describe('Virtual seconds per real second.'),
      xDate: xDateInput(),
    })
    .refine((given) => Object.keys(given).length > 0, { message: 'name at least one of now, frozen, rate, xDate.' }),
)
export type ClockInput = z.output<ReturnType<typeof clockInput>>

export const advanceInput = once(() => z.strictObject({ by: duration().describe('ISO 8601 duration.') }))

export const tokenInput = once(() =>
  z.strictObject({
    kind: z.enum(tokenKinds).describe('Whom the token stands for.'),
    lifeSeconds: z
      .number()
      .min(0.001)
      .max(31_536_000)
      .optional()
      .describe('Life in virtual seconds; that of the scenario when absent.'),
  }),
)

export const authCodeInput = once(() =>
  z.strictObject({
    login: z
      .string()
      .min(1)
      .max(64)
      .describe(`Whom to sign in as: ${loginNames.join(', ')}, or the id of a user.`),
  }),
)

export const faultInput = faultSchema
