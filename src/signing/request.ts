/**
 * Headers in any of the shapes JavaScript code has at hand: a record (Node's `IncomingHttpHeaders` included), an array
 * of pairs in the order of the wire (repeats allowed), or any iterable of pairs such as a fetch `Headers` object.
 * Names are compared without regard to case.
 */
export type HeadersInput =
  | Readonly<Record<string, string | readonly string[] | undefined>>
  | Iterable<readonly [name: string, value: string]>

/** Headers as they are sent: in order, with their names as written, repeats kept. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** A request as it goes over the wire. */
export interface SignableRequest {
  /** Any case; it is signed in upper case. */
  readonly method: string
  /**
   * Absolute URL or origin-form target exactly as sent: `/koodrive/ose/v1/userList?offset=0`. Never normalised before
   * it gets here. Characters outside ASCII count as their UTF-8 bytes; the fragment of an absolute URL is not sent and
   * therefore not signed.
   */
  readonly url: string
  readonly headers: HeadersInput
  /** The raw bytes of the body; a string counts as its UTF-8 bytes. Absent and empty are the same. */
  readonly body?: Uint8Array | string | undefined
}

/** What an application signs with. */
export interface AppCredentials {
  readonly appId: string
  readonly appSecret: string
}

/** A request target in its parts, each exactly as written. */
export interface TargetParts {
  /** `https` of an absolute URL. */
  readonly scheme?: string
  /** The Host an HTTP client sends for an absolute URL: without user, lower case, without the default port. */
  readonly host?: string
  readonly path: string
  /** Without its question mark; empty when there is none. */
  readonly query: string
}

/** Splits an absolute URL or an origin-form target without changing a byte of its path or query. Never throws. */
export function splitTarget(url: string): TargetParts {
  const schemeEnd = url.charCodeAt(0) === 0x2f ? -1 : url.indexOf('://')
  if (schemeEnd > 0 && isScheme(url.slice(0, schemeEnd))) return splitAbsolute(url, schemeEnd)
  return splitPathAndQuery(url)
}

function splitAbsolute(url: string, schemeEnd: number): TargetParts {
  const fragment = url.indexOf('#')
  const text = fragment < 0 ? url : url.slice(0, fragment)
  let end = schemeEnd + 3
  while (end < text.length && text[end] !== '/' && text[end] !== '?') end += 1
  const origin = text.slice(0, end)
  const host = URL.canParse(origin) ? new URL(origin).host : text.slice(schemeEnd + 3, end)
  return { scheme: text.slice(0, schemeEnd).toLowerCase(), host, ...splitPathAndQuery(text.slice(end)) }
}

function splitPathAndQuery(text: string): TargetParts {
  const mark = text.indexOf('?')
  return mark < 0 ? { path: text, query: '' } : { path: text.slice(0, mark), query: text.slice(mark + 1) }
}

function isScheme(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*$/.test(text)
}

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
