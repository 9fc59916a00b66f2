import { afterEach, describe } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import { createTestClient, type TestClient } from './client.ts'

/** Virtual time of tests: the clock stands still here unless a test says otherwise. */
export const NOW = Date.UTC(2026, 3, 16, 8, 0, 0)

/** A mock and a client for its sandbox `default`. */
export interface Target {
  readonly mock: Mock
  readonly client: TestClient
  readonly baseUrl: string
  readonly fetch: (request: Request) => Promise<Response>
}

const opened: Mock[] = []

const nowOf = (mock: Mock) => () => mock.world.get('default')?.clock.now() ?? NOW

/** A mock without a port. */
export function inProcess(options: MockOptions = {}): Target {
  const mock = createMock({ now: NOW, ...options })
  const baseUrl = 'http://mock'
  return {
    mock,
    baseUrl,
    fetch: mock.fetch,
    client: createTestClient(baseUrl, mock.fetch, mock.credentials, nowOf(mock)),
  }
}

/** A mock on a free port; it is closed after the test. */
export async function overHttp(options: MockOptions = {}): Promise<Target> {
  const mock = createMock({ now: NOW, ...options })
  opened.push(mock)
  const { url } = await mock.listen({ port: 0 })
  return { mock, baseUrl: url, fetch, client: createTestClient(url, fetch, mock.credentials, nowOf(mock)) }
}

/** Closes every mock that a test opened. */
export async function closeAll(): Promise<void> {
  await Promise.all(opened.splice(0).map((mock) => mock.close()))
}

/** Runs the same tests in process and over a socket. */
export function describeTargets(title: string, body: (open: (options?: MockOptions) => Promise<Target>) => void): void {
  describe.each([
    ['in process', async (options?: MockOptions) => inProcess(options)],
    ['over HTTP', overHttp],
  ] as const)(`${title} (%s)`, (_, open) => {
    afterEach(closeAll)
    body(open)
  })
}
