import { isIPv6 } from 'node:net'

/** Node compiles its pattern of IPv6 for the first question, for five milliseconds; most hosts show at a glance that they are none. */
const isIpv6Address = (host: string): boolean => host.includes(':') && isIPv6(host)

/** Without the brackets that a URL puts around an IPv6 address: as Node listens on it and calls it. */
export const bareHost = (host: string): string => host.trim().replace(/^\[(.*)\]$/, '$1')

/** As it stands in a URL: an IPv6 address in brackets, its zone escaped (RFC 6874). */
export function urlHost(host: string): string {
  const bare = bareHost(host)
  return isIpv6Address(bare) ? `[${bare.replace('%', '%25')}]` : bare
}

/** In the one form that the URL standard, which knows no zones, writes it in: `127.1` is 127.0.0.1, `0:0:0:0:0:0:0:1` is ::1. */
function canonical(host: string): string {
  const url = `http://${urlHost(bareHost(host).replace(/%.*/, ''))}`
  return URL.canParse(url) ? bareHost(new URL(url).hostname) : bareHost(host).toLowerCase()
}

/** Whether only this machine can call a server that listens there. */
export function isLoopback(host: string): boolean {
  const name = canonical(host)
  return /^(?:(?:.*\.)?localhost|127(?:\.\d+){3}|::1|::ffff:7f[0-9a-f]{2}:[0-9a-f]+)$/.test(name)
}

/** Where to call a server that listens on `host`: all addresses of a machine are no address of it everywhere. */
export function callableHost(host: string): string {
  const name = canonical(host)
  if (name === '0.0.0.0') return '127.0.0.1'
  if (name === '::') return '::1'
  // No zone is needed there, and few programs take one in a URL.
  return name === '::1' ? bareHost(host).replace(/%.*/, '') : bareHost(host)
}

/** Whether it can be an address or the name of a host: no port, no path, no scheme. */
export const isHost = (host: string): boolean =>
  isIpv6Address(bareHost(host)) || (/^[\p{L}\p{N}._-]+$/u.test(host.trim()) && URL.canParse(`http://${host.trim()}`))

/** What is wrong with a string as the origin of a page, and what to do; undefined when nothing is. */
export function originProblem(text: string): string | undefined {
  if (text === '*')
    return 'every origin cannot be allowed: any page could use the mock then. Name each, such as http://localhost:5173.'
  if (!URL.canParse(text)) return 'it takes scheme, host and port of a page, such as http://localhost:5173.'
  const { origin, protocol } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return 'it takes http or https.'
  return origin === text ? undefined : `an origin has no path, no usual port and small letters: write ${origin}.`
}

/** What is wrong with the URL of a fallback, and what to do; undefined when nothing is. */
export function fallbackProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'it takes an http or https URL, such as http://127.0.0.1:8080.'
  const { protocol, username, password, search, hash } = new URL(text)
  if (protocol !== 'http:' && protocol !== 'https:') return `it takes http or https, not ${protocol}//.`
  if (username !== '' || password !== '') return 'it takes no name and password in the URL.'
  if (search !== '' || hash !== '') return 'it takes no query and no fragment: they come with each call.'
  return undefined
}
