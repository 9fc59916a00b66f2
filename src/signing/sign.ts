import { formatAuthorization } from './authorization.ts'
import { canonicalRequest, labelCanonicalLines, stringToSign } from './canonical-request.ts'
import { hmacSha256Hex } from './digest.ts'
import {
  type AppCredentials,
  defaultSignedHeaders,
  type HeaderPairs,
  headerValue,
  normalizeHeaderNames,
  type SignableRequest,
  splitTarget,
  toHeaderPairs,
} from './request.ts'
import { parseXDate } from './x-date.ts'

const LABEL_WIDTH = 20

export type SigningErrorCode =
  | 'app-id-malformed'
  | 'app-secret-empty'
  | 'x-date-absent'
  | 'x-date-malformed'
  | 'x-user-id-absent'
  | 'x-user-id-malformed'
  | 'signed-headers-incomplete'
  | 'signed-header-malformed'
  | 'signed-header-absent'

/**
 * Thrown by `sign` when a request cannot be signed so that a server would accept it. The message says what is wrong
 * and what to do. Never thrown by `verify`, `parseAuthorization` or `diagnose`: those answer with a reason.
 */
export class SigningError extends Error {
  override readonly name = 'SigningError'
  readonly code: SigningErrorCode

  constructor(code: SigningErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

/** Whether a value is a {@link SigningError}, also when it comes from another copy of this package. */
export function isSigningError(value: unknown): value is SigningError {
  return value instanceof Error && value.name === 'SigningError' && 'code' in value
}

export interface SignOptions extends AppCredentials {
  /**
   * Names of the headers to sign, in any case and order. X-Date and X-User-Id must be among them.
   * Default: host (when there is one), x-date and x-user-id.
   */
  readonly signedHeaders?: readonly string[]
}

/** A signature and everything it was made from. The AppSecret is not part of it. */
export interface SignedRequest {
  /** The value of the Authorization header. */
  readonly authorization: string
  /** 64 lower-case hex digits. */
  readonly signature: string
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[]
  readonly canonicalRequest: string
  readonly stringToSign: string
  /** The request's headers plus Authorization, and Host if it was absent and the URL is absolute. */
  readonly headers: HeaderPairs
}

/**
 * Signs a request with the app authentication of KooDrive.
 *
 * @throws SigningError when X-Date or X-User-Id is absent or malformed, when `signedHeaders` leaves one of them out or
 *   names a header that is not there, when the AppId has a space or comma or is empty, when the AppSecret is empty
 * @example
 * const { headers } = sign(
 *   { method: 'GET', url, headers: { 'X-Date': formatXDate(now), 'X-User-Id': '1505084218764547200' } },
 *   { appId, appSecret },
 * )
 * await fetch(url, { headers: Object.fromEntries(headers) })
 *
 * Source: vendor pages koodrive_05_0029 to 05_0035.
 */
export function sign(request: SignableRequest, { appId, appSecret, signedHeaders }: SignOptions): SignedRequest {
  const headers = withHost(request)
  checkCredentials(appId, appSecret)
  checkRequiredHeaders(headers)
  const names = normalizeHeaderNames(signedHeaders ?? defaultSignedHeaders(headers))
  checkSignedHeaders(names, headers)

  const canonical = canonicalRequest({ ...request, headers }, names)
  const text = stringToSign(canonical)
  const signature = hmacSha256Hex(appSecret, text)
  const authorization = formatAuthorization({ appId, signedHeaders: names, signature })
  const unsigned = headers.filter(([name]) => name.toLowerCase() !== 'authorization')
  return {
    authorization,
    signature,
    signedHeaders: names,
    canonicalRequest: canonical,
    stringToSign: text,
    headers: [...unsigned, ['Authorization', authorization]],
  }
}

function withHost(request: SignableRequest): HeaderPairs {
  const pairs = toHeaderPairs(request.headers)
  if (headerValue(pairs, 'host') !== undefined) return pairs
  const { host } = splitTarget(request.url)
  return host === undefined || host === '' ? pairs : [['Host', host], ...pairs]
}

function checkCredentials(appId: string, appSecret: string): void {
  if (!/^[!-+\--~]+$/.test(appId)) {
    throw new SigningError('app-id-malformed', 'The AppId must be visible ASCII without a comma, and not empty.')
  }
  if (appSecret === '') {
    throw new SigningError('app-secret-empty', 'The AppSecret is empty: is the variable it is read from set?')
  }
}

function checkRequiredHeaders(headers: HeaderPairs): void {
  const date = headerValue(headers, 'x-date')
  if (date === undefined) {
    throw new SigningError(
      'x-date-absent',
      'X-Date is absent: add it before signing, UTC as yyyyMMddTHHmmssZ, for instance formatXDate(now).',
    )
  }
  if (parseXDate(date) === undefined) {
    throw new SigningError(
      'x-date-malformed',
      `X-Date is ${JSON.stringify(date)}; it must be a real UTC date as yyyyMMddTHHmmssZ, such as 20240831T143829Z.`,
    )
  }
  const user = headerValue(headers, 'x-user-id')
  if (user === undefined) {
    throw new SigningError('x-user-id-absent', 'X-User-Id is absent: add the id of the calling user before signing.')
  }
  if (!/^[!-+\--~]+$/.test(user)) {
    throw new SigningError(
      'x-user-id-malformed',
      `X-User-Id is ${JSON.stringify(user)}; it must be one user id, such as 1505084218764547200.`,
    )
  }
}

function checkSignedHeaders(names: readonly string[], headers: HeaderPairs): void {
  for (const required of ['x-date', 'x-user-id']) {
    if (names.includes(required)) continue
    throw new SigningError(
      'signed-headers-incomplete',
      `signedHeaders must list ${required}; it lists ${names.join(';')}.`,
    )
  }
  for (const name of names) {
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) {
      throw new SigningError('signed-header-malformed', `signedHeaders lists ${JSON.stringify(name)}, no header name.`)
    }
    if (name === 'authorization') {
      throw new SigningError('signed-header-malformed', 'signedHeaders lists authorization, which holds the signature.')
    }
    if (headerValue(headers, name) === undefined) {
      throw new SigningError('signed-header-absent', `signedHeaders lists ${name}, which the request does not have.`)
    }
  }
}

/**
 * What `sign` did, for people: the canonical request with each line named, the string to sign, the signature and the
 * Authorization header. Plain text without the AppSecret, ending in a line feed.
 *
 * @example
 * process.stdout.write(explainSigning(sign(request, { appId, appSecret })))
 */
export function explainSigning(signed: SignedRequest): string {
  const [algorithm = '', hash = ''] = signed.stringToSign.split('\n')
  return [
    'Canonical request (lines joined by line feeds, none at the end)',
    ...labelCanonicalLines(signed.canonicalRequest).map(({ part, text }) => row(part, text)),
    '',
    'String to sign (two lines)',
    row('algorithm', algorithm),
    row('hash', `${hash}  = hex(SHA-256(canonical request))`),
    '',
    'Signature = hex(HMAC-SHA256(AppSecret, string to sign))',
    row('signature', signed.signature),
    '',
    'Header to send',
    row('Authorization', signed.authorization),
    '',
  ].join('\n')
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${text}`.trimEnd()
}
