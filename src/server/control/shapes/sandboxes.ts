import { z } from 'zod'
import { faultSchema, scenarioSchema } from '../../../scenarios/schema.ts'
import { readingEntry, readingIds } from '../../../spec/readings.ts'
import { xDateTimes } from '../../../world/clock.ts'
import { tokenKinds } from '../../../world/tokens.ts'
import { LOG_FORMAT, logFile } from '../../sandboxes/log-file.ts'

const instant = z.iso.datetime().describe('Virtual time, ISO 8601.')
const tokenFields = Object.fromEntries(tokenKinds.map((kind) => [kind, z.string()])) as Record<string, z.ZodString>

/** What a clock shows. */
export const clockView = z
  .object({
    now: instant,
    frozen: z.boolean().describe('Whether it stands still.'),
    rate: z.number().describe('Virtual seconds per real second.'),
    xDate: z.enum(xDateTimes).describe('Time by which X-Date is judged.'),
  })
  .meta({ id: 'Clock' })

/** The credentials of a sandbox. */
export const credentialsView = z
  .object({
    id: z.string().describe('Id of the sandbox.'),
    appId: z.string(),
    appSecret: z.string(),
    userId: z.string().describe('System administrator, for X-User-Id.'),
    tokens: z.object(tokenFields).describe('An access token for each role, and one of the application.'),
  })
  .meta({ id: 'Credentials' })

const realInstant = z.iso.datetime().describe('Real time, ISO 8601.')

/** What people and programs know a sandbox by. */
const identity = {
  name: z.string().nullable().describe('Its name; null when it has none.'),
  labels: z.record(z.string(), z.string()),
  createdAt: realInstant,
  lastUsedAt: realInstant.describe(
    'Real time, ISO 8601: when a client of the service last called it, or the control plane changed it.',
  ),
}

/** A sandbox in a list. */
export const sandboxSummary = z
  .object({
    id: z.string(),
    ...identity,
    scenario: z.string().describe('Name of the scenario.'),
    clock: clockView,
    tasks: z.int().describe('Number of batch tasks.'),
  })
  .meta({ id: 'SandboxSummary' })

/** The answer to every reading. */
export const readingsView = z
  .object(Object.fromEntries(readingIds.map((id) => [id, z.string().describe(readingEntry(id).question)])))
  .meta({ id: 'Readings' })

/** A sandbox as a whole. */
export const sandboxView = credentialsView
  .extend({
    ...identity,
    seed: z.int(),
    scenario: z.string().describe('Name of the scenario.'),
    readings: readingsView,
    clock: clockView,
    settings: z.object({
      users: z.int(),
      departments: z.int(),
      rowsPerSecond: z.number(),
      allocateSpaceGb: z.int(),
      tokenLifeSeconds: z.number(),
      tokensSlide: z.boolean().describe('Whether each call extends the life of its token.'),
    }),
    counts: z.object({
      users: z.int(),
      departments: z.int(),
      freeCapacityGb: z.number(),
      tasks: z.int(),
      tokens: z.int(),
      faults: z.int(),
      requests: z.int().describe('Requests numbered so far.'),
      commands: z.int().describe('Commands carried out so far.'),
    }),
  })
  .meta({ id: 'Sandbox' })

/** A scenario as it is played. */
export const scenarioView = scenarioSchema().meta({ id: 'Scenario', description: 'A situation as data.' })

/** Progress of a batch task. */
export const taskView = z
  .object({
    taskId: z.string(),
    status: z.string().describe('0 new, 1 running, 2 done, 3 failed.'),
    totalCount: z.int(),
    successCount: z.int(),
    failCount: z.int(),
    skipCount: z.int(),
    createdAt: instant,
    finishedAt: instant.nullable().describe('Virtual time, ISO 8601; null while it runs.'),
  })
  .meta({ id: 'Task' })

/** A batch task with the rows settled so far. */
export const taskDetail = taskView
  .extend({
    rows: z.array(
      z.object({
        id: z.string().describe('Subtask id.'),
        phone: z.string(),
        outcome: z.string().describe('What became of the row.'),
        userId: z.string().optional().describe('The new user, or the one that exists.'),
        code: z.string().optional().describe('Error code; absent after a success.'),
      }),
    ),
  })
  .meta({ id: 'TaskDetail' })

const faultState = {
  faultId: z.string(),
  since: instant,
  inForce: z.boolean().describe('Whether it can be injected now.'),
  calls: z.int().describe('Calls it has seen: those of its operation while it was in force.'),
  injected: z.int().describe('Calls it was injected into.'),
  struck: z.int().describe('The same as `injected`, which to use instead.').meta({ deprecated: true }),
}
const [firstKind, ...otherKinds] = faultSchema().options

/** A fault, what it takes, and the calls it has seen. */
export const faultView = z
  .discriminatedUnion('kind', [firstKind.extend(faultState), ...otherKinds.map((kind) => kind.extend(faultState))])
  .meta({ id: 'FaultState' })

/** A token that was issued. */
export const issuedToken = z
  .object({
    token: z.string(),
    kind: z.enum(tokenKinds),
    expiresAt: instant.nullable().describe('Virtual time, ISO 8601; null for a token that lives for ever.'),
  })
  .meta({ id: 'IssuedToken' })

/** An authorization code that was issued. */
export const issuedAuthCode = z
  .object({
    code: z.string(),
    expiresAt: instant.describe('Virtual time, ISO 8601.'),
  })
  .meta({ id: 'IssuedAuthCode' })

/** The log of a sandbox. */
export const exportedLog = logFile().meta({ id: 'Log', description: `A file of the format ${LOG_FORMAT}.` })
