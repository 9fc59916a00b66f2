/**
 * For Vitest: a mock for each test file and a sandbox for each test, and the contract suite as one test a check.
 *
 * @module
 */
import { test as base } from 'vitest'
import { createMock, type Mock } from './mock/create-mock.ts'
import type { MockOptions } from './mock/mock-options.ts'
import type { MockSandbox } from './mock/mock-sandbox.ts'
import type { MockSandboxOptions } from './mock/sandbox-options.ts'

export { type ContractSuiteOptions, type ContractSuiteSettings, contractSuite } from './contract-suite.ts'

/** What a test may ask for; only what it names is made. */
export interface MockFixtures {
  /** How the mock of the file is made; change it with `test.extend('mockOptions', { scope: 'file' }, () => ({ … }))`. */
  readonly mockOptions: MockOptions
  /** The mock of the file. It is closed after the last test. */
  readonly mock: Mock
  /** Where the mock listens: `http://127.0.0.1:PORT`. The port is opened for the first test that asks. */
  readonly mockUrl: string
  /** How each sandbox is made; change it with `test.extend({ sandboxOptions: { … } })`. */
  readonly sandboxOptions: MockSandboxOptions
  /** An organisation of this test alone: credentials, clock, tasks, journal, faults. It is deleted after the test. */
  readonly sandbox: MockSandbox
}

/**
 * The `test` of Vitest with a sandbox of its own for each test, so that tests run side by side against one mock.
 *
 * @example
 * test('finds the seeded users', async ({ mockUrl, sandbox, expect }) => {
 *   const headers = { Authorization: `Bearer ${sandbox.credentials.tokens.admin}` }
 *   const response = await fetch(`${mockUrl}/koodrive/ose/v1/userList?offset=0&limit=1`, { headers })
 *   expect(await response.json()).toMatchObject({ total: 200 })
 * })
 */
export const test = base.extend<MockFixtures>({
  mockOptions: [{}, { scope: 'file' }],
  mock: [
    async ({ mockOptions }, use) => {
      const mock = createMock(mockOptions)
      await use(mock)
      await mock.close()
    },
    { scope: 'file' },
  ],
  mockUrl: [
    async ({ mock }, use) => {
      const { url } = await mock.listen({ port: 0 })
      await use(url)
    },
    { scope: 'file' },
  ],
  sandboxOptions: {},
  sandbox: async ({ mock, sandboxOptions }, use) => {
    const sandbox = mock.sandbox(sandboxOptions)
    await use(sandbox)
    sandbox.delete()
  },
})
