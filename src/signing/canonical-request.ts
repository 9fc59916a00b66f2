import { ALGORITHM, sha256Hex } from './digest.ts'
import { isUnreserved, percentNormalize } from './percent-encoding.ts'
import { headerValue, normalizeHeaderNames, type SignableRequest, splitTarget, toHeaderPairs } from './request.ts'

/**
 * The canonical request: method, path, query, one line a signed header, an empty line, the names of the signed
 * headers, the hash of the body; joined by line feeds, none at the end.
 *
 * - method: upper case
 * - path: see {@link canonicalPath}: every segment encoded once, no redundant segment, a slash at the end
 * - query: see {@link canonicalQuery}: encoded by RFC 3986, sorted by name, `name=` for an empty value
 * - headers: `lower-case-name:trimmed value`, sorted by name; a repeated header is joined by `, `; a listed header that
 *   was not sent has an empty value
 * - body: lower-case hex SHA-256 of the raw bytes, of the empty string without a body
 *
 * @param signedHeaders names in any case and order; lower-cased, sorted and freed of repeats here
 * @example
 * canonicalRequest({ method: 'GET', url: '/koodrive/ose/v1/userList?offset=0', headers }, ['x-date', 'x-user-id'])
 * // GET\n/koodrive/ose/v1/userList/\noffset=0\nx-date:20260416T080000Z\nx-user-id:1\n\nx-date;x-user-id\ne3b0c442…
 *
 * Source: vendor page koodrive_05_0035; names sorted and the body hash inferred from the vendor's sibling documents.
 */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  const { path, query } = splitTarget(request.url)
  const pairs = toHeaderPairs(request.headers)
  const names = normalizeHeaderNames(signedHeaders)
  let headers = ''
  for (const name of names) headers += `${name}:${headerValue(pairs, name) ?? ''}\n`
  const method = request.method.toUpperCase()
  const payload = sha256Hex(request.body ?? '')
  return `${method}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${headers}\n${names.join(';')}\n${payload}`
}

/**
 * The string to sign: the algorithm, a line feed, the lower-case hex SHA-256 of the canonical request. Two lines, no
 * date.
 *
 * @example
 * stringToSign(canonical) // HMAC-SHA256\n7a28ceff…
 *
 * Source: vendor page koodrive_05_0029 (the formula; its prose mentions a signing time that the formula does not have).
 */
export function stringToSign(canonicalRequest: string): string {
  return `${ALGORITHM}\n${sha256Hex(canonicalRequest)}`
}

const SLASH = 0x2f
const DOT = 0x2e

/**
 * The CanonicalURI: every segment encoded once, redundant (`//`) and relative (`.`, `..`) segments removed, one slash
 * at the end. A `..` above the root is dropped. An encoded slash (`%2F`) is part of its segment; an encoded dot is a dot.
 *
 * Source: vendor page "Canonicalizing a request" (koodrive_05_0035), CanonicalURI.
 */
export function canonicalPath(path: string): string {
  if (isCanonicalButForTheEnd(path)) return path.charCodeAt(path.length - 1) === SLASH ? path : `${path}/`
  const kept: string[] = []
  for (const segment of path.split('/')) {
    const encoded = percentNormalize(segment)
    if (encoded === '..') kept.pop()
    else if (encoded !== '' && encoded !== '.') kept.push(encoded)
  }
  return kept.length === 0 ? '/' : `/${kept.join('/')}/`
}

/** Spares the usual path the splitting: only unreserved characters, no empty segment, no segment that begins with a dot. */
function isCanonicalButForTheEnd(path: string): boolean {
  if (path.charCodeAt(0) !== SLASH) return false
  let previous = 0
  for (let index = 0; index < path.length; index += 1) {
    const code = path.charCodeAt(index)
    if (previous === SLASH && (code === SLASH || code === DOT)) return false
    if (code !== SLASH && !isUnreserved(code)) return false
    previous = code
  }
  return true
}

/** One query parameter: as sent, and as signed. */
export interface QueryParameter {
  readonly name: string
  readonly value: string
  readonly sentName: string
  /** Undefined when the parameter was sent without an equals sign. */
  readonly sentValue: string | undefined
  /** Its place in the query as sent. */
  readonly index: number
}

/**
 * The parameters of a query in the order sent. Empty pieces (`a=1&&b=2`) are no parameters. A `+` is a plus sign and is
 * signed as `%2B`: the documented encoding knows only `%20` for a space.
 */
export function queryParameters(query: string): QueryParameter[] {
  if (query === '') return []
  const parameters: QueryParameter[] = []
  for (const piece of query.split('&')) {
    if (piece === '') continue
    const equals = piece.indexOf('=')
    const sentName = equals < 0 ? piece : piece.slice(0, equals)
    const sentValue = equals < 0 ? undefined : piece.slice(equals + 1)
    const name = percentNormalize(sentName)
    const value = percentNormalize(sentValue ?? '')
    parameters.push({ name, value, sentName, sentValue, index: parameters.length })
  }
  return parameters
}

/**
 * Order of the canonical query: by character code of the encoded name (`F` before `a`); parameters of the same name by
 * value, which the vendor's pages leave open.
 */
export function compareParameters(a: QueryParameter, b: QueryParameter): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  if (a.value !== b.value) return a.value < b.value ? -1 : 1
  return 0
}

/**
 * The CanonicalQueryString: encoded, sorted, `name=` for an empty value; empty without parameters.
 *
 * Source: vendor page "Canonicalizing a request" (koodrive_05_0035), CanonicalQueryString.
 */
function canonicalQuery(query: string): string {
  const parameters = queryParameters(query)
  if (parameters.length > 1) parameters.sort(compareParameters)
  let joined = ''
  for (const { name, value } of parameters) joined += `${joined === '' ? '' : '&'}${name}=${value}`
  return joined
}

/** One line of a canonical request and what it is. */
export interface CanonicalLine {
  /** `method`, `path`, `query`, `header x-date`, `empty line`, `signed headers` or `body hash`. */
  readonly part: string
  readonly text: string
}

/** A well-formed canonical request, line by line, each with the name of its part. */
export function labelCanonicalLines(canonicalRequest: string): CanonicalLine[] {
  const lines = canonicalRequest.split('\n')
  return lines.map((text, index) => ({ part: partOf(index, lines), text }))
}

function partOf(index: number, lines: readonly string[]): string {
  if (index < 3) return ['method', 'path', 'query'][index] ?? ''
  if (index === lines.length - 3) return 'empty line'
  if (index === lines.length - 2) return 'signed headers'
  if (index === lines.length - 1) return 'body hash'
  const line = lines[index] ?? ''
  return `header ${line.slice(0, Math.max(0, line.indexOf(':')))}`
}
