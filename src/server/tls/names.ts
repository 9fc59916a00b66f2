import { isIP } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'
import { domainToASCII } from 'node:url'
import { productionOrigins } from '../../spec/production-origins.ts'

/** With them a client is led to the mock by /etc/hosts or `curl --resolve`, unchanged. */
const productionHosts = productionOrigins.map((origin) => new URL(origin).hostname)

const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** An address or a host name that a certificate is good for. */
export type CertifiedName = { readonly dns: string } | { readonly ip: Uint8Array }

/**
 * What a server that listens on `host` may be called: by the names of this machine, by `host`, by the production hosts
 * and by `more`. One that listens everywhere is called by the addresses of the machine and by its name, too.
 *
 * @throws TypeError when one of `more` is neither an address nor a host name.
 */
export function namesOf(host: string, more: readonly string[]): string[] {
  const machine = Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address))
  const own = everywhere.has(host) ? [...machine, hostname()] : [host]
  for (const name of more) certified(name)
  return [...new Set(['localhost', '127.0.0.1', '::1', ...own.filter(isName), ...productionHosts, ...more])]
}

/**
 * A name as a certificate holds it.
 *
 * @throws TypeError when it is neither an address nor a host name.
 */
export function certified(name: string): CertifiedName {
  const [address = ''] = name.replace(/^\[(.*)\]$/, '$1').split('%')
  const version = isIP(address)
  if (version === 4) return { ip: Buffer.from(address.split('.').map(Number)) }
  if (version === 6) return { ip: bytesOfIpv6(address) }
  const dns = domainToASCII(name.replace(/^\*\./, ''))
  const wildcard = name.startsWith('*.') ? '*.' : ''
  if (/^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/.test(dns))
    return { dns: wildcard + dns }
  throw new TypeError(`"${name}" is neither a host name nor an address that a certificate could hold.`)
}

function isName(name: string): boolean {
  try {
    return certified(name) !== undefined
  } catch {
    return false
  }
}

/** The URL standard writes an address in groups of hex digits, whatever it looked like before. */
function bytesOfIpv6(address: string): Buffer {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const groups = (text: string | undefined) => (text === undefined || text === '' ? [] : text.split(':'))
  const [left, right] = [groups(head), groups(tail)]
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0')
  const all = [...left, ...zeros, ...right].map((group) => Number.parseInt(group, 16))
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 0xff]))
}
