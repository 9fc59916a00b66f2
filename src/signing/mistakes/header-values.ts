import type { Change } from '../diagnosis/attempt.ts'
import { headerValue } from '../headers.ts'
import { formatXDate, parseXDate } from '../x-date.ts'
import type { SearchContext, SearchedMistake } from './mistake.ts'

/** What JavaScript, Python, Java make of a value that is not there yet when the request is signed. */
const NOTHING = ['', 'undefined', 'null', 'None']
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', 'host.docker.internal']
const VENDOR_HOSTS = ['intl.myhuaweicloud-koodrive.com', 'cn.myhuaweicloud-koodrive.com']
const QUARTER_HOUR_MS = 900_000
const RESIGNED_SECONDS = 10

/** Mistakes in the value of one header: Host, X-Date, X-User-Id. */
export const headerValueMistakes: readonly SearchedMistake[] = [
  {
    id: 'host-port',
    stage: 'host',
    title: 'Host was signed without its port, or with a port that is not sent',
    cure: 'sign the Host header exactly as it is sent, port included (a default port is not sent)',
    variants: (search) => {
      const { name, port } = sentHost(search)
      return port === '' ? [':80', ':443'].map((added) => value('host', `${name}${added}`)) : [value('host', name)]
    },
  },
  {
    id: 'host-of-proxy',
    stage: 'host',
    title: 'The host of a proxy was signed, and the proxy sends another one on',
    cure: 'let the proxy pass the Host header on unchanged, or sign the Host that arrives at the server',
    variants: (search) => proxyHosts(search).map((host) => value('host', host)),
  },
  {
    id: 'host-loopback-name',
    stage: 'host',
    title: 'Another name of this computer was signed as Host than was sent',
    cure: 'use one spelling (localhost or 127.0.0.1) for the URL and for the signature',
    variants: (search) =>
      LOOPBACK.flatMap((name) => [value('host', `${name}${sentHost(search).port}`), value('host', name)]),
  },
  {
    id: 'host-of-vendor',
    stage: 'host',
    title: "The vendor's host was signed, but the request went elsewhere",
    cure: 'sign the Host header that is sent',
    variants: () => VENDOR_HOSTS.flatMap((host) => [value('host', host), value('host', `${host}:443`)]),
  },
  {
    id: 'host-with-scheme',
    stage: 'host',
    title: 'Host was signed as a URL',
    cure: 'sign the host and port only, as they stand in the Host header',
    variants: ({ headers }) => {
      const host = headerValue(headers, 'host') ?? ''
      return ['http://', 'https://'].flatMap((s) => [value('host', `${s}${host}`), value('host', `${s}${host}/`)])
    },
  },
  {
    id: 'host-lower-cased',
    stage: 'host',
    title: 'Host was signed in another case than it is sent',
    cure: 'sign the Host header exactly as it is sent',
    variants: ({ headers }) => [value('host', (headerValue(headers, 'host') ?? '').toLowerCase())],
  },
  {
    id: 'host-empty',
    stage: 'host',
    title: 'Host was signed without a value (the HTTP library adds it after signing)',
    cure: 'set Host before signing, or take it from the URL',
    variants: () => NOTHING.map((nothing) => value('host', nothing)),
  },
  {
    id: 'x-date-signed-anew',
    stage: 'date',
    title: 'Another X-Date was signed than was sent (the clock was read twice)',
    cure: 'read the clock once, and use that text for the header and for the signature',
    alone: true,
    variants: (search) =>
      shiftedDates(
        search,
        Array.from({ length: RESIGNED_SECONDS }, (_, n) => (n + 1) * 1000),
      ),
  },
  {
    id: 'x-date-signed-local',
    stage: 'date',
    title: 'X-Date was signed in another time zone than it was sent',
    cure: 'write UTC in both, once, and use that text for the header and for the signature',
    alone: true,
    variants: (search) =>
      shiftedDates(
        search,
        Array.from({ length: 56 }, (_, n) => (n + 1) * QUARTER_HOUR_MS),
      ),
  },
  {
    id: 'x-date-other-form',
    stage: 'date',
    title: 'X-Date was signed in another form than it was sent (epoch or ISO 8601 with separators)',
    cure: 'sign the text of the X-Date header, yyyyMMddTHHmmssZ',
    variants: (search) => otherForms(search).map((text) => value('x-date', text)),
  },
  {
    id: 'x-date-empty',
    stage: 'date',
    title: 'X-Date was signed without a value',
    cure: 'set X-Date before signing',
    alone: true,
    variants: () => NOTHING.map((nothing) => value('x-date', nothing)),
  },
  {
    id: 'x-user-id-rounded',
    stage: 'user',
    title: 'X-User-Id was signed as a number and lost its last digits',
    cure: 'keep ids as strings: they are beyond the integers a double can hold',
    variants: ({ headers }) => [value('x-user-id', String(Number(headerValue(headers, 'x-user-id') ?? '')))],
  },
  {
    id: 'x-user-id-empty',
    stage: 'user',
    title: 'X-User-Id was signed without a value',
    cure: 'set X-User-Id before signing',
    alone: true,
    variants: () => NOTHING.map((nothing) => value('x-user-id', nothing)),
  },
]

function value(header: string, text: string): Change {
  return (attempt) => ({
    ...attempt,
    headers: attempt.headers.map((line) => (line.name === header ? { ...line, value: text } : line)),
  })
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
  const told = ['x-forwarded-host', 'x-original-host', 'x-forwarded-server', 'x-host'].flatMap((name) =>
    (headerValue(headers, name) ?? '').split(','),
  )
  for (const element of (headerValue(headers, 'forwarded') ?? '').split(/[,;]/)) {
    const [name, host = ''] = element.split('=')
    if (name?.trim().toLowerCase() === 'host') told.push(host.replaceAll('"', ''))
  }
  const port = headerValue(headers, 'x-forwarded-port')
  return told
    .map((host) => host.trim())
    .filter((host) => host !== '')
    .slice(0, 4)
    .flatMap((host) => [host, host.replace(/:\d+$/, ''), ...(port === undefined ? [] : [`${host}:${port}`])])
}

function shiftedDates({ headers }: SearchContext, shifts: readonly number[]): Change[] {
  const sent = parseXDate(headerValue(headers, 'x-date') ?? '')
  if (sent === undefined) return []
  return shifts.flatMap((shift) =>
    [sent - shift, sent + shift].filter(isExpressible).map((time) => value('x-date', formatXDate(time))),
  )
}

function isExpressible(epochMs: number): boolean {
  return epochMs >= -62_167_219_200_000 && epochMs < 253_402_300_800_000
}

function otherForms({ headers }: SearchContext): string[] {
  const text = headerValue(headers, 'x-date') ?? ''
  const time = parseXDate(text)
  if (time === undefined) return []
  const day = `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`
  const clock = `${text.slice(9, 11)}:${text.slice(11, 13)}:${text.slice(13, 15)}`
  return [
    String(time / 1000),
    String(time),
    `${day}T${clock}Z`,
    `${day}T${clock}.000Z`,
    `${day} ${clock}`,
    text.slice(0, 15),
    text.slice(0, 8),
  ]
}
