import { formatXDate, sign } from '../../src/signing/index.ts'
import type { Credentials } from '../../src/world/config.ts'

/** An answer as a test looks at it. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; ids are text in it, so nothing is lost. */
  readonly json: any
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
}

/** Sends what a test says, signed or with a token, to a mock in process or over a socket. */
export interface TestClient {
  readonly send: (method: string, path: string, options?: CallOptions) => Promise<Reply>
  /** With an app signature, dated by the clock of the sandbox. */
  readonly signed: (method: string, path: string, options?: CallOptions) => Promise<Reply>
  /** With the system administrator's token. */
  readonly get: (path: string, options?: CallOptions) => Promise<Reply>
  readonly post: (path: string, body: unknown, options?: CallOptions) => Promise<Reply>
}

const BASE = '/koodrive/ose/v1'

/** Paths of the operations, for tests. */
export const paths = {
  create: `${BASE}/user/batchRegister/create`,
  query: `${BASE}/user/batchRegister/get`,
  preverify: `${BASE}/users/batchimport/preverify`,
  users: `${BASE}/userList`,
  spaces: `${BASE}/space/userList`,
} as const

export function createTestClient(
  baseUrl: string,
  fetch: (request: Request) => Promise<Response>,
  credentials: Credentials,
  now: () => number,
): TestClient {
  const send: TestClient['send'] = async (method, path, { headers = {}, body } = {}) => {
    const response = await fetch(
      new Request(baseUrl + path, {
        method,
        headers,
        redirect: 'manual',
        ...(body !== undefined && { body: body as NonNullable<RequestInit['body']> }),
      }),
    )
    const text = await response.text()
    return { status: response.status, headers: response.headers, text, json: toJson(text) }
  }
  const signed: TestClient['signed'] = (method, path, { headers = {}, body } = {}) => {
    const url = baseUrl + path
    const own = { 'X-Date': formatXDate(now()), 'X-User-Id': credentials.userId, Host: new URL(url).host, ...headers }
    const { authorization } = sign({ method, url, headers: own, body }, credentials)
    return send(method, path, { headers: { Authorization: authorization, ...own }, body })
  }
  const bearer = { Authorization: `Bearer ${credentials.tokens.admin}` }
  return {
    send,
    signed,
    get: (path, { headers = {} } = {}) => send('GET', path, { headers: { ...bearer, ...headers } }),
    post: (path, body, { headers = {} } = {}) =>
      send('POST', path, { headers: { ...bearer, ...headers }, body: JSON.stringify(body) }),
  }
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
