import { closeSync, openSync, writeSync } from 'node:fs'
import { STATUS_CODES } from 'node:http'
import type { HeaderPairs } from '../signing/index.ts'
import { version } from '../spec/version.ts'

/** One exchange, fit to be written down. */
export interface RecordedExchange {
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
  /** What was noticed about it. */
  readonly comment: string
}

const records = (headers: HeaderPairs) => headers.map(([name, value]) => ({ name, value }))
const headerOf = (headers: HeaderPairs, name: string): string =>
  headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? ''

/** An entry of an HTTP archive. http://www.softwareishard.com/blog/har-12-spec/ */
export const toHarEntry = ({ at, durationMs, request, response, comment }: RecordedExchange) => ({
  startedDateTime: at,
  time: durationMs,
  request: {
    method: request.method,
    url: request.url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: records(request.headers),
    queryString: [...new URL(request.url).searchParams].map(([name, value]) => ({ name, value })),
    headersSize: -1,
    bodySize: Buffer.byteLength(request.body),
    ...(request.body !== '' && {
      postData: { mimeType: headerOf(request.headers, 'content-type'), params: [], text: request.body },
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
      mimeType: headerOf(response.headers, 'content-type'),
      text: response.body,
    },
    redirectURL: '',
    headersSize: -1,
    bodySize: Buffer.byteLength(response.body),
  },
  cache: {},
  timings: { send: 0, wait: durationMs, receive: 0 },
  comment,
})

/** Where exchanges are written to. */
export interface HarSink {
  add(exchange: RecordedExchange): void
  close(): void
}

const FOOT = '\n]}}\n'

/**
 * An HTTP archive in a file, readable after every exchange: whoever ends the process early loses nothing.
 *
 * @throws the error of the file system when the file cannot be written.
 */
export function openHarFile(file: string): HarSink {
  const descriptor = openSync(file, 'w', 0o600)
  const head = `{"log":{"version":"1.2","creator":${JSON.stringify({ name: 'koodrive-mock', version })},"entries":[\n`
  let end = writeSync(descriptor, head, 0)
  writeSync(descriptor, FOOT, end)
  let count = 0
  return {
    add(exchange) {
      const text = `${count === 0 ? '' : ',\n'}${JSON.stringify(toHarEntry(exchange))}`
      const written = writeSync(descriptor, text + FOOT, end)
      end += written - FOOT.length
      count += 1
    },
    close: () => closeSync(descriptor),
  }
}
