import type { HeaderPairs, HeadersInput } from './types.ts'

/** Any accepted shape of headers as pairs; a repeated header stays repeated. */
export function toHeaderPairs(headers: HeadersInput): HeaderPairs {
  if (Array.isArray(headers)) return headers
  if (isIterable(headers)) return [...headers]
  const pairs: [string, string][] = []
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') pairs.push([name, value])
    else if (value !== undefined) for (const one of value) pairs.push([name, one])
  }
  return pairs
}

/** The values of a header, each as sent. `lowerName` is in lower case. */
export function headerValues(pairs: HeaderPairs, lowerName: string): string[] {
  const values: string[] = []
  for (const [name, value] of pairs) {
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) values.push(value)
  }
  return values
}

/**
 * The value of a header as it is signed: trimmed, and joined by `, ` when the header is repeated (what a fetch
 * `Headers` object makes of it; the vendor's pages are silent). Undefined when it was not sent.
 */
export function headerValue(pairs: HeaderPairs, lowerName: string): string | undefined {
  let joined: string | undefined
  for (const [name, value] of pairs) {
    if (name.length !== lowerName.length || name.toLowerCase() !== lowerName) continue
    joined = joined === undefined ? trimSpaces(value) : `${joined}, ${trimSpaces(value)}`
  }
  return joined
}

/** Drops leading and trailing spaces and tabs, the optional whitespace of RFC 9110, and nothing else. */
function trimSpaces(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isSpaceOrTab(value.charCodeAt(start))) start += 1
  while (end > start && isSpaceOrTab(value.charCodeAt(end - 1))) end -= 1
  return start === 0 && end === value.length ? value : value.slice(start, end)
}

function isSpaceOrTab(code: number): boolean {
  return code === 0x20 || code === 0x09
}

function isIterable(headers: HeadersInput): headers is Iterable<readonly [string, string]> {
  return Symbol.iterator in headers
}

/** Header names as they are signed: lower case, sorted by character code, each once. */
export function normalizeHeaderNames(names: readonly string[]): readonly string[] {
  if (isNormal(names)) return names
  return [...new Set(names.map((name) => name.toLowerCase()))].sort()
}

/** The usual list is in order already; strictly ascending also means no repeats. */
function isNormal(names: readonly string[]): boolean {
  let previous = ''
  for (const name of names) {
    if (name <= previous || name.toLowerCase() !== name) return false
    previous = name
  }
  return true
}

/** What is signed when nobody says otherwise: Host, which a client cannot help sending, and the two required headers. */
export function defaultSignedHeaders(headers: HeaderPairs): string[] {
  return headerValue(headers, 'host') === undefined ? ['x-date', 'x-user-id'] : ['host', 'x-date', 'x-user-id']
}
