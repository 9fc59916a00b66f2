import { STATUS_CODES } from 'node:http'
import { version } from '../spec/version.ts'
import { toIso } from '../world/instant.ts'
import type { JournalEntry } from './journal.ts'
import type { ShownExchange } from './journal-view.ts'
import type { Viewer } from './viewer.ts'

type Pairs = readonly (readonly [string, string])[]

/** The journal as an HTTP archive, oldest first, for whatever reads HAR. http://www.softwareishard.com/blog/har-12-spec/ */
export const toHar = (entries: readonly JournalEntry[], viewer: Viewer) => ({
  log: {
    version: '1.2',
    creator: { name: 'koodrive-mock', version },
    entries: [...entries].reverse().map((entry) => toHarEntry(entry, viewer)),
  },
})

function toHarEntry(entry: JournalEntry, viewer: Viewer) {
  const { request, response } = viewer.exchange(entry)
  const waitMs = Math.round(entry.durationMs * 1000) / 1000
  return {
    startedDateTime: toIso(entry.at),
    time: waitMs,
    request: {
      method: request.method,
      url: urlOf(request),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toRecords(request.headers),
      queryString: queryOf(request.target),
      headersSize: -1,
      bodySize: entry.requestBody.length,
      ...(request.body !== '' && {
        postData: { mimeType: headerValue(request.headers, 'content-type') ?? '', params: [], text: request.body },
      }),
    },
    response: {
      status: response.status,
      statusText: STATUS_CODES[response.status] ?? '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: toRecords(response.headers),
      content: {
        size: Buffer.byteLength(entry.responseBody),
        mimeType: headerValue(response.headers, 'content-type') ?? '',
        text: response.body,
      },
      redirectURL: '',
      headersSize: -1,
      bodySize: Buffer.byteLength(entry.responseBody),
    },
    cache: {},
    timings: { send: 0, wait: waitMs, receive: 0 },
    comment: [entry.requestId, entry.operation, entry.rule].filter(Boolean).join('; '),
  }
}

const toRecords = (headers: Pairs) => headers.map(([name, value]) => ({ name, value }))

/** The value of a header, by its lower-case name. */
export const headerValue = (headers: Pairs, name: string): string | undefined =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1]

/** The address that was called; the Host header tells where. */
export function urlOf({ target, headers }: ShownExchange['request']): string {
  return /^[a-z]+:\/\//i.test(target) ? target : `http://${headerValue(headers, 'host') ?? '127.0.0.1:4010'}${target}`
}

const queryOf = (target: string) => {
  const start = target.indexOf('?')
  const pairs = start < 0 ? [] : [...new URLSearchParams(target.slice(start + 1))]
  return pairs.map(([name, value]) => ({ name, value }))
}
