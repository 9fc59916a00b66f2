import { timingSafeEqual } from 'node:crypto'
import { parseAuthorization } from './authorization.ts'
import { canonicalRequest, stringToSign } from './canonical-request.ts'
import { hmacSha256Hex } from './digest.ts'
import {
  defaultSignedHeaders,
  headerValue,
  normalizeHeaderNames,
  type SignableRequest,
  toHeaderPairs,
} from './request.ts'

export type VerifyFailure =
  | 'authorization-absent'
  | 'authorization-malformed'
  | 'signed-headers-incomplete'
  | 'signed-header-absent'
  | 'signature-mismatch'

export type Verification =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly code: VerifyFailure
      /** What is wrong, in one sentence. */
      readonly reason: string
      /** What the server makes of the request. The right signature is not told. */
      readonly expected: { readonly canonicalRequest: string; readonly stringToSign: string }
    }

/**
 * Whether a request carries the right signature of an AppSecret, compared in constant time.
 *
 * Only the signature: whose AppId it is and how old X-Date may be is the caller's to check. A listed header must be
 * there, x-date and x-user-id must be listed; names may be listed in any case and order. Never throws.
 *
 * @example
 * const result = verify({ method: 'GET', url: '/koodrive/ose/v1/userList?offset=0', headers }, { appSecret })
 * if (!result.ok) console.log(result.reason, result.expected.canonicalRequest)
 *
 * Source: vendor page koodrive_05_0034 (the server repeats the client's steps and compares).
 */
export function verify(request: SignableRequest, { appSecret }: { readonly appSecret: string }): Verification {
  const pairs = toHeaderPairs(request.headers)
  const seen = { method: request.method, url: request.url, headers: pairs, body: request.body }
  const authorization = headerValue(pairs, 'authorization')
  if (authorization === undefined) {
    return refuse('authorization-absent', 'There is no Authorization header.', seen, defaultSignedHeaders(pairs))
  }
  const parsed = parseAuthorization(authorization)
  if (!parsed.ok) {
    const reason = `Authorization cannot be read: ${parsed.reason}.`
    return refuse('authorization-malformed', reason, seen, defaultSignedHeaders(pairs))
  }
  const { signedHeaders, signature } = parsed
  const names = normalizeHeaderNames(signedHeaders)
  if (!names.includes('x-date') || !names.includes('x-user-id')) {
    const reason = 'SignedHeaders must list x-date and x-user-id.'
    return refuse('signed-headers-incomplete', reason, seen, signedHeaders)
  }
  const absent = names.find((name) => headerValue(pairs, name) === undefined)
  if (absent !== undefined) {
    const reason = `SignedHeaders lists ${absent}, but the request has no such header.`
    return refuse('signed-header-absent', reason, seen, signedHeaders)
  }

  const canonical = canonicalRequest(seen, names)
  const text = stringToSign(canonical)
  if (isSame(signature, hmacSha256Hex(appSecret, text))) return { ok: true }
  const reason = 'The signature is not the one this request has with the AppSecret of the application.'
  return {
    ok: false,
    code: 'signature-mismatch',
    reason,
    expected: { canonicalRequest: canonical, stringToSign: text },
  }
}

function refuse(
  code: VerifyFailure,
  reason: string,
  request: SignableRequest,
  signedHeaders: readonly string[],
): Verification {
  const canonical = canonicalRequest(request, signedHeaders)
  return { ok: false, code, reason, expected: { canonicalRequest: canonical, stringToSign: stringToSign(canonical) } }
}

/** Compares as UTF-8: under latin1 a character beyond 0xFF would pass for the digit its low byte spells. */
function isSame(claimed: string, right: string): boolean {
  const a = Buffer.from(claimed)
  const b = Buffer.from(right)
  return a.length === b.length && timingSafeEqual(a, b)
}
