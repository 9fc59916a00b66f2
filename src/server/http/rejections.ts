import type { IncomingHttpHeaders } from 'node:http'
import { bounds } from '../../shared/bounds.ts'
import type { ErrorName } from '../../spec/errors.ts'
import { Refusal } from '../refusal.ts'

/** Bytes of headers that are taken, and kept of a request that cannot be served. Node sees to it for HTTP/1.1. */
export const HEADERS_MAX_BYTES = bounds.headersBytes.value

/** What Node says of a connection that it could make no request of. */
export type ClientError = NodeJS.ErrnoException & { readonly rawPacket?: Buffer }

/** What is wrong with a connection that Node could make no request of; undefined when its client is gone. */
export function rejectionOf({ code = '' }: NodeJS.ErrnoException, bytes: Buffer | undefined): Refusal | undefined {
  if (code === 'ECONNRESET') return undefined
  if (code === 'HPE_HEADER_OVERFLOW') return headersTooLarge()
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return rejected('requestTimeout', 'request-time', 'The request did not arrive in time. Send it in one go.')
  }
  return rejected('malformedRequest', 'request-form', explain(code, firstLine(bytes)))
}

export const headersTooLarge = (): Refusal =>
  rejected(
    'headersTooLarge',
    'headers-size',
    `The headers exceed ${HEADERS_MAX_BYTES} bytes. Send fewer or shorter ones.`,
  )

/** A request that cannot be served. */
export const rejected = (error: ErrorName, rule: string, detail: string): Refusal =>
  new Refusal(error, { rule, detail })

function explain(code: string, line: string): string {
  const target = /^[A-Za-z]+ +(.*?)(?: +HTTP\/\d\.\d)?$/.exec(line)?.[1] ?? ''
  if (/[^!-~]/.test(target)) {
    return 'The request target holds a space or a character beyond ASCII. Percent-encode it as UTF-8: %20 for a space, %E9%83%A8 for 部.'
  }
  if (code === 'HPE_INVALID_URL')
    return 'The request target is no path. It begins with a slash, such as /koodrive/ose/v1/userList.'
  if (/CHUNK/.test(code))
    return `The body is not in chunks as its headers say (${code}). Each begins with a line of its size, in hexadecimal.`
  return `The bytes are no HTTP/1.1 request (${code}). Send a request line, header lines with a colon, and an empty line.`
}

const firstLine = (bytes: Buffer | undefined): string =>
  /^[^\r\n]*/.exec(bytes?.toString('utf8', 0, HEADERS_MAX_BYTES) ?? '')?.[0] ?? ''

/** The refusal of CONNECT: the mock is no proxy for other hosts. */
export const noTunnel = () =>
  rejected('methodNotAllowed', 'method-not-allowed', 'CONNECT asks for a tunnel, which is no method of the API.')

/** The refusal of an Expect header with anything but 100-continue, RFC 9110 section 10.1.1. */
export const unknownExpectation = ({ expect }: IncomingHttpHeaders) =>
  rejected('expectationFailed', 'header.Expect', `Expect: ${expect} is not known; only 100-continue is. Leave it out.`)
