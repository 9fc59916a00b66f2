import { afterEach } from 'vitest'
import { createMock, type Mock, type MockOptions } from '../../src/index.ts'
import type { Credentials } from '../../src/world/config.ts'
import { createTestClient, paths, type TestClient } from './client.ts'
import { NOW } from './targets.ts'

/** An answer of the control plane. */
interface ControlReply {
  readonly status: number
  readonly type: string | null
  readonly json: any
}

/** A sandbox with a client that dates its requests by the clock of the sandbox. */
export interface TestSandbox extends TestClient {
  readonly id: string
  readonly credentials: Credentials
  /** Calls the control plane below `sandboxes/:id`. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<ControlReply>
  readonly advance: (by: string) => Promise<ControlReply>
  /** Provisions phones; gives the task id. */
  readonly provision: (...phones: string[]) => Promise<string>
  readonly task: (taskId: string, query?: string) => Promise<any>
}

export interface ControlServer {
  readonly mock: Mock
  readonly url: string
  readonly call: (method: string, path: string, body?: unknown) => Promise<ControlReply>
  readonly sandbox: (options?: object) => Promise<TestSandbox>
}

const opened: Mock[] = []

/** A mock on a free port, driven through its control plane. Closed after the test. */
export async function controlServer(options: MockOptions = {}): Promise<ControlServer> {
  const mock = createMock({ now: NOW, ...options })
  opened.push(mock)
  const { url } = await mock.listen({ port: 0 })
  const call: ControlServer['call'] = async (method, path, body) => {
    const response = await fetch(`${url}/__admin/${path}`, {
      method,
      ...(body !== undefined && {
        body: typeof body === 'string' ? body : JSON.stringify(body),
        headers: { 'Content-Type': 'application/json' },
      }),
    })
    const text = await response.text()
    return { status: response.status, type: response.headers.get('content-type'), json: text && JSON.parse(text) }
  }
  return {
    mock,
    url,
    call,
    async sandbox(given = {}) {
      const { status, json } = await call('POST', 'sandboxes', given)
      if (status !== 201) throw new Error(`no sandbox: ${JSON.stringify(json)}`)
      return sandboxClient(mock, url, call, json)
    },
  }
}

export function closeServers(): void {
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((mock) => mock.close()))
  })
}

function sandboxClient(mock: Mock, url: string, call: ControlServer['call'], created: any): TestSandbox {
  const { id, ...credentials } = created
  const client = createTestClient(url, fetch, credentials, () => mock.world.get(id)?.clock.now() ?? NOW)
  const control: TestSandbox['control'] = (method, path, body) => call(method, `sandboxes/${id}${path}`, body)
  return {
    ...client,
    id,
    credentials,
    control,
    advance: (by) => control('POST', '/clock/advance', { by }),
    async provision(...phones) {
      const userList = phones.map((phone) => ({ firstname: `User ${phone}`, phone }))
      const reply = await client.signed('POST', paths.create, { body: JSON.stringify({ userList }) })
      if (reply.status !== 200) throw new Error(`no task: ${reply.status} ${reply.text}`)
      return reply.json.data
    },
    async task(taskId, query = '') {
      return (await client.signed('GET', `${paths.query}?taskId=${taskId}${query}`)).json.data
    },
  }
}
