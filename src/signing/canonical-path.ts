import { isUnreserved, percentNormalize } from './percent-encoding.ts'

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
