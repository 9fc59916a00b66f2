import { withHeader } from '../attempt.ts'
import { headerValue } from '../request.ts'
import { inStage, type SearchContext, UNSET_VALUES } from './mistake.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', 'host.docker.internal']
/** Names that people give a mock in a network of containers. */
const CONTAINERS = ['koodrive-mock', 'koodrive', 'mock']
const PORTS = [':4010', ':80', ':443', ':8080', ':8443', ':3000', ':5000', ':8000', ':9000']
const MAX_CASED_LABELS = 4
const VENDOR_HOSTS = ['intl.myhuaweicloud-koodrive.com', 'cn.myhuaweicloud-koodrive.com']

/** Mistakes in the value of Host. */
export const hostMistakes = inStage('host', [
  {
    id: 'host-port',
    likelihood: 'frequent',
    title: 'Host was signed without its port, or with a port that is not sent',
    cure: 'sign the Host header exactly as it is sent, port included (a default port is not sent)',
    variants: (search) => {
      const { name, port } = sentHost(search)
      return port === ''
        ? [':443', ':80'].map((added) => withHeader('host', `${name}${added}`))
        : ['', ':443', ':80'].map((other) => withHeader('host', `${name}${other}`))
    },
  },
  {
    id: 'host-of-proxy',
    title: 'The host of a proxy was signed, and the proxy sends another one on',
    cure: 'let the proxy pass the Host header on unchanged, or sign the Host that arrives at the server',
    variants: (search) => proxyHosts(search).map((host) => withHeader('host', host)),
  },
  {
    id: 'host-loopback-name',
    likelihood: 'frequent',
    title: 'Another name of this computer was signed as Host than was sent',
    cure: 'use one spelling (localhost or 127.0.0.1) for the URL and for the signature',
    variants: (search) =>
      LOOPBACK.flatMap((name) => [withHeader('host', `${name}${sentHost(search).port}`), withHeader('host', name)]),
  },
  {
    id: 'host-of-vendor',
    title: "The vendor's host was signed, but the request went elsewhere",
    cure: 'sign the Host header that is sent',
    // The bare names first: only the first two ways of a mistake are tried beside every other one.
    variants: () =>
      [...VENDOR_HOSTS, ...VENDOR_HOSTS.map((host) => `${host}:443`)].map((host) => withHeader('host', host)),
  },
  {
    id: 'host-with-scheme',
    title: 'Host was signed as a URL',
    cure: 'sign the host and port only, as they stand in the Host header',
    variants: ({ headers }) => {
      const host = headerValue(headers, 'host') ?? ''
      return ['http://', 'https://'].flatMap((s) => [
        withHeader('host', `${s}${host}`),
        withHeader('host', `${s}${host}/`),
      ])
    },
  },
  {
    id: 'host-lower-cased',
    title: 'Host was signed in another case than it is sent',
    cure: 'sign the Host header exactly as it is sent',
    paired: 4,
    variants: ({ headers }) => otherCases(headerValue(headers, 'host') ?? '').map((host) => withHeader('host', host)),
  },
  {
    id: 'host-of-another-address',
    likelihood: 'rare',
    paired: 24,
    title: 'The host of another address of this server was signed than was sent (a proxy may exchange it)',
    cure: 'sign the Host header that arrives, or let the proxy pass it on unchanged (nginx: proxy_set_header Host $http_host)',
    variants: function* (search) {
      const { port } = sentHost(search)
      for (const host of search.knownHosts) {
        yield withHeader('host', host)
        yield withHeader('host', host.replace(/:\d+$/, ''))
      }
      for (const name of CONTAINERS) for (const own of [':4010', port, '']) yield withHeader('host', `${name}${own}`)
      for (const name of [...LOOPBACK, ...CONTAINERS])
        for (const other of PORTS) yield withHeader('host', `${name}${other}`)
    },
  },
  {
    id: 'host-empty',
    likelihood: 'frequent',
    title: 'Host was signed without a value (the HTTP library adds it after signing)',
    cure: 'set Host before signing, or take it from the URL',
    variants: () => UNSET_VALUES.map((value) => withHeader('host', value)),
  },
])

/** In lower case, in capitals, with capitals at the beginning of labels. */
function otherCases(host: string): string[] {
  const capital = (label: string) => label.slice(0, 1).toUpperCase() + label.slice(1).toLowerCase()
  const labels = host.toLowerCase().split('.')
  if (labels.length > MAX_CASED_LABELS) return [host.toLowerCase(), host.toUpperCase(), labels.map(capital).join('.')]
  const mixed = labels.reduce<string[][]>(
    (all, label) =>
      all.flatMap((before) => [label, capital(label), label.toUpperCase()].map((one) => [...before, one])),
    [[]],
  )
  return [labels.join('.'), host.toUpperCase(), labels.map(capital).join('.'), ...mixed.map((all) => all.join('.'))]
}

/** The Host header as name and `:port`, which is empty when there is none. */
function sentHost({ headers }: SearchContext): { name: string; port: string } {
  const host = headerValue(headers, 'host') ?? ''
  const colon = host.lastIndexOf(':')
  return colon <= host.lastIndexOf(']')
    ? { name: host, port: '' }
    : { name: host.slice(0, colon), port: host.slice(colon) }
}

/** Hosts the proxies on the way say they were asked for, with and without their port. */
function proxyHosts(search: SearchContext): string[] {
  const { headers } = search
  const forwarded = ['x-forwarded-host', 'x-original-host', 'x-forwarded-server', 'x-host'].flatMap((name) =>
    (headerValue(headers, name) ?? '').split(','),
  )
  for (const element of (headerValue(headers, 'forwarded') ?? '').split(/[,;]/)) {
    const [name, host = ''] = element.split('=')
    if (name?.trim().toLowerCase() === 'host') forwarded.push(host.replaceAll('"', ''))
  }
  for (const name of ['origin', 'referer']) {
    const url = headerValue(headers, name) ?? ''
    if (URL.canParse(url)) forwarded.push(new URL(url).host)
  }
  const port = headerValue(headers, 'x-forwarded-port')
  return forwarded
    .map((host) => host.trim())
    .filter((host) => host !== '')
    .slice(0, 6)
    .flatMap((host) => [host, host.replace(/:\d+$/, ''), ...(port === undefined ? [] : [`${host}:${port}`])])
}
