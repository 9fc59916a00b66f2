import { createHash } from 'node:crypto'
import { type Change, withBody, withPayload } from '../attempt.ts'
import { EMPTY_SHA256 } from '../digest.ts'
import { inStage, type SearchContext } from './mistake.ts'

/** A longer body is not tried as the last line itself: the line would be hashed with every pair. */
const MAX_RAW_BYTES = 16_384
/** A longer body is not tried as another string: each costs a copy and a hash of all of it. */
const MAX_TEXT_BYTES = 262_144

/** Mistakes in the last line of the canonical request, apart from those of JSON serialisers. */
export const bodyMistakes = inStage('body', [
  {
    id: 'body-hash-of-nothing',
    likelihood: 'frequent',
    title: 'The request has a body, but the hash of an empty body was signed',
    cure: 'hash the bytes of the body that is sent',
    variants: () => [withPayload(EMPTY_SHA256)],
  },
  {
    id: 'body-hash-left-empty',
    likelihood: 'frequent',
    title: 'An empty line was signed instead of the hash of the body',
    cure: 'hash the body also when there is none (e3b0c442...b855 is the hash of the empty string)',
    variants: () => [withPayload('')],
  },
  {
    id: 'body-placeholder-hashed',
    title: 'The request has no body, but something was hashed in its place ({}, null, "" or the query)',
    cure: 'hash the empty string when there is no body',
    variants: ({ body, target }) =>
      body.length > 0
        ? []
        : ['{}', 'null', '""', 'undefined', 'None', '[]', ' ', '\n', target.query].map((text) => withBody(text)),
  },
  {
    id: 'body-other-value-hashed',
    title: 'The request has a body, but something else was hashed in its place ({}, null, [object Object])',
    cure: 'hash the bytes of the body that is sent',
    alone: true,
    variants: ({ body, target }) =>
      body.length === 0
        ? []
        : ['{}', 'null', 'undefined', '[object Object]', '""', 'None', '[]', ' ', '\n', target.query, target.path].map(
            (text) => withBody(text),
          ),
  },
  {
    id: 'body-hash-upper-case',
    likelihood: 'frequent',
    title: 'The hash of the body was written in upper case',
    cure: 'write it as 64 lower-case hex digits',
    variants: ({ right }) => [withPayload(right.payload.toUpperCase())],
  },
  {
    id: 'body-hash-base64',
    title: 'The hash of the body was written in Base64',
    cure: 'write it as 64 lower-case hex digits',
    variants: ({ right }) => {
      const digest = Buffer.from(right.payload, 'hex')
      return [withPayload(digest.toString('base64')), withPayload(digest.toString('base64url'))]
    },
  },
  {
    id: 'body-not-hashed',
    title: 'The body itself was signed instead of its hash',
    cure: 'end the canonical request with the lower-case hex SHA-256 of the body',
    variants: ({ body }) => (body.length > 0 && body.length <= MAX_RAW_BYTES ? [withPayload(body.toString())] : []),
  },
  {
    id: 'body-unsigned-payload',
    title: 'UNSIGNED-PAYLOAD was signed instead of the hash of the body',
    cure: 'hash the body; KooDrive does not know unsigned payloads',
    variants: () => ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD'].map(withPayload),
  },
  {
    id: 'body-other-hash',
    title: 'The body was hashed by another algorithm than SHA-256',
    cure: 'hash it by SHA-256',
    alone: true,
    variants: ({ body }) =>
      ['md5', 'sha1', 'sha512'].flatMap((algorithm) => {
        const digest = createHash(algorithm).update(body).digest()
        return [withPayload(digest.toString('hex')), withPayload(digest.toString('base64'))]
      }),
  },
  {
    id: 'body-hashed-twice',
    title: 'The body was hashed twice',
    cure: 'hash it once',
    alone: true,
    variants: ({ right }) => [withBody(right.payload), withBody(Buffer.from(right.payload, 'hex'))],
  },
  {
    id: 'body-line-end',
    likelihood: 'frequent',
    rewritesBody: true,
    title: 'The signed body and the sent one differ by a line end or by spaces at its ends',
    cure: 'hash the very bytes that are sent (in a shell: printf and curl --data-binary)',
    variants: (search) =>
      asText(search, (text) => [text.replace(/\r?\n$/, ''), `${text}\n`, `${text}\r\n`, text.trim()]),
  },
  {
    id: 'body-carriage-returns',
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
])

function asText({ body }: SearchContext, texts: (text: string) => (string | Buffer)[]): Change[] {
  return body.length === 0 || body.length > MAX_TEXT_BYTES ? [] : texts(body.toString()).map(withBody)
}
