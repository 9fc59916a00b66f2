import { describe, expect, onTestFinished } from 'vitest'
import { createMock } from '../../src/index.ts'
import { managementOperations } from '../../src/spec/operations.ts'
import { judge, run } from '../support/judge.ts'
import { root } from '../support/source-files.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const folder = `${root}test/judges/schemathesis/`
const PHASES = ['Examples', 'Coverage', 'Fuzzing', 'Stateful']

/** Management operations that change or end something: random input would take away what the others look at. */
const writes = managementOperations
  .filter(({ method, operationId }) => method !== 'GET' || operationId === 'logout')
  .map(({ operationId }) => operationId)

/** Random input of one operation and phase; the seed stands in the configuration file. */
const MAX_EXAMPLES = '60'

describe('the running mock', () => {
  judge(
    'keeps what its OpenAPI document says, by every check and phase of Schemathesis',
    'schemathesis',
    async (schemathesis) => {
      const mock = createMock()
      onTestFinished(() => mock.close())
      const { url } = await mock.listen({ port: 0 })
      const { appId, appSecret, userId, tokens } = mock.credentials
      const printed = await run(
        schemathesis,
        [
          ...['--config-file', `${folder}schemathesis.toml`],
          ...['run', `${root}openapi.json`, '--url', url, '--no-color', '--max-examples', MAX_EXAMPLES],
          ...writes.flatMap((operationId) => ['--exclude-operation-id', operationId]),
        ],
        {
          cwd: folder,
          env: {
            PYTHONDONTWRITEBYTECODE: '1',
            HYPOTHESIS_STORAGE_DIRECTORY: temporaryFolder(),
            KOODRIVE_BASE_URL: url,
            KOODRIVE_APP_ID: appId,
            KOODRIVE_APP_SECRET: appSecret,
            KOODRIVE_USER_ID: userId,
            KOODRIVE_ACCESS_TOKEN: tokens.admin,
          },
        },
      )
      expect(printed).toContain('No issues found')
      for (const phase of PHASES) expect(printed).toContain(`✅ ${phase}`)
      expect(printed).toMatch(/API Links:\s+3 covered/)
    },
    10,
  )
})
