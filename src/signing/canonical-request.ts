import { ALGORITHM } from './algorithm.ts'
import { canonicalPath } from './canonical-path.ts'
import { canonicalQuery } from './canonical-query.ts'
import { sha256Hex } from './digest.ts'
import { headerValue, normalizeHeaderNames, toHeaderPairs } from './headers.ts'
import { splitTarget } from './target.ts'
import type { SignableRequest } from './types.ts'

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
