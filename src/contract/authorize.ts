import { formatAuthorization } from '../signing/authorization.ts'
import { hmacSha256Hex } from '../signing/digest.ts'
import {
  type AppCredentials,
  canonicalRequest,
  formatXDate,
  type SignableRequest,
  stringToSign,
} from '../signing/index.ts'
import type { ContractCredentials } from './credentials.ts'
import type { RequestSpec, SignatureAuth, TokenAuth } from './request-spec.ts'

type Headers = readonly (readonly [string, string])[]

/** The spelling of a token in each form. */
export const spellToken = { blank: 'Bearer ', plus: 'Bearer+', bare: '' } as const

/** Headers of a request, its proof of identity included; `now` in epoch milliseconds. */
export function authorizedHeaders(
  spec: RequestSpec,
  baseUrl: string,
  credentials: ContractCredentials,
  now: number,
): Headers {
  const own = Object.entries(spec.headers ?? {})
  switch (spec.auth.scheme) {
    case 'none':
      return own
    case 'token':
      return [...own, ['Authorization', bearer(spec.auth, credentials)]]
    case 'signature':
      return signedHeaders(spec, spec.auth, baseUrl, credentials, now, own)
  }
}

function bearer(
  { token, form, value, suffix = '' }: TokenAuth,
  { accessToken, appAccessToken }: ContractCredentials,
): string {
  return spellToken[form] + (value ?? (token === 'access' ? accessToken : appAccessToken) ?? '') + suffix
}

/** Signs whatever it is told to, also what the signing room refuses because no right client would send it. */
function signedHeaders(
  spec: RequestSpec,
  auth: SignatureAuth,
  baseUrl: string,
  credentials: ContractCredentials,
  now: number,
  own: Headers,
): Headers {
  const headers: [string, string][] = [
    ...own.map(([name, value]): [string, string] => [name, value]),
    ['Host', new URL(baseUrl).host],
    ['X-Date', auth.xDate ?? formatXDate(now - (auth.ageSeconds ?? 0) * 1000)],
    ['X-User-Id', auth.userId ?? credentials.userId ?? ''],
  ]
  const names = auth.signedHeaders ?? ['host', 'x-date', 'x-user-id']
  const { method, path, query, body } = { ...spec, ...auth.signs }
  const target = `${new URL(baseUrl).pathname.replace(/\/$/, '')}${path}${query === undefined ? '' : `?${query}`}`
  const authorization = signAnyway(
    { method, url: target, headers, body },
    { appId: auth.appId ?? credentials.appId ?? '', appSecret: auth.secret ?? credentials.appSecret ?? '' },
    names,
  )
  const [pattern, replacement] = auth.rewrite ?? []
  const rewritten =
    pattern === undefined ? authorization : authorization.replace(new RegExp(pattern), replacement ?? '')
  headers.push(['Authorization', rewritten])
  return headers
    .filter(([name]) => !(auth.without ?? []).includes(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, auth.exchanged?.[name.toLowerCase()] ?? value])
}

/**
 * The Authorization header of a request, also of one that no right client would sign: an X-Date that is none, signed
 * headers that leave out what is mandatory or name what is not there. For checks that see whether a service refuses it.
 */
export function signAnyway(
  request: SignableRequest,
  { appId, appSecret }: AppCredentials,
  signedHeaders: readonly string[],
): string {
  const signature = hmacSha256Hex(appSecret, stringToSign(canonicalRequest(request, signedHeaders)))
  return formatAuthorization({ appId, signedHeaders, signature })
}
