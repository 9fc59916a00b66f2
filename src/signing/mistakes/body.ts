import { createHash } from 'node:crypto'
import type { Change } from '../attempt.ts'
import { EMPTY_SHA256, sha256Hex } from '../digest.ts'
import type { SearchContext, SearchedMistake } from './mistake.ts'

/** A longer body is not tried as the last line itself: the line would be hashed with every pair. */
const MAX_RAW_BYTES = 16_384
/** A longer body is not tried as another string: each costs a copy and a hash of all of it. */
const MAX_TEXT_BYTES = 262_144

/** Mistakes in the last line of the canonical request, apart from those of JSON serialisers. */
export const bodyMistakes: readonly SearchedMistake[] = [
  {
    id: 'body-hash-of-nothing',
    stage: 'body',
    likelihood: 'frequent',
    title: 'The request has a body, but the hash of an empty body was signed',
    cure: 'hash the bytes of the body that is sent',
    variants: () => [payload(EMPTY_SHA256)],
  },
  {
    id: 'body-hash-left-empty',
    stage: 'body',
    likelihood: 'frequent',
    title: 'An empty line was signed instead of the hash of the body',
    cure: 'hash the body also when there is none (e3b0c442...b855 is the hash of the empty string)',
    variants: () => [payload('')],
  },
  {
    id: 'body-placeholder-hashed',
    stage: 'body',
    title: 'The request has no body, but something was hashed in its place ({}, null, "" or the query)',
    cure: 'hash the empty string when there is no body',
    variants: ({ body, target }) =>
      body.length > 0
        ? []
        : ['{}', 'null', '""', 'undefined', 'None', '[]', ' ', '\n', target.query].map((text) =>
            payload(sha256Hex(text)),
          ),
  },
  {
    id: 'body-other-value-hashed',
    stage: 'body',
    title: 'The request has a body, but something else was hashed in its place ({}, null, [object Object])',
    cure: 'hash the bytes of the body that is sent',
    alone: true,
    variants: ({ body, target }) =>
      body.length === 0
        ? []
        : ['{}', 'null', 'undefined', '[object Object]', '""', 'None', '[]', ' ', '\n', target.query, target.path].map(
            (text) => payload(sha256Hex(text)),
          ),
  },
  {
    id: 'body-hash-upper-case',
    stage: 'body',
    likelihood: 'frequent',
    title: 'The hash of the body was written in upper case',
    cure: 'write it as 64 lower-case hex digits',
    variants: ({ right }) => [payload(right.payload.toUpperCase())],
  },
  {
    id: 'body-hash-base64',
    stage: 'body',
    title: 'The hash of the body was written in Base64',
    cure: 'write it as 64 lower-case hex digits',
    variants: ({ right }) => {
      const digest = Buffer.from(right.payload, 'hex')
      return [payload(digest.toString('base64')), payload(digest.toString('base64url'))]
    },
  },
  {
    id: 'body-not-hashed',
    stage: 'body',
    title: 'The body itself was signed instead of its hash',
    cure: 'end the canonical request with the lower-case hex SHA-256 of the body',
    variants: ({ body }) => (body.length > 0 && body.length <= MAX_RAW_BYTES ? [payload(body.toString())] : []),
  },
  {
    id: 'body-unsigned-payload',
    stage: 'body',
    title: 'UNSIGNED-PAYLOAD was signed instead of the hash of the body',
    cure: 'hash the body; KooDrive does not know unsigned payloads',
    variants: () => ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'].map(payload),
  },
  {
    id: 'body-other-hash',
    stage: 'body',
    title: 'The body was hashed by another algorithm than SHA-256',
    cure: 'hash it by SHA-256',
    alone: true,
    variants: ({ body }) =>
      ['md5', 'sha1', 'sha512'].flatMap((algorithm) => {
        const digest = createHash(algorithm).update(body).digest()
        return [payload(digest.toString('hex')), payload(digest.toString('base64'))]
      }),
  },
  {
    id: 'body-hashed-twice',
    stage: 'body',
    title: 'The body was hashed twice',
    cure: 'hash it once',
    alone: true,
    variants: ({ right }) => [payload(sha256Hex(right.payload)), payload(sha256Hex(Buffer.from(right.payload, 'hex')))],
  },
  {
    id: 'body-line-end',
    stage: 'body',
    likelihood: 'frequent',
    rewritesBody: true,
    title: 'The signed body and the sent one differ by a line end or by spaces at its ends',
    cure: 'hash the very bytes that are sent (in a shell: printf and curl --data-binary)',
    variants: (search) =>
      asText(search, (text) => [text.replace(/\r?\n$/, ''), `${text}\n`, `${text}\r\n`, text.trim()]),
  },
  {
    id: 'body-carriage-returns',
    stage: 'body',
    likelihood: 'frequent',
    rewritesBody: true,
    title: 'The signed body and the sent one differ by CR LF and LF',
    cure: 'hash the very bytes that are sent (curl --data drops line ends, --data-binary keeps them)',
    variants: (search) =>
      asText(search, (text) => {
        const bare = text.replaceAll('\r\n', '\n')
        return [bare, bare.replaceAll('\n', '\r\n'), bare.replaceAll('\n', '')]
      }),
  },
]

function asText({ body }: SearchContext, texts: (text: string) => (string | Buffer)[]): Change[] {
  return body.length === 0 || body.length > MAX_TEXT_BYTES ? [] : texts(body.toString()).map(hashed)
}

function hashed(body: string | Buffer): Change {
  return payload(sha256Hex(body))
}

function payload(text: string): Change {
  return (attempt) => ({ ...attempt, payload: text })
}
