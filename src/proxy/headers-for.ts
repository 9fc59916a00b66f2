import type { ContractCredentials } from '../contract/credentials.ts'
import { ForwardError, forwardedHost, passedOn, rewrittenHost } from '../server/forward.ts'
import type { Wire } from '../server/http/wire.ts'
import { formatXDate, sign } from '../signing/index.ts'
import type { Operation } from '../spec/operation.ts'

const identity: ReadonlySet<string> = new Set(['authorization', 'x-date', 'x-user-id', 'cookie'])

/**
 * The headers that go on to the service. With credentials, the client's proof of identity is replaced by one of theirs.
 *
 * @throws ForwardError when the credentials do not suffice for the operation.
 */
export function headersFor(
  operation: Operation | undefined,
  { method, headers }: Pick<Wire, 'method' | 'headers'>,
  url: string,
  body: Uint8Array,
  credentials: ContractCredentials | undefined,
  now: number,
): [string, string][] {
  const passed = passedOn(headers)
  if (credentials === undefined) {
    const rewritten = rewrittenHost(headers, url)
    return rewritten === undefined ? passed : [...passed, forwardedHost(rewritten)]
  }
  if (operation === undefined) {
    throw new ForwardError('Only documented operations are signed again; this path and method is not one of them.')
  }
  const own = passed.filter(([name]) => !identity.has(name.toLowerCase()))
  const { appId, appSecret, userId, accessToken, appAccessToken } = credentials
  const token = operation.operationId === 'listUserSpaces' ? (appAccessToken ?? accessToken) : accessToken
  if (operation.authentication === 'token' && token !== undefined) return [...own, ['Authorization', `Bearer ${token}`]]
  if (appId === undefined || appSecret === undefined || userId === undefined) {
    throw new ForwardError(`${operation.operationId} needs KOODRIVE_APP_ID, KOODRIVE_APP_SECRET and KOODRIVE_USER_ID.`)
  }
  const draft: [string, string][] = [...own, ['X-Date', formatXDate(now)], ['X-User-Id', userId]]
  const signed = sign({ method, url, headers: draft, body }, { appId, appSecret })
  return passedOn(signed.headers)
}
