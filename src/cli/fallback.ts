import { InvalidArgumentError } from 'commander'
import { fallbackProblem, isLoopback, urlHost } from '../shared/address.ts'
import { usageError } from './exit.ts'
import type { PortFlags } from './open-port.ts'

/** What the command line says about another server. */
export interface FallbackFlags {
  readonly fallback?: string
  readonly fallbackCa?: string
  readonly fallbackCredentials?: boolean
}

/** Its URL. */
export function fallbackUrl(text: string): string {
  const problem = fallbackProblem(text)
  if (problem === undefined) return text
  throw new InvalidArgumentError(`Wrong URL: ${problem}`)
}

/**
 * Where calls go on to, through the proxies of the environment; undefined when nowhere.
 *
 * @throws ExitError 2
 */
export async function fallbackOf(flags: FallbackFlags & Pick<PortFlags, 'port' | 'host'>) {
  const { fallback: url, fallbackCa, fallbackCredentials, port, host } = flags
  if (url === undefined) {
    const [lone] = [fallbackCa && '--fallback-ca', fallbackCredentials && '--fallback-credentials'].filter(Boolean)
    if (lone) throw usageError(`${lone} says nothing without --fallback URL.`)
    return undefined
  }
  const there = new URL(url)
  const defaultPort = there.protocol === 'https:' ? 443 : 80
  const isSamePort = Number(there.port || defaultPort) === port
  if (isSamePort && (isLoopback(there.hostname) || there.hostname === urlHost(host))) {
    throw usageError(`--fallback ${url} is this server itself. Give the URL of another one.`)
  }
  const { commandFetch } = await import('./network.ts')
  return {
    url,
    fetch: commandFetch({ ...(fallbackCa !== undefined && { ca: fallbackCa }) }, '--fallback-ca'),
    credentials: fallbackCredentials,
  }
}
