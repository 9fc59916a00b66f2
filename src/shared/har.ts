import { STATUS_CODES } from 'node:http'
import { firstHeader, type HeaderPairs } from './headers.ts'

/** One exchange, fit to be written down. */
export interface HarExchange {
  /** ISO 8601. */
  readonly at: string
  readonly durationMs: number
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: HeaderPairs
    readonly body: string
  }
  readonly response: { readonly status: number; readonly headers: HeaderPairs; readonly body: string }
  readonly comment: string
}

/** An entry of an HTTP archive. http://www.softwareishard.com/blog/har-12-spec/ */
export const toHarEntry = ({ at, durationMs, request, response, comment }: HarExchange) => ({
  startedDateTime: at,
  time: toMicroseconds(durationMs),
  request: {
    method: request.method,
    url: request.url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: records(request.headers),
    queryString: queryOf(request.url),
    headersSize: -1,
    bodySize: Buffer.byteLength(request.body),
    ...(request.body !== '' && {
      postData: { mimeType: firstHeader(request.headers, 'content-type') ?? '', params: [], text: request.body },
    }),
  },
  response: {
    status: response.status,
    statusText: STATUS_CODES[response.status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: records(response.headers),
    content: {
      size: Buffer.byteLength(response.body),
      mimeType: firstHeader(response.headers, 'content-type') ?? '',
      text: response.body,
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: Buffer.byteLength(response.body),
  },
  cache: {},
  timings: { send: 0, wait: toMicroseconds(durationMs), receive: 0 },
  comment,
})

/** Who wrote an archive. */
export interface HarCreator {
  readonly name: string
  readonly version: string
}

/** Exchanges, oldest first, as an HTTP archive. */
export const toHar = (exchanges: readonly HarExchange[], creator: HarCreator) => ({
  log: { version: '1.2', creator, entries: exchanges.map(toHarEntry) },
})

const toMicroseconds = (ms: number): number => Math.round(ms * 1000) / 1000
const records = (headers: HeaderPairs) => headers.map(([name, value]) => ({ name, value }))

function queryOf(url: string): { name: string; value: string }[] {
  const start = url.indexOf('?')
  return start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))].map(([name, value]) => ({ name, value }))
}
