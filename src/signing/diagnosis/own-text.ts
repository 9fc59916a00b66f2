import { canonicalRequest, stringToSign } from '../canonical-request.ts'
import { hmacSha256Hex } from '../digest.ts'
import { type FirstDifference, firstDifference, looksLikeStringToSign } from '../first-difference.ts'
import { defaultSignedHeaders, toHeaderPairs } from '../headers.ts'
import type { SignableRequest } from '../types.ts'
import type { DiagnoseOptions } from './diagnosis.ts'
import { createRedactor } from './redact.ts'
import { look } from './sight.ts'

/** The client's own canonical request, or string to sign, beside the right one. */
export interface OwnTextComparison {
  readonly kind: 'canonical request' | 'string to sign'
  /** Whether it is the right one. */
  readonly isRight: boolean
  /**
   * Whether the signature that was sent is the HMAC of this very string with the AppSecret; undefined when none was sent.
   * With a wrong text it says that the text is the mistake, with a right one that the mistake comes after it.
   */
  readonly makesSignature?: boolean | undefined
  /** Absent when it is the right one. */
  readonly firstDifference?: FirstDifference | undefined
  /** What follows from it, in one sentence. */
  readonly summary: string
}

/**
 * Compares the canonical request, or the string to sign, that a client built with the right one of its request.
 *
 * @param own the text as the client built it, line ends included
 * @example
 * compareOwnText('GET\n/a\n…', request, { appId, appSecret }).firstDifference
 * // { line: 2, part: 'path', column: 3, expected: '/a/', actual: '/a', expectedBytes: '2f', actualBytes: '' }
 */
export function compareOwnText(own: string, request: SignableRequest, options: DiagnoseOptions): OwnTextComparison {
  const headers = toHeaderPairs(request.headers)
  const { claimed, knownSecrets } = look(headers, Buffer.alloc(0), options)
  const canonical = canonicalRequest({ ...request, headers }, claimed?.signedHeaders ?? defaultSignedHeaders(headers))
  const isStringToSign = looksLikeStringToSign(own)
  const kind = isStringToSign ? 'string to sign' : 'canonical request'
  const difference = firstDifference(isStringToSign ? stringToSign(canonical) : canonical, own)
  const signature = hmacSha256Hex(options.appSecret, isStringToSign ? own : stringToSign(own))
  const makesSignature = claimed && claimed.signature.toLowerCase() === signature
  const redact = createRedactor([options.appSecret, ...knownSecrets.map(({ appSecret }) => appSecret)])
  return {
    kind,
    isRight: difference === undefined,
    makesSignature,
    firstDifference: difference && {
      ...difference,
      expected: difference.expected && redact(difference.expected),
      actual: difference.actual && redact(difference.actual),
    },
    summary: summaryOf(kind, difference, makesSignature),
  }
}

function summaryOf(
  kind: OwnTextComparison['kind'],
  difference: FirstDifference | undefined,
  makesSignature: boolean | undefined,
): string {
  if (difference === undefined) {
    if (makesSignature === undefined) return `Your ${kind} is right.`
    if (makesSignature) return `Your ${kind} is right, and the signature is made of it.`
    const later = kind === 'canonical request' ? 'the string to sign, the AppSecret' : 'the AppSecret'
    return `Your ${kind} is right, but the signature that was sent is not made of it: check ${later} and the HMAC.`
  }
  const { line, part, column } = difference
  const isHash = kind === 'string to sign' && part === 'hash'
  const place = `Your ${kind} differs from the right one in line ${line} (${part}), from character ${column} on`
  const next = isHash ? '; the canonical requests differ, so compare these' : ''
  if (makesSignature === false) {
    return `${place}${next}; besides, the signature that was sent is not made of it: check the AppSecret and the HMAC too.`
  }
  return makesSignature ? `${place}${next}; the AppSecret and the HMAC are right.` : `${place}${next}.`
}
