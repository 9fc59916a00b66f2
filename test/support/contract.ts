import { type ContractOptions, type ContractReport, runContract } from '../../src/contract/index.ts'
import type { MockOptions } from '../../src/index.ts'
import { inProcess, NOW } from './targets.ts'

/**
 * What a run against a mock is told, credentials and clock included: whoever waits moves the virtual clock. Without debug
 * headers nobody reads what is wrong with a signature, so it is not searched for: that takes most of a run.
 */
export function mockRun(options: MockOptions = {}): ContractOptions {
  const { mock, fetch } = inProcess({ maxJournal: 0, control: false, debugHeaders: false, ...options })
  const { appId, appSecret, userId, tokens } = mock.credentials
  const sandbox = mock.world.get('default')
  const now = () => sandbox?.clock.now() ?? NOW
  const wait = (ms: number) => sandbox?.execute('set-clock', { now: now() + Math.ceil(ms), frozen: true, rate: 1 })
  // Nothing of the API can import: whoever looks at the result of an import finds those of the past.
  for (const resultId of ['1215216', '1215215', '1215215'])
    sandbox?.execute('create-import-task', { resultId, by: undefined })
  wait(2000)
  const authCode = mock.defaultSandbox.authCodes.issue('admin').code
  return {
    target: 'http://127.0.0.1',
    credentials: { appId, appSecret, userId, accessToken: tokens.admin, appAccessToken: tokens.app, authCode },
    allowWrites: true,
    fetch,
    now,
    random: () => 0.25,
    sleep: async (ms) => {
      wait(ms)
    },
  }
}

/** Runs the whole suite in process against a mock. */
export const runAgainstMock = (
  mock: MockOptions = {},
  options: Partial<ContractOptions> = {},
): Promise<ContractReport> => runContract({ ...mockRun(mock), ...options }).report()
