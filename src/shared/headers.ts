/** Headers in their order, as they came or go. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** The first value of a header, by its lower-case name. */
export function firstHeader(headers: HeaderPairs, lowerName: string): string | undefined {
  for (const [name, value] of headers) {
    if (name.length === lowerName.length && name.toLowerCase() === lowerName) return value
  }
  return undefined
}

/**
 * Headers of one connection, which end where it ends (RFC 9110, 7.6.1); those that a Connection header names belong to it.
 */
const CONNECTION: readonly string[] = [
  ...['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade'],
]

/**
 * Whether a header belongs to one connection. HTTP/2 forbids them (RFC 9113, 8.2.2), and Node breaks off an answer that has one.
 */
export const isOfConnection = (name: string): boolean => {
  const lower = name.toLowerCase()
  return CONNECTION.includes(lower) || lower === 'http2-settings'
}

/** What every answer tells browsers: it is what it says it is, and nothing for pages of other sites to embed. */
export const protectiveHeaders: HeaderPairs = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
]

/**
 * Whether a browser says that a page of another site made it send a request, also where it sends no Origin: for images,
 * scripts, forms and links. Programs send no such header. https://www.w3.org/TR/fetch-metadata/
 */
export const isFromOtherSite = (site: string | null | undefined): boolean =>
  site === 'cross-site' || site === 'same-site'

/** The headers that a message keeps on its way through a proxy. */
export function endToEnd(headers: HeaderPairs): [string, string][] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase()))
  const ended = new Set([...CONNECTION, ...named])
  return headers.filter(([name]) => !ended.has(name.toLowerCase())).map(([name, value]) => [name, value])
}
