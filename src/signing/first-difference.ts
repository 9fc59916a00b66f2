import { ALGORITHM } from './algorithm.ts'
import { labelCanonicalLines } from './canonical-lines.ts'

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

const SHOWN_BYTES = 8

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
export function looksLikeStringToSign(text: string): boolean {
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
