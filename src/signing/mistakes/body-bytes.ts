import {
  brotliDecompressSync,
  deflateRawSync,
  deflateSync,
  gunzipSync,
  gzipSync,
  inflateRawSync,
  inflateSync,
} from 'node:zlib'
import { type Change, detailed, withBody } from '../attempt.ts'
import { charsets } from './encodings.ts'
import { inStage, type SearchContext } from './mistake.ts'

/** A longer body is not tried as other bytes: each try costs a copy and a hash of all of it. */
const MAX_BYTES = 262_144
/** What a compressed body may expand to. */
const MAX_EXPANDED_BYTES = 1_048_576
/** Byte 9 of a gzip stream, the operating system: Unix, unknown, and 0, which Java writes. */
const GZIP_SYSTEMS = [3, 255, 0, 10, 19]
const LEVELS = [-1, 1, 9]

/** The signed body and the sent one are the same string as other bytes. */
export const bodyByteMistakes = inStage('body', [
  {
    id: 'body-byte-order-mark',
    rewritesBody: true,
    title:
      'The body was hashed with a byte order mark or in UTF-16, but sent in UTF-8 without one, or the other way round',
    cure: 'hash the very bytes that are sent, in UTF-8 without a byte order mark',
    variants: ({ body }) => {
      if (body.length === 0 || body.length > MAX_BYTES) return []
      const text = body.toString()
      const wide = Buffer.from(text, 'utf16le')
      const swapped = Buffer.from(wide).swap16()
      return [
        Buffer.from(`\uFEFF${text}`),
        Buffer.from(text.replace(/^\uFEFF/, '')),
        wide,
        swapped,
        Buffer.concat([Buffer.from([0xff, 0xfe]), wide]),
        Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]),
      ].map((bytes) => withBody(bytes))
    },
  },
  {
    id: 'body-charset',
    rewritesBody: true,
    title: 'The body was hashed in another character encoding than it was sent',
    cure: 'hash the very bytes that are sent, in UTF-8 (name the encoding wherever a string becomes bytes)',
    variants: (search) => (isText(search) ? otherEncodings(search.body) : []),
  },
  {
    id: 'body-compressed-after-signing',
    rewritesBody: true,
    title: 'The body was compressed after it was signed',
    cure: 'sign the bytes that are sent: compress first, or do not compress',
    variants: ({ body }) => expanded(body).map(({ name, bytes }) => detailed(name, withBody(bytes))),
  },
  {
    id: 'body-compressed-before-signing',
    rewritesBody: true,
    title: 'The compressed body was signed, but it arrived uncompressed',
    cure: 'sign the bytes that are sent (a library or proxy may have expanded them), or do not compress',
    alone: true,
    variants: function* ({ body }) {
      if (body.length === 0 || body.length > MAX_BYTES) return
      for (const level of LEVELS) {
        const gzip = gzipSync(body, { level })
        for (const system of GZIP_SYSTEMS) {
          gzip[9] = system
          yield detailed('gzip', withBody(gzip))
        }
        yield detailed('deflate', withBody(deflateSync(body, { level })))
        yield detailed('deflate', withBody(deflateRawSync(body, { level })))
      }
    },
  },
])

function isText({ body }: SearchContext): boolean {
  return body.length > 0 && body.length <= MAX_BYTES && body.some((byte) => byte >= 0x80)
}

function* otherEncodings(body: Buffer): Generator<Change> {
  const text = body.toString()
  const isUtf8 = Buffer.from(text).equals(body)
  if (!isUtf8) {
    for (const { name, decode } of charsets()) {
      const decoded = decode(body)
      if (decoded !== undefined) yield detailed(`sent in ${name}, hashed in UTF-8`, withBody(decoded))
    }
    yield detailed('sent in latin1, hashed in UTF-8', withBody(body.toString('latin1')))
    return
  }
  for (const { name, encode } of charsets()) {
    yield detailed(`hashed in ${name}, sent in UTF-8`, withBody(encode(text)))
  }
  yield detailed('hashed in latin1, sent in UTF-8', withBody(Buffer.from(text, 'latin1')))
  for (const form of ['latin1', 'ASCII']) {
    const last = form === 'latin1' ? /[^\0-\xff]/gu : /[^\0-\x7f]/gu
    const bytes = Buffer.from(text.replace(last, '?'), 'latin1')
    yield detailed(`hashed in ${form}, sent in UTF-8`, withBody(bytes))
  }
  yield detailed('encoded as UTF-8 twice before hashing', withBody(body.toString('latin1')))
  for (const form of ['NFC', 'NFD']) {
    yield detailed(`hashed in the normal form ${form}`, withBody(text.normalize(form)))
  }
}

/** What a compressed body was before; nothing when it is not compressed. */
function expanded(body: Buffer): { name: string; bytes: Buffer }[] {
  if (body.length < 3 || body.length > MAX_BYTES) return []
  const options = { maxOutputLength: MAX_EXPANDED_BYTES }
  const ways = [
    ['gzip', gunzipSync],
    ['deflate', inflateSync],
    ['deflate', inflateRawSync],
    ['br', brotliDecompressSync],
  ] as const
  // JSON begins with a bracket, which none of these formats does for less than absurd contents.
  if (/^\s*[[{"]/.test(body.subarray(0, 8).toString('latin1'))) return []
  return ways.flatMap(([name, expand]) => {
    try {
      return [{ name, bytes: expand(body, options) }]
    } catch {
      return []
    }
  })
}
