import { ALGORITHM } from './canonical-request.ts'

/** The three fields of an Authorization header of the app authentication. */
export interface AuthorizationFields {
  readonly appId: string
  /** As listed, in the case and order of the client. */
  readonly signedHeaders: readonly string[]
  /** As sent; a right one is 64 lower-case hex digits. */
  readonly signature: string
}

export type ParsedAuthorization =
  | ({ readonly ok: true } & AuthorizationFields)
  | { readonly ok: false; readonly reason: string }

/** Schemes a client is likely to have by mistake, by the beginning of the header, and what to say about them. */
const otherSchemes: readonly (readonly [prefix: string, reason: string])[] = [
  [
    'sdk-hmac-',
    'it is the SDK scheme of the same vendor (SDK-HMAC-SHA256 Access=..., header X-Sdk-Date), not KooDrive',
  ],
  ['bearer', 'it is an access token (Bearer), not a signature'],
  ['basic', 'it is HTTP Basic authentication, not a signature'],
  ['aws4-hmac-', 'it is an AWS Signature Version 4'],
]

const FORM = `${ALGORITHM} AppId=<id>,SignedHeaders=<a;b;c>,Signature=<hex>`

/**
 * Reads `HMAC-SHA256 AppId=<id>,SignedHeaders=<a;b;c>,Signature=<hex>`.
 *
 * The documented form and nothing else, with one tolerance: one blank after a comma, which many HTTP libraries put
 * there. Case and order of the words matter, every field is there once and is not empty, no header is listed twice.
 * The form of the signature is not looked at: a wrong one is a wrong signature, which `diagnose` can explain.
 *
 * @returns the fields, or the reason why it is none, in words that follow "Authorization is not …:" and never quote it
 * @example
 * parseAuthorization('HMAC-SHA256 AppId=ab,SignedHeaders=x-date;x-user-id,Signature=cd')
 * // { ok: true, appId: 'ab', signedHeaders: ['x-date', 'x-user-id'], signature: 'cd' }
 * parseAuthorization('Bearer abc') // { ok: false, reason: 'it is an access token (Bearer), not a signature; …' }
 *
 * Source: vendor page koodrive_05_0031.
 */
export function parseAuthorization(value: string): ParsedAuthorization {
  if (!value.startsWith(`${ALGORITHM} `)) return refuse(schemeReason(value))
  const first = value.indexOf(',')
  const second = value.indexOf(',', first + 1)
  if (first < 0 || second < 0) return refuse('it does not have the three fields AppId, SignedHeaders and Signature')
  if (value.indexOf(',', second + 1) >= 0) return refuse('it has more than three fields')

  const appId = field(value.slice(ALGORITHM.length + 1, first), 'AppId=')
  if (appId === undefined) return refuse('the first field is not AppId=<id>')
  const list = field(value.slice(afterComma(value, first), second), 'SignedHeaders=')
  if (list === undefined) return refuse('the second field is not SignedHeaders=<names joined by semicolons>')
  const signature = field(value.slice(afterComma(value, second)), 'Signature=')
  if (signature === undefined) return refuse('the third field is not Signature=<hex>')

  const signedHeaders = list.split(';')
  if (signedHeaders.includes('')) return refuse('SignedHeaders has an empty name in its list')
  if (hasRepeats(signedHeaders)) return refuse('SignedHeaders lists a header twice')
  return { ok: true, appId, signedHeaders, signature }
}

/** The header that {@link parseAuthorization} reads. */
export function formatAuthorization({ appId, signedHeaders, signature }: AuthorizationFields): string {
  return `${ALGORITHM} AppId=${appId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
}

/** The text behind `name`, when the part is that field and holds neither nothing nor a blank. */
function field(part: string, name: string): string | undefined {
  if (!part.startsWith(name) || part.length === name.length) return undefined
  return part.includes(' ') || part.includes('\t') ? undefined : part.slice(name.length)
}

function afterComma(value: string, comma: number): number {
  return value[comma + 1] === ' ' ? comma + 2 : comma + 1
}

function hasRepeats(names: readonly string[]): boolean {
  return names.length > 1 && new Set(names.map((name) => name.toLowerCase())).size < names.length
}

function schemeReason(value: string): string {
  const lower = value.slice(0, 32).toLowerCase()
  for (const [prefix, reason] of otherSchemes) if (lower.startsWith(prefix)) return reason
  if (lower.startsWith(ALGORITHM.toLowerCase())) return `it does not begin with "${ALGORITHM}" and one blank`
  return value === '' ? 'it is empty' : `its scheme is not ${ALGORITHM}`
}

function refuse(reason: string): ParsedAuthorization {
  return { ok: false, reason: `${reason}; the form is ${FORM}` }
}
