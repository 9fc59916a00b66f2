import { z } from 'zod'
import { once } from '../../spec/once.ts'
import { tokenKinds } from '../../world/tokens.ts'
import { SANDBOX_ID } from '../../world/world.ts'

/** Labels of a sandbox. */
const LABELS_MAX = 32
const KEY = /^[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,61}[A-Za-z0-9])?$/
const keyRule = 'a label key has 1 to 63 letters, digits, dots, slashes, underscores and hyphens, such as owner'
/** No control characters, and no space at either end, which nobody sees. */
const LINE = /^(?!\s)[^\p{Cc}\p{Zl}\p{Zp}]*(?<!\s)$/u

/** Text of one line. */
const line = (max: number) =>
  z.string().max(max).regex(LINE, 'one line without control characters, and without a space at either end')

/** Stands for requests that belong to no sandbox: `UNATTRIBUTED` of the journals. */
const TAKEN = 'unattributed'
const ID_RULE = '1 to 64 lower-case letters, digits and hyphens, with no hyphen at either end'
/** What fits into the documented Authorization header. */
const WORD = /^[A-Za-z0-9._~-]+$/
const word = (min: number, max: number) =>
  z.string().min(min).max(max).regex(WORD, `${min} to ${max} letters, digits, dots, underscores, tildes and hyphens`)

export const labelsInput = once(() =>
  z
    .record(z.string(), line(256))
    .superRefine((labels, context) => {
      const keys = Object.keys(labels)
      const wrong = keys.find((key) => !KEY.test(key))
      if (wrong !== undefined)
        context.addIssue({ code: 'custom', message: `${keyRule}, not ${JSON.stringify(wrong)}.` })
      if (keys.length > LABELS_MAX) {
        context.addIssue({ code: 'custom', message: `a sandbox has at most ${LABELS_MAX} labels, not ${keys.length}.` })
      }
    })
    .describe(`Labels for people and searches, such as {"owner": "payments", "ci": "run-42"}: at most ${LABELS_MAX}.`),
)

const credentialsInput = once(() =>
  z
    .strictObject({
      appId: word(1, 128)
        .optional()
        .describe('AppId: 1 to 128 letters, digits, dots, underscores, tildes and hyphens.'),
      appSecret: line(256).min(1).optional().describe('AppSecret: 1 to 256 characters.'),
      userId: z
        .string()
        .regex(/^[1-8]\d{18}$/, '19 digits, the first of them 1 to 8')
        .optional()
        .describe('System administrator, for X-User-Id: 19 digits, the first of them 1 to 8.'),
      tokens: z
        .strictObject(
          Object.fromEntries(tokenKinds.map((kind) => [kind, word(8, 512).optional()])) as Record<
            (typeof tokenKinds)[number],
            z.ZodOptional<z.ZodString>
          >,
        )
        .refine(
          (tokens) => {
            const given = Object.values(tokens).filter((token) => token !== undefined)
            return new Set(given).size === given.length
          },
          { message: 'each token stands for one role: give four different ones.' },
        )
        .optional()
        .describe(
          'Access tokens of 8 to 512 letters, digits, dots, underscores, tildes and hyphens. With any of them here, the tokens of the sandbox live as long as it does.',
        ),
    })
    .describe('Credentials for this sandbox; those left out are generated. 409 when another sandbox uses one of them.'),
)

/** A name of a sandbox. */
export const nameText = once(() =>
  line(100)
    .min(1)
    .refine((name) => name !== TAKEN, { message: `"${TAKEN}" stands for requests that belong to no sandbox.` }),
)

/** What a sandbox is told from others by. */
export const identityShape = once(() => ({
  id: z
    .string()
    .regex(SANDBOX_ID, ID_RULE)
    .refine((id) => id !== TAKEN, { message: `"${TAKEN}" stands for requests that belong to no sandbox.` })
    .optional()
    .describe(
      `Id, in the paths of the control plane: ${ID_RULE}. Default: the name where it has that form, else drawn.`,
    ),
  name: nameText().optional().describe('Name, unique among the sandboxes: one line of 1 to 100 characters.'),
  labels: labelsInput().optional(),
  credentials: credentialsInput().optional(),
}))

/** A {@link SandboxFilter} as a query. */
export const sandboxFilter = once(() =>
  z.strictObject({
    label: z
      .string()
      .min(1)
      .optional()
      .describe(
        'Label that they have: KEY=VALUE (or KEY:VALUE), or KEY with any value. Several with commas: all of them.',
      ),
    name: z.string().min(1).optional().describe('Name that one of them has.'),
    search: z
      .string()
      .min(1)
      .optional()
      .describe('Text in the id, the name, a label or the name of the scenario; upper and lower case are the same.'),
  }),
)
