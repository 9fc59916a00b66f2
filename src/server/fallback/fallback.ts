import type { HeaderPairs } from '../../shared/headers.ts'
import { isSecretName } from '../../shared/secret-fields.ts'
import { forwardedHost, passedOn, rewrittenHost } from '../forward.ts'
import type { Wire } from '../http/wire.ts'

/** Where calls go on to that no operation and no route takes. */
export interface Fallback {
  /** Base URL: scheme and host, with a path below which everything stays. */
  readonly url: string
  readonly fetch: (request: Request) => Promise<Response>
  /** Whether the credentials of the client go on as well. */
  readonly passesCredentials: boolean
  /** The name of this process in Via, by which it knows its own calls again. */
  readonly mark: string
}

/** Headers that prove who calls, or belong to such a proof, besides those whose name says so. */
const PROOFS: ReadonlySet<string> = new Set([
  ...['authorization', 'x-auth-token', 'cookie', 'x-user-id', 'x-date', 'x-sdk-date', 'x-sdk-content-sha256'],
  ...['x-hw-id', 'x-hw-appkey', 'x-csrf-token', 'x-api-key'],
])

/** What `fetch` cannot send. */
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK'])

export const canPassOn = (method: string): boolean => !FORBIDDEN_METHODS.has(method)

/** Whether this process has passed the call on already: it came back. */
export const isOwnCall = ({ headers }: Pick<Wire, 'headers'>, { mark }: Fallback): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'via' && value.includes(mark))

/** The headers of a call as they go on. */
export function headersOn(
  headers: HeaderPairs,
  { url, passesCredentials, mark }: Fallback,
  secrets: readonly string[],
): [string, string][] {
  const kept = passedOn(headers).filter(
    ([name, value]) => passesCredentials || !(isProof(name) || secrets.some((secret) => value.includes(secret))),
  )
  const rewritten = passesCredentials ? rewrittenHost(headers, url) : undefined
  return [...kept, ...(rewritten === undefined ? [] : [forwardedHost(rewritten)]), ['Via', `1.1 ${mark}`]]
}

const isProof = (name: string): boolean => PROOFS.has(name.toLowerCase()) || isSecretName(name)

/** The URL of a call on the other server, without secrets in its query; undefined when it would lead elsewhere. */
export function urlOn(target: string, { url, passesCredentials }: Fallback): string | undefined {
  if (!target.startsWith('/')) return undefined
  const { origin, pathname } = new URL(url)
  const prefix = pathname.replace(/\/+$/, '')
  const [path = '', query] = splitAt(target, '?')
  const kept = query === undefined || passesCredentials ? query : query.split('&').filter(isNoSecret).join('&')
  const text = `${origin}${prefix}${path}${kept ? `?${kept}` : ''}`
  if (!URL.canParse(text)) return undefined
  const there = new URL(text)
  const isInside = prefix === '' || there.pathname.startsWith(`${prefix}/`)
  return there.origin === origin && isInside ? there.href : undefined
}

function isNoSecret(parameter: string): boolean {
  const [name = ''] = parameter.split('=')
  try {
    return !isSecretName(decodeURIComponent(name.replaceAll('+', ' ')))
  } catch {
    return !isSecretName(name)
  }
}

function splitAt(text: string, sign: string): [string, string?] {
  const at = text.indexOf(sign)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

/** Headers of an answer that are about the other server as a site, not about what it answers. */
const ABOUT_SITE = /^(?:access-control-|x-mock-|strict-transport-security$|alt-svc$|clear-site-data$|public-key-pins)/i

/** The headers of an answer as the client gets them. */
export const headersBack = (headers: HeaderPairs): [string, string][] =>
  headers.filter(([name]) => !ABOUT_SITE.test(name)).map(([name, value]) => [name, value])
