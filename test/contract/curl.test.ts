import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { runContract } from '../../src/contract/index.ts'
import { createMock, type Mock } from '../../src/index.ts'
import { sample } from '../support/judge.ts'
import { shellFor } from '../support/pasted.ts'

const shell = promisify(execFile)

/** Mutants that let in what a right service refuses; the checks that see it send very different things. */
const cases = [
  ['signature.date-form-unchecked', 'authentication.date.malformed-date'],
  ['signature.date-stale-accepted', 'authentication.date.stale-date'],
  ['signature.date-absent-accepted', 'authentication.date.no-date'],
  ['signature.unsigned-headers-accepted', 'authentication.signature.unsigned-headers'],
  ['signature.listed-header-absent-accepted', 'authentication.signature.absent-signed-header'],
  ['signature.sdk-scheme-accepted', 'authentication.signature.other-scheme'],
  ['signature.app-id-unchecked', 'authentication.signature.unknown-app-id'],
  ['signature.half-compared', 'authentication.signature.second-half'],
  ['signature.query-unbound', 'authentication.signature.tampered-query'],
  ['signature.user-id-unbound', 'authentication.signature.exchanged-user-id'],
  ['signature.body-unbound', 'authentication.signature.tampered-body'],
  ['token.beginning-compared', 'authentication.token.longer'],
  ['token.unknown-accepted', 'list-users.unknown-token'],
  ['list-users.limit-101-taken', 'list-users.limit.range'],
  ['create-batch-provisioning-task.list-limit-high', 'create-batch-provisioning-task.more-than-thousand-users'],
  ['create-batch-provisioning-task.firstname-object-taken', 'create-batch-provisioning-task.firstname.type'],
] as const

describe('the line that repeats a violation or a notice', () => {
  let mock: Mock
  afterEach(() => mock.close())

  it.each(sample(cases, 4))(
    'of %s does so when it is pasted into a shell',
    { timeout: 60_000 },
    async (mutant, check) => {
      mock = createMock({ mutant })
      const { url } = await mock.listen({ port: 0 })
      const { appId, appSecret, userId, tokens } = mock.credentials
      const { checks } = await runContract({
        target: url,
        credentials: { appId, appSecret, userId, accessToken: tokens.admin, appAccessToken: tokens.app },
        only: [check],
        allowWrites: true,
      }).report()
      const result = checks.find(({ id }) => id === check)
      expect(['violation', 'notice']).toContain(result?.verdict)
      const { stdout } = await shell('bash', ['-c', result?.curl ?? 'false'], {
        env: shellFor(url, mock.credentials),
        maxBuffer: 10_000_000,
      })
      const proof = result?.exchanges.at(-1)?.response
      // A refusal by the signature would look right from its status alone under some readings, so the code counts too.
      const code = (text: string) => /"code":\s*"?(\d+)"?[,}]/.exec(text)?.[1]
      expect(stdout).toContain(`HTTP/1.1 ${proof?.status}`)
      if (proof !== undefined && !proof.body.includes('…')) expect(code(stdout), stdout).toBe(code(proof.body))
    },
  )
})
