import { z } from 'zod'
import { validated } from '../server/control/validated.ts'
import { parseIso } from '../world/instant.ts'
import type { ControlCall } from './control-call.ts'
import { sandboxArgument, schemaOf } from './tools.ts'

const accepted = z.strictObject({
  sandbox: sandboxArgument,
  only: z
    .array(z.string())
    .optional()
    .describe('Ids, beginnings of ids or tags of checks. Default: all that only read.'),
})

export const CONTRACT_TOOL = {
  name: 'run_contract',
  title: 'Run the contract suite',
  description:
    'Runs the read-only checks of the contract kit against this mock, as a sandbox has it with its scenario and readings, and answers what deviates from the documents. Its calls are in the journal of that sandbox afterwards: use one that no other test looks at. To check the real service, run `koodrive-mock contract --target URL` in a shell that has its credentials.',
  inputSchema: schemaOf(accepted),
  annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
} as const

interface SandboxAnswer {
  readonly appId: string
  readonly appSecret: string
  readonly userId: string
  readonly tokens: { readonly admin: string; readonly app: string }
  readonly clock: { readonly now: string; readonly frozen: boolean }
}

/**
 * Runs the checks as the sandbox's own administrator, by its clock.
 *
 * @throws Problem when the arguments are no `{sandbox?, only?}`; ControlError when there is no such sandbox.
 */
export async function runContractTool(call: ControlCall, input: unknown): Promise<unknown> {
  const { sandbox = 'default', only } = validated(accepted, input, 'arguments', `arguments of ${CONTRACT_TOOL.name}`)
  const { runContract } = await import('../contract/index.ts')
  const path = `/sandboxes/${encodeURIComponent(sandbox)}`
  const { appId, appSecret, userId, tokens, clock } = (await call.json('GET', path)) as SandboxAnswer
  const credentials = { appId, appSecret, userId, accessToken: tokens.admin, appAccessToken: tokens.app }
  const virtual = parseIso(clock.now)
  const now = clock.frozen && virtual !== undefined ? { now: () => virtual } : {}
  const run = runContract({ target: call.baseUrl, credentials, fetch: call.fetch, ...now, ...(only && { only }) })
  const { summary, checks } = await run.report()
  const deviating = checks.filter(
    ({ verdict }) => verdict === 'violation' || verdict === 'broken' || verdict === 'notice',
  )
  return {
    summary,
    deviating: deviating.map(({ id, title, verdict, expected, got, source }) => ({
      id,
      title,
      verdict,
      expected,
      got,
      source,
    })),
  }
}
