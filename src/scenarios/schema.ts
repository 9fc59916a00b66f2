import { z } from 'zod'
import { once } from '../spec/once.ts'
import { operations } from '../spec/operations.ts'
import { readingIds, toReadings } from '../spec/readings.ts'
import { checkErrorFault, errorFaultShape, rowError } from './error-choice.ts'

/** Numbers that options of a sandbox say too. */
export const userCount = () => z.int().min(0).max(10_000_000)
export const departmentCount = () => z.int().min(1).max(10_000)
export const rowsPerSecond = () => z.number().min(0.001).max(1_000_000)

const seconds = () => z.number().min(0).max(31_536_000)
const fraction = () => z.number().min(0).max(1)
const count = () => z.int().min(1)
const operationIds = () => z.enum(operations.map(({ operationId }) => operationId))

/** A department of an organisation besides the seeded ones. */
const department = () =>
  z.strictObject({
    name: z.string().min(1).max(20).describe('Name, at most 20 characters.'),
    id: z
      .string()
      .regex(/^[1-9]\d{0,18}$/, '1 to 19 digits that do not begin with 0')
      .optional()
      .describe('Id; one is made when absent.'),
    parent: z.string().optional().describe('Name or id of the parent; the root department when absent.'),
  })

/** A user of an organisation besides the seeded ones. */
const user = () =>
  z.strictObject({
    name: z.string().min(1).describe('Name.'),
    phone: z.string().min(1).describe('Mobile number, exactly as stored.'),
    department: z.string().optional().describe('Name or id of the department; the root department when absent.'),
    role: z
      .int()
      .min(0)
      .max(5)
      .optional()
      .describe('0 department administrator, 1 common user, 2 system administrator.'),
    status: z.int().min(0).max(7).optional().describe('0 enabled, 1 disabled, 2 not activated.'),
    spaceGb: z.int().min(0).optional().describe('Individual space in GB; 0 for none.'),
    spaceStatus: z.enum(['0', '1']).optional().describe('0 normal, 1 disabled.'),
  })

const directory = () =>
  z.strictObject({
    users: userCount().optional().describe('Number of seeded users.'),
    departments: departmentCount().optional().describe('Number of seeded departments, the root included.'),
    freeCapacityGb: z.number().min(0).optional().describe('Capacity that is not allocated to anybody, in GB.'),
    departmentSpaceGb: z
      .int()
      .min(0)
      .optional()
      .describe('Team space of each department but the root in GB; 0 for none.'),
    extraDepartments: z.array(department()).optional().describe('Departments by name.'),
    extraUsers: z.array(user()).optional().describe('Users by name.'),
    arrivals: z
      .strictObject({
        everySeconds: z.number().min(0.001).optional().describe('Virtual seconds from one arrival to the next.'),
        everyPages: count().optional().describe('A user joins after every nth page that a client reads.'),
        count: count().max(100_000).describe('How many arrive in all.'),
        position: z.enum(['first', 'last']).default('last').describe('Where in the list they appear.'),
      })
      .optional()
      .describe('Users that somebody else adds while a client works.'),
  })

/** Which rows of a batch a rule is about: all conditions given must hold. */
const rowMatch = () =>
  z.strictObject({
    every: count().optional().describe('Every nth row of the batch.'),
    from: z.int().min(0).optional().describe('Rows from this index on, counted from 0.'),
    phone: z.string().optional().describe('Rows whose phone contains this string.'),
  })

const rowRule = () =>
  z.strictObject({
    rows: rowMatch().describe('Which rows.'),
    outcome: z
      .enum(['success', 'exists', 'rival', 'fail', 'task-fails'])
      .describe(
        'success; exists: the phone has had a user for long; rival: somebody else creates the user just before; fail; task-fails: the whole task stops here.',
      ),
    error: rowError().optional(),
    seconds: seconds().optional().describe('Virtual seconds that the row takes.'),
  })

const batch = () =>
  z.strictObject({
    startDelaySeconds: seconds().optional().describe('Virtual seconds a task stays new.'),
    rowsPerSecond: rowsPerSecond().optional().describe('Rows settled per virtual second.'),
    rules: z
      .array(rowRule())
      .max(200)
      .optional()
      .describe('Row outcomes, at most 200; the first that matches decides.'),
    stopAfterRows: z.int().min(0).optional().describe('The task stays running for ever after so many rows.'),
    stopAfterFraction: fraction().optional().describe('The task stays running for ever after this part of its rows.'),
    finalStatus: z.enum(['done', 'failed']).optional().describe('How a task ends whose rows are all settled.'),
    allocateSpaceGb: z.int().min(0).optional().describe('Space of a provisioned user in GB; 0 allocates none.'),
    magicPhones: z.boolean().optional().describe('Whether the phones 19990000000 to 19990000999 steer outcomes.'),
  })

const authentication = () =>
  z.strictObject({
    tokenLifeSeconds: seconds().min(1).optional().describe('Life of a token in virtual seconds.'),
    tokensSlide: z.boolean().optional().describe('Whether each call extends the life of its token.'),
    defaultTokensExpire: z.boolean().optional().describe('Whether the well-known tokens expire too.'),
    clockOffsetSeconds: z
      .number()
      .min(-31_536_000)
      .max(31_536_000)
      .optional()
      .describe('How far the clock of the service is ahead of the real time.'),
  })

