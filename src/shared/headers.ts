/** Headers in their order, as they came or go. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

/** The first value of a header, by its lower-case name. */
export function headerOf(headers: HeaderPairs, lowerName: string): string | undefined {
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

/** The headers that a message keeps on its way through a proxy. */
export function endToEnd(headers: HeaderPairs): [string, string][] {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((one) => one.trim().toLowerCase()))
  const ended = new Set([...CONNECTION, ...named])
  return headers.filter(([name]) => !ended.has(name.toLowerCase())).map(([name, value]) => [name, value])
}
