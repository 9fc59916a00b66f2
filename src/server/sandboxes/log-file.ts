import { z } from 'zod'
import { routesSchema } from '../../routes/schema.ts'
import { departmentCount, faultSchema, rowsPerSecond, scenarioSchema, userCount } from '../../scenarios/schema.ts'
import { limits } from '../../spec/limits.ts'
import { once } from '../../spec/once.ts'
import { xDateTimes } from '../../world/clock.ts'
import type { Command, CommandType } from '../../world/commands.ts'
import { FIRST_INSTANT, LAST_INSTANT } from '../../world/instant.ts'
import { tokenKinds } from '../../world/tokens.ts'
import { labelsInput, nameText } from './identity-input.ts'

export const LOG_FORMAT = 'koodrive-mock-log'
/** Changes whenever an older log would no longer give the same bytes. */
export const LOG_VERSION = 3

const at = () => z.int().min(FIRST_INSTANT).max(LAST_INSTANT)
const text = () => z.string()
const readings = () => z.record(text(), text())

const rows = () =>
  z
    .array(z.strictObject({ phone: text(), name: text(), problem: z.enum(['phone', 'email', 'password']).optional() }))
    .max(limits.userListMax)

const owner = () => ({ ownerId: text(), spaceType: z.int().min(0).max(2) })
/** The `userId` of a member of OrgID, as createUser takes it. */
const memberId = () => z.string().regex(/^[1-9]\d{0,19}$/, '1 to 20 digits that do not begin with 0')
const gigabytes = () => z.int().min(0).max(Number.MAX_SAFE_INTEGER)

/** What each command of a log carries besides its type and its time. */
const payloads = () =>
  ({
    'create-task': { userId: text(), rows: rows() },
    'complete-task': { taskId: text() },
    'fail-task': { taskId: text() },
    'issue-token': { kind: z.enum(tokenKinds), lifeMs: z.number().optional() },
    'use-token': { token: text() },
    'revoke-token': { token: text() },
    'set-clock': { now: at(), frozen: z.boolean(), rate: z.number().gt(0), xDate: z.enum(xDateTimes).optional() },
    'set-scenario': { scenario: scenarioSchema(), outlivesReset: z.boolean().optional() },
    'set-readings': { readings: readings() },
    'add-fault': { fault: faultSchema() },
    'remove-fault': { faultId: text() },
    'clear-faults': {},
    'meet-faults': { operationId: text() },
    'set-routes': { routes: routesSchema(), outlivesReset: z.boolean().optional() },
    'meet-route': { routeId: text(), takesId: z.boolean().optional() },
    'read-page': {},
    'create-department': { name: text(), parentId: text(), by: text().optional() },
    'update-department': { departmentId: text(), name: text(), parentId: text() },
    'delete-department': { departmentId: text(), movesToParent: z.boolean().optional() },
    'create-user': { orgUserId: memberId(), departmentId: text().optional(), role: z.int().optional() },
    'update-user': {
      userId: text(),
      departmentId: text().optional(),
      role: z.int().optional(),
      status: z.int().optional(),
    },
    'delete-user': { userId: text(), by: text().optional() },
    'create-space': { ...owner(), capacityGb: gigabytes(), by: text().optional() },
    'update-space': {
      ...owner(),
      containerId: text().optional(),
      capacityGb: gigabytes().optional(),
      status: z.enum(['0', '1']).optional(),
      by: text().optional(),
    },
    'delete-space': { ...owner(), containerId: text().optional() },
    'create-transfer-task': { srcUserId: text(), dstUserId: text(), by: text().optional() },
    'create-import-task': { resultId: text(), by: text().optional() },
    'create-auth-code': { userId: text() },
    'create-session': { code: text() },
    'refresh-session': { token: text(), sessionId: text(), endsToken: z.boolean() },
    'end-session': { token: text() },
  }) as const satisfies Record<CommandType, z.ZodRawShape>

/** One of them. */
export const loggedCommand = once(() => {
  const [first, ...others] = Object.entries(payloads()).map(([type, payload]) =>
    z.strictObject({ type: z.literal(type as CommandType), at: at(), ...payload }),
  )
  return z.discriminatedUnion('type', [first as NonNullable<typeof first>, ...others])
})

const credentials = () =>
  z.strictObject({
    appId: z.string().min(1),
    appSecret: z.string().min(1),
    userId: z.string().regex(/^[1-9]\d{0,18}$/, '1 to 19 digits that do not begin with 0'),
    tokens: z.strictObject({ admin: text().min(1), deptAdmin: text().min(1), user: text().min(1), app: text().min(1) }),
  })

/** What a sandbox was made from. */
export const sandboxConfig = once(() =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]{1,64}$/, 'at most 64 lower-case letters, digits and hyphens'),
    name: nameText().optional(),
    labels: labelsInput().optional(),
    origin: text().optional(),
    seed: z.int().min(0),
    credentials: credentials(),
    scenario: scenarioSchema(),
    readings: readings(),
    routes: routesSchema().optional(),
    users: userCount().optional(),
    departments: departmentCount().optional(),
    rowsPerSecond: rowsPerSecond().optional(),
    startedAt: at(),
    startsFrozen: z.boolean(),
    xDate: z.enum(xDateTimes).optional(),
    lastingTokens: z.boolean(),
    withReferenceData: z.boolean(),
  }),
)

/** Commands in the order in which they were carried out. */
export const commandList = once(() => z.array(loggedCommand()))

/** The log of a sandbox as one file: with it, the organisation can be repeated anywhere to the same bytes. */
export const logFile = once(() =>
  z.strictObject({
    format: z.literal(LOG_FORMAT),
    version: z.literal(LOG_VERSION),
    mock: text().describe('Version of the mock that wrote it.'),
    exportedAt: text().describe('Virtual time of the export.'),
    requests: z.int().min(0).describe('Requests numbered so far.'),
    config: sandboxConfig(),
    commands: commandList(),
  }),
)

/** A command as a file holds it: the rows of a batch as a list. */
export const toFile = (command: Command): Command =>
  command.type === 'create-task' ? { ...command, rows: [...command.rows] } : command
