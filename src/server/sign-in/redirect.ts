import { isLoopback } from '../../shared/address.ts'

/** Where the sign-in page is, and the page that shows a code when a sign-in leads nowhere else. */
export const SIGN_IN_PATHS = { authorize: '/oauth2/authorize', code: '/oauth2/code' } as const

/** Where a sign-in may lead to: a URL, or why not. */
type RedirectTarget = { readonly url: URL } | { readonly problem: string }

interface RedirectRules {
  /** The `Host` that the mock itself was called by. */
  readonly ownHost: string
  /** Further hosts: `app.example.com`, `app.example.com:8443`, or with a scheme `myapp://callback`. */
  readonly redirectHosts: readonly string[]
}

/** What a redirect host may look like. */
export const REDIRECT_HOST =
  /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i

/** Longest redirect_uri in characters. */
const MAX_LENGTH = 2048

/** Schemes that run or read something in the browser: never a place to go to. */
const NEVER = new Set(['javascript:', 'data:', 'vbscript:', 'blob:', 'file:', 'about:'])

/**
 * Checks where a sign-in wants to lead to. An authorization code is worth a session, so it goes to this machine, to the
 * mock itself, or to a host that was named at the start.
 */
export function checkRedirect(text: string, { ownHost, redirectHosts }: RedirectRules): RedirectTarget {
  if (text.length > MAX_LENGTH) return { problem: `redirect_uri is longer than ${MAX_LENGTH} characters.` }
  // Browsers read a backslash as a slash and drop tabs and line ends: what was checked would not be where they go.
  if (/[\\\s]/.test(text) || hasControlCharacters(text)) {
    return { problem: 'redirect_uri has characters that no URL has.' }
  }
  if (!URL.canParse(text)) return { problem: 'redirect_uri is not an absolute URL.' }
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return { problem: 'redirect_uri carries a user name or password.' }
  if (url.hash !== '') return { problem: 'redirect_uri has a fragment (RFC 6749, 3.1.2).' }
  if (NEVER.has(url.protocol))
    return { problem: `redirect_uri has the scheme ${url.protocol} Allowed: http and https.` }
  if (redirectHosts.some((entry) => isNamed(url, entry))) return { url }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return {
      problem: `redirect_uri has the scheme ${url.protocol} Allowed: http and https, or what --redirect-host names, such as --redirect-host ${url.protocol}//${url.host}.`,
    }
  }
  if (isLoopback(url.hostname) || url.host === ownHost.toLowerCase()) return { url }
  return {
    problem: `redirect_uri leads to ${url.host}. Allowed: this machine, the mock itself, and the hosts of --redirect-host. Start the mock with --redirect-host ${url.host}, or take another redirect_uri.`,
  }
}

function isNamed(url: URL, entry: string): boolean {
  const wanted = entry.toLowerCase()
  const scheme = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/.exec(wanted)
  if (scheme === null) return /^https?:$/.test(url.protocol) && (url.host === wanted || url.hostname === wanted)
  const [, name, host = ''] = scheme
  return url.protocol === `${name}:` && url.host === host.replace(/\/.*$/, '')
}

function hasControlCharacters(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) < 32 || text.charCodeAt(at) === 127) return true
  return false
}
