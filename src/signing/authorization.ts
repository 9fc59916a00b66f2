import { ALGORITHM } from './digest.ts'
import { normalizeHeaderNames } from './request.ts'

/** Every part stops at its comma, so a long header costs no more than one walk over it. */
const DOCUMENTED_FORM = /^HMAC-SHA256 AppId=([^\s,]+), ?SignedHeaders=([^\s,]+), ?Signature=([^\s,]+)$/
/** Names as RFC 9110 allows them, joined by semicolons. */
const HEADER_NAMES = /^[!#$%&'*+.^_`|~0-9A-Za-z;-]+$/

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

const PREFIX = `${ALGORITHM} `
const FORM_FIELDS = ['AppId=<id>', 'SignedHeaders=<a;b;c>', 'Signature=<hex>']
const FORM = `${PREFIX}${FORM_FIELDS.join(',')}`

/**
 * Reads `HMAC-SHA256 AppId=<id>,SignedHeaders=<a;b;c>,Signature=<hex>`.
 *
 * The documented form and nothing else, with one tolerance: one space after a comma, which many HTTP libraries put
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
  const [, appId, list, signature] = DOCUMENTED_FORM.exec(value) ?? []
  if (appId === undefined || list === undefined || signature === undefined) return refuse(formReason(value))
  const signedHeaders = list.split(';')
  if (signedHeaders.includes('')) return refuse('SignedHeaders has an empty name in its list')
  if (!HEADER_NAMES.test(list)) return refuse('SignedHeaders lists something that is not a header name')
  if (hasRepeats(signedHeaders)) return refuse('SignedHeaders lists a header twice')
  return { ok: true, appId, signedHeaders, signature }
}

/** The header that {@link parseAuthorization} reads. */
export function formatAuthorization({ appId, signedHeaders, signature }: AuthorizationFields): string {
  return `${ALGORITHM} AppId=${appId},SignedHeaders=${signedHeaders.join(';')},Signature=${signature}`
}

function hasRepeats(names: readonly string[]): boolean {
  const normal = normalizeHeaderNames(names)
  return normal !== names && normal.length < names.length
}

function formReason(value: string): string {
  if (!value.startsWith(PREFIX)) return schemeReason(value)
  const fields = value.slice(PREFIX.length).split(',')
  if (fields.length < 3) return 'it does not have the three fields AppId, SignedHeaders and Signature, joined by commas'
  if (fields.length > 3) return 'it has more than three fields'
  const wrong = ['AppId=', 'SignedHeaders=', 'Signature='].findIndex((name, index) => {
    const text = (fields[index] ?? '').slice(index > 0 && fields[index]?.startsWith(' ') ? 1 : 0)
    return !text.startsWith(name) || text.length === name.length || /\s/.test(text)
  })
  return `the ${['first', 'second', 'third'][wrong]} field is not ${FORM_FIELDS[wrong]} without spaces`
}

function schemeReason(value: string): string {
  const lower = value.slice(0, 32).toLowerCase()
  for (const [prefix, reason] of otherSchemes) if (lower.startsWith(prefix)) return reason
  if (lower.startsWith(ALGORITHM.toLowerCase())) return `it does not begin with "${ALGORITHM}" and one space`
  return value === '' ? 'it is empty' : `its scheme is not ${ALGORITHM}`
}

function refuse(reason: string): ParsedAuthorization {
  return { ok: false, reason: `${reason}; the form is ${FORM}` }
}
