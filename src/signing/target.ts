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