const latency = () =>
  z.union([
    z.strictObject({ ms: z.number().min(0).max(600_000).describe('Fixed delay in milliseconds.') }),
    z.strictObject({
      minMs: z.number().min(0).max(600_000).describe('Shortest delay in milliseconds.'),
      maxMs: z.number().min(0).max(600_000).describe('Longest delay in milliseconds.'),
    }),
    z.strictObject({
      medianMs: z.number().min(0).max(600_000).describe('Median of a log-normal delay in milliseconds.'),
      sigma: z.number().min(0).max(3).describe('Spread of the log-normal delay.'),
    }),
  ])

/** When a fault is injected decides what a client that retries finds. */
const strikes = () =>
  z
    .enum(['before', 'after'])
    .optional()
    .describe(
      'before (default): the request never reaches the service and has no effect; after: the service has carried it out, only the answer suffers.',
    )

/** Kinds of fault and what each takes. */
const kinds = () =>
  [
    z.strictObject({
      kind: z.literal('latency'),
      strikes: strikes(),
      delay: latency().describe('How long the answer waits.'),
    }),
    z.strictObject({
      kind: z.literal('error'),
      strikes: strikes(),
      ...errorFaultShape(),
      retryAfterSeconds: z
        .int()
        .min(0)
        .optional()
        .describe('Value of Retry-After; with status 503 and forSeconds the rest of the outage when absent.'),
    }),
    z.strictObject({
      kind: z.literal('throttle'),
      quota: z.int().min(0).optional().describe('Calls that pass in each window; 0 refuses all.'),
      windowSeconds: z.number().min(0.001).optional().describe('Length of a window in virtual seconds.'),
      retryAfterSeconds: z
        .int()
        .min(0)
        .optional()
        .describe('Value of Retry-After; the rest of the window when absent.'),
    }),
    z.strictObject({
      kind: z.literal('reset'),
      strikes: strikes(),
      afterBytes: z
        .int()
        .min(0)
        .optional()
        .describe(
          'Bytes of the body sent before the connection is reset; the service has carried the request out then.',
        ),
    }),
    z.strictObject({ kind: z.literal('truncate'), fraction: fraction().optional().describe('Part of the body sent.') }),
    z.strictObject({ kind: z.literal('malformed') }),
    z.strictObject({
      kind: z.literal('drip'),
      chunkBytes: z.int().min(1).optional().describe('Bytes of a piece.'),
      everyMs: z.number().min(0).max(60_000).optional().describe('Pause between two pieces in milliseconds.'),
    }),
  ] as const

const faultScope = () => ({
  operation: operationIds().optional().describe('Only this operation.'),
  nth: count().optional().describe('Only the nth matching call.'),
  every: count().optional().describe('Every so many matching calls, beginning with the first.'),
  times: count().optional().describe('At most so many times.'),
  probability: fraction().optional().describe('Chance of each matching call, drawn from the seed.'),
  afterSeconds: seconds().optional().describe('Virtual seconds until the fault begins.'),
  forSeconds: seconds().optional().describe('Virtual seconds that the fault lasts.'),
  everySeconds: z
    .number()
    .min(0.001)
    .max(31_536_000)
    .optional()
    .describe('The fault comes back so often, for forSeconds each time.'),
})

/** A fault: its kind, what the kind takes, and the calls it hits. */
export const faultSchema = once(() => {
  const [latencyKind, errorKind, throttleKind, resetKind, truncateKind, malformedKind, dripKind] = kinds()
  const scope = faultScope()
  return z
    .discriminatedUnion('kind', [
      latencyKind.extend(scope),
      errorKind.extend(scope),
      throttleKind.extend(scope),
      resetKind.extend(scope),
      truncateKind.extend(scope),
      malformedKind.extend(scope),
      dripKind.extend(scope),
    ])
    .superRefine(checkErrorFault)
})
/** The kinds of fault. */
export const faultKinds = () => kinds().map(({ shape }) => shape.kind.value)

const readingsSchema = () =>
  z.partialRecord(z.enum(readingIds), z.union([z.string(), z.number()])).superRefine((chosen, context) => {
    try {
      toReadings(chosen)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    }
  })

/** The format of a scenario file. */
export const scenarioSchema = once(() =>
  z.strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'at most 64 lower-case letters, digits and hyphens')
      .default('custom')
      .describe('Name: lower case, digits, hyphens.'),
    title: z.string().min(1).default('A scenario of your own').describe('One line for lists.'),
    teaches: z.string().optional().describe('What an integrator learns from it.'),
    directory: directory().optional().describe('The organisation.'),
    batch: batch().optional().describe('How batch tasks run.'),
    authentication: authentication().optional().describe('Tokens and the clock of the service.'),
    readings: readingsSchema().optional().describe('Readings by id.'),
    faults: z.array(faultSchema()).optional().describe('Faults that are active from the start.'),
    limits: z
      .strictObject({
        retainedTaskRows: z.int().min(1).optional().describe('Rows of finished tasks kept; the oldest tasks go first.'),
      })
      .optional()
      .describe('Bounds of what is kept.'),
  }),
)

/** The format of a scenario file as JSON Schema, so that editors complete and check it. */
export function scenarioJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema(), { io: 'input', target: 'draft-2020-12' })
  return {
    $schema,
    title: 'koodrive-mock scenario',
    description: 'A situation that the mock plays: organisation, batches, authentication, readings, faults.',
    ...schema,
  }
}
