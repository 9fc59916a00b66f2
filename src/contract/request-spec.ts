import type { Endpoint } from '../spec/endpoint.ts'

/** A request that proves itself by the app signature, right or with one thing wrong. */
export interface SignatureAuth {
  readonly scheme: 'signature'
  /** Signs with these in place of the configured ones; none of them is a secret. */
  readonly appId?: string
  readonly secret?: string
  readonly userId?: string
  /** Age of X-Date in seconds; negative lies in the future. */
  readonly ageSeconds?: number
  /** X-Date as a string, to sign one that is no date. */
  readonly xDate?: string
  /** What is signed where it is not what is sent. */
  readonly signs?: Partial<Pick<RequestSpec, 'method' | 'path' | 'query' | 'body'>>
  readonly signedHeaders?: readonly string[]
  /** Headers that are taken away after signing, in lower case. */
  readonly without?: readonly string[]
  /** Headers that are exchanged after signing, by their name in lower case. */
  readonly exchanged?: Readonly<Record<string, string>>
  /** A change of the finished Authorization header: extended regular expression and replacement. */
  readonly rewrite?: readonly [pattern: string, replacement: string]
}

/** Spellings of the access token. Reading bearer-form. */
export type TokenForm = 'blank' | 'plus' | 'bare'

/** A request that proves itself by a token. */
export interface TokenAuth {
  readonly scheme: 'token'
  readonly token: 'access' | 'application'
  readonly form: TokenForm
  /** Sent in place of the configured token; no secret, unless `variable` names what stands for it in a line to paste. */
  readonly value?: string
  readonly variable?: string
  /** Sent behind the token. */
  readonly suffix?: string
}

export type Auth = SignatureAuth | TokenAuth | { readonly scheme: 'none' }

/** A request as a check wants it, before credentials and time go in. */
export interface RequestSpec {
  readonly method: string
  readonly path: string
  /** Query as it goes over the wire, without the question mark. */
  readonly query?: string
  readonly body?: string
  /** A shell expression that prints the body, where printing the body itself would fill pages. */
  readonly shellBody?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly auth: Auth
}

export const signed: SignatureAuth = { scheme: 'signature' }
export const anonymous = { scheme: 'none' } as const

/** Parameters as a query; undefined ones are left out. */
export const toQuery = (parameters: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(parameters)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&')

/** A request for an operation. */
export function requestFor(
  { method, path }: Endpoint,
  auth: Auth,
  {
    query,
    body,
    ...rest
  }: Partial<Omit<RequestSpec, 'query'>> & {
    readonly query?: Readonly<Record<string, string | undefined>>
  } = {},
): RequestSpec {
  return {
    method,
    path,
    auth,
    ...(query !== undefined && { query: toQuery(query) }),
    ...(body !== undefined && { body, headers: { 'Content-Type': 'application/json' } }),
    ...rest,
  }
}
