import { z } from 'zod'
import { brief } from '../../scenarios/explain.ts'
import { faultSchema } from '../../scenarios/schema.ts'
import { once } from '../../spec/once.ts'
import { type User, userStatuses } from '../../world/directory/user.ts'
import { parseDuration } from '../../world/instant.ts'
import type { State } from '../../world/state.ts'
import { tokenKinds } from '../../world/tokens.ts'
import { toInstant, xDateInput } from './sandbox-options.ts'

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
      message: `it takes an ISO 8601 duration of weeks, days, hours, minutes and seconds that is not negative, such as PT16M, P1D or PT0.5S, not ${brief(JSON.stringify(text))}.`,
    })
    return z.NEVER
  }),
)

export const clockInput = once(() =>
  z
    .strictObject({
      now: instantOrReal().optional().describe('Virtual time in ISO 8601, or `real` for the real time.'),
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

/** Names that stand for somebody of every organisation. */
export const loginNames = ['admin', 'deptAdmin', 'user'] as const

/** Somebody who may sign in, or why not. */
export type Login = { readonly user: User } | { readonly problem: string }

function ownUser({ directory, ownUsers }: State, name: (typeof loginNames)[number]): User | undefined {
  const { number } = ownUsers[name]
  return number === undefined ? undefined : directory.userAt(number)
}

/** Whom a login names: `admin`, `deptAdmin`, `user`, or the id of a user. */
export function loginOf(state: State, login: string): Login {
  const name = loginNames.find((one) => one === login)
  const user = name === undefined ? state.directory.findById(login) : ownUser(state, name)
  if (user === undefined) {
    return {
      problem:
        name === undefined
          ? `login ${login.slice(0, 64)} is nobody of this organisation. Allowed: ${loginNames.join(', ')}, or the id of a user.`
          : `This organisation has nobody to sign in as ${name}.`,
    }
  }
  if (user.status === userStatuses.disabled)
    return { problem: `User ${user.id} is disabled (status 1) and cannot sign in.` }
  return { user }
}
