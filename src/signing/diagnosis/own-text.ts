import { canonicalRequest, labelCanonicalLines, stringToSign } from '../canonical-request.ts'
import { ALGORITHM, hmacSha256Hex } from '../digest.ts'
import { defaultSignedHeaders, type SignableRequest, toHeaderPairs } from '../request.ts'
import { createRedactor } from './describe.ts'
import type { DiagnoseOptions } from './diagnosis.ts'
import { look } from './sight.ts'

const SHOWN_BYTES = 8

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

/** The first place where a canonical request, or a string to sign, is not the right one. */
export interface FirstDifference {
  /** From 1. */
  readonly line: number
  /** What the line is in the right text: `method`, `path`, `header x-date`, `hash` …; `end` behind its last line. */
  readonly part: string
  /** Character of the line at which the two part, from 1. */
  readonly column: number
  /** The line of the right text, with what cannot be seen written out; null when it has none there. */
  readonly expected: string | null
  /** The line of the other text, likewise. */
  readonly actual: string | null
  /** Up to eight bytes from that column on, in UTF-8, as hex: `0d 0a`. Empty at the end of a line. */
  readonly expectedBytes: string
  readonly actualBytes: string
}

/**
 * Compares two canonical requests, or two strings to sign, and tells where they part.
 *
 * @returns undefined when they are the same
 * @example
 * firstDifference('GET\n/a/\n\n…', 'GET\r\n/a/\r\n\r\n…')
 * // { line: 1, part: 'method', column: 4, expected: 'GET', actual: 'GET\\r', expectedBytes: '', actualBytes: '0d' }
 */
export function firstDifference(expected: string, actual: string): FirstDifference | undefined {
  if (expected === actual) return undefined
  const right = expected.split('\n')
  const other = actual.split('\n')
  let line = 0
  while (line < right.length && line < other.length && right[line] === other[line]) line += 1
  const ours = right[line]
  const theirs = other[line]
  const column = commonLength(ours ?? '', theirs ?? '')
  return {
    line: line + 1,
    part: partsOf(expected)[line] ?? 'end',
    column: column + 1,
    expected: ours === undefined ? null : visible(ours),
    actual: theirs === undefined ? null : visible(theirs),
    expectedBytes: bytesFrom(ours, column),
    actualBytes: bytesFrom(theirs, column),
  }
}

/** Whether a string is meant as a string to sign, not as a canonical request: it begins with the name of an algorithm. */
function looksLikeStringToSign(text: string): boolean {
  return /^\S*HMAC/i.test(text.slice(0, 40)) && text.length < 4 * (ALGORITHM.length + 64)
}

/**
 * Writes out what cannot be seen: control characters, spaces other than the usual one, and spaces at either end of a line.
 *
 * @example
 * visible(' a\tb\u00a0') // '\\u0020a\\tb\\u00a0'
 */
export function visible(text: string): string {
  return text
    .replace(/^ +| +$/g, (spaces) => '\\u0020'.repeat(spaces.length))
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, (character) => SHORT.get(character) ?? escaped(character))
}

const SHORT = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function escaped(character: string): string {
  let text = ''
  for (let at = 0; at < character.length; at += 1) {
    text += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`
  }
  return text
}

function partsOf(text: string): string[] {
  if (looksLikeStringToSign(text)) return ['algorithm', 'hash']
  return labelCanonicalLines(text).map(({ part }) => part)
}

function commonLength(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a[at] === b[at]) at += 1
  return at
}

function bytesFrom(line: string | undefined, column: number): string {
  const bytes = Buffer.from((line ?? '').slice(column)).subarray(0, SHOWN_BYTES)
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
