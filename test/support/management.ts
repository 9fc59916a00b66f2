import type { Reply } from './client.ts'
import type { Target } from './targets.ts'

const BASE = '/koodrive/ose/v1'

/** Calls the management operations of a mock as somebody. */
export interface ManagementClient {
  readonly call: (method: string, path: string, body?: unknown) => Promise<Reply>
  /** The same, and expects a success. */
  readonly ok: (method: string, path: string, body?: unknown) => Promise<any>
  readonly authorization: string
}

/** A client that sends an Authorization header as it is; the system administrator's token by default. */
export function management(
  { client, mock }: Target,
  authorization = `Bearer ${mock.credentials.tokens.admin}`,
): ManagementClient {
  const call: ManagementClient['call'] = (method, path, body) =>
    client.send(method, BASE + path, {
      headers: { ...(authorization !== '' && { Authorization: authorization }) },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    })
  return {
    call,
    authorization,
    async ok(method, path, body) {
      const reply = await call(method, path, body)
      if (reply.status !== 200 || Number(reply.json?.code) !== 0) {
        throw new Error(`${method} ${path}: ${reply.status} ${reply.text} ${reply.headers.get('x-mock-diagnosis')}`)
      }
      return reply.json
    },
  }
}

/** An authorization code, as the sign-in page gives it. */
export async function authCode({ client }: Target, login: string): Promise<string> {
  const { headers } = await client.send('GET', `/oauth2/authorize?login=${encodeURIComponent(login)}`)
  return new URL(headers.get('location') ?? '').searchParams.get('code') ?? ''
}

/** Signs somebody in: `admin`, `deptAdmin`, `user`, or the id of a user. */
export async function signIn(target: Target, login: string) {
  const guest = management(target, '')
  const { data } = await guest.ok('POST', '/session', { code: await authCode(target, login) })
  return { ...management(target, data.accessToken), session: data }
}

/** The root department. */
export const rootOf = async ({ ok }: ManagementClient): Promise<any> => (await ok('GET', '/departmentList')).list[0]

/** Creates a department below the root, or another one. */
export async function newDepartment(client: ManagementClient, name: string, parentId?: string): Promise<string> {
  const parent = parentId ?? (await rootOf(client)).id
  return (await client.ok('POST', '/departments', { name, parentId: parent })).data.id
}

let orgUsers = 0
/** Adds a member of the organisation; gives the KooDrive id. */
export async function newUser({ ok }: ManagementClient, info: object = {}): Promise<string> {
  orgUsers += 1
  const userId = `10086000007${String(orgUsers).padStart(8, '0')}`
  return (await ok('POST', '/users', { userId, modifyUserInfoReq: info })).data.id
}
