import { createHash, createHmac } from 'node:crypto'
import type { Change } from '../attempt.ts'
import { hmacKey } from '../digest.ts'
import { percentEncode } from '../percent-encoding.ts'
import { headerValue, headerValues } from '../request.ts'
import { inStage, type SearchContext } from './mistake.ts'

const REGIONS = ['cn-north-4', 'cn-north-1', 'cn-east-3', 'ap-southeast-1', 'ap-southeast-3', 'us-east-1']
const SERVICES = ['koodrive', 'ose', 'execute-api', 'apig']

/** Mistakes in the key. No title or cure quotes it. */
export const secretMistakes = inStage('secret', [
  {
    id: 'secret-trailing-newline',
    likelihood: 'frequent',
    title: 'The AppSecret was used with a line end after it',
    cure: 'trim what is read from the file or pipe',
    variants: ({ credentials: { appSecret } }) => ['\n', '\r\n', '\r'].map((end) => key(`${appSecret}${end}`)),
  },
  {
    id: 'secret-blanks',
    title: 'The AppSecret was used with leading or trailing spaces',
    cure: 'trim it',
    variants: ({ credentials: { appSecret } }) =>
      [`${appSecret} `, ` ${appSecret}`, ` ${appSecret} `, `${appSecret}\t`, `\t${appSecret}`, appSecret.trim()].map(
        key,
      ),
  },
  {
    id: 'secret-quotes',
    likelihood: 'frequent',
    title: 'The AppSecret was used with quotes around it',
    cure: 'take the quotes away (an .env file or a shell may have kept them)',
    variants: ({ credentials: { appSecret } }) => ['"', "'", '`'].map((quote) => key(`${quote}${appSecret}${quote}`)),
  },
  {
    id: 'app-id-and-secret-swapped',
    likelihood: 'frequent',
    includes: 'secret-in-app-id',
    title: 'AppId and AppSecret were swapped: the AppSecret was sent',
    cure: 'send the AppId, sign with the AppSecret, and have the AppSecret replaced: it has travelled in the open',
    variants: ({ credentials: { appId, appSecret }, claimed }) => (claimed.appId === appSecret ? [key(appId)] : []),
  },
  {
    id: 'app-id-as-secret',
    likelihood: 'frequent',
    title: 'The AppId was used as the key',
    cure: 'sign with the AppSecret',
    variants: ({ credentials: { appId }, claimed }) => [key(appId), key(claimed.appId)],
  },
  {
    id: 'secret-as-hex-bytes',
    title: 'The AppSecret was read as hex digits',
    cure: 'use the AppSecret as it is written, in UTF-8, as the key',
    variants: ({ credentials: { appSecret } }) =>
      [Buffer.from(appSecret, 'hex')].filter(({ length }) => length > 0).map(key),
  },
  {
    id: 'secret-as-base64-bytes',
    likelihood: 'frequent',
    title: 'The AppSecret was decoded from Base64',
    cure: 'use the AppSecret as it is written, in UTF-8, as the key',
    variants: ({ credentials: { appSecret } }) => [
      key(Buffer.from(appSecret, 'base64')),
      key(Buffer.from(appSecret.replace(/[^A-Za-z0-9+/]/g, ''), 'base64')),
    ],
  },
  {
    id: 'secret-encoded',
    title: 'The AppSecret was encoded (Base64, hex or percent-encoding) before it was used',
    cure: 'use the AppSecret as it is written, in UTF-8, as the key',
    variants: ({ credentials: { appSecret } }) => {
      const bytes = Buffer.from(appSecret)
      const texts = [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')]
      return [...texts, bytes.toString('hex').toUpperCase(), percentEncode(appSecret)].map(key)
    },
  },
  {
    id: 'secret-case',
    title: 'The AppSecret was used in another case',
    cure: 'use it exactly as it was issued',
    variants: ({ credentials: { appSecret } }) => [key(appSecret.toLowerCase()), key(appSecret.toUpperCase())],
  },
  {
    id: 'secret-not-set',
    title:
      'The AppSecret was empty when the request was signed (an unset variable, a placeholder, or a string read as hex)',
    cure: 'check where the client reads the AppSecret from',
    variants: () => ['', 'undefined', 'null', 'None', 'YOUR_APP_SECRET', '<appSecret>'].map(key),
  },
  {
    id: 'secret-of-another-app',
    title: 'The AppSecret of another application was used',
    cure: 'use the AppSecret that belongs to the AppId',
    variants: ({ knownSecrets }) => knownSecrets.map(({ appSecret }) => key(appSecret)),
  },
  {
    id: 'secret-hashed',
    title: 'The AppSecret was hashed before it was used',
    cure: 'use the AppSecret as it is written, in UTF-8, as the key',
    alone: true,
    variants: ({ credentials: { appSecret } }) =>
      ['sha256', 'md5', 'sha1'].flatMap((algorithm) => {
        const digest = createHash(algorithm).update(appSecret).digest()
        return [key(digest.toString('hex')), key(digest), key(digest.toString('base64'))]
      }),
  },
  {
    id: 'secret-charset',
    title: 'The AppSecret was not used in UTF-8',
    cure: 'encode it as UTF-8',
    alone: true,
    variants: ({ credentials: { appSecret } }) => [
      key(Buffer.from(appSecret, 'latin1')),
      key(Buffer.from(appSecret, 'utf16le')),
      key(Buffer.from(appSecret, 'utf16le').swap16()),
      key(Buffer.from(appSecret).toString('latin1')),
    ],
  },
  {
    id: 'secret-byte-order-mark',
    title: 'The AppSecret was used with a byte order mark in front of it',
    cure: 'skip the mark when the secret is read from a file (in Python: encoding="utf-8-sig")',
    alone: true,
    variants: ({ credentials: { appSecret } }) => [key(`\uFEFF${appSecret}`)],
  },
  {
    id: 'secret-cut-short',
    title: 'The AppSecret was used without its first or last character',
    cure: 'copy all of it',
    alone: true,
    variants: ({ credentials: { appSecret } }) => [key(appSecret.slice(0, -1)), key(appSecret.slice(1))],
  },
  {
    id: 'user-id-as-secret',
    title: 'The X-User-Id was used as the key',
    cure: 'sign with the AppSecret',
    alone: true,
    variants: ({ headers }) => headerValues(headers, 'x-user-id').map((id) => key(id.trim())),
  },
  {
    id: 'secret-with-ampersand',
    title: 'The AppSecret was used with an ampersand after it (OAuth 1)',
    cure: 'use the AppSecret alone as the key',
    alone: true,
    variants: ({ credentials: { appSecret } }) => [key(`${appSecret}&`), key(`${percentEncode(appSecret)}&`)],
  },
  {
    id: 'secret-derived',
    title: 'A key was derived from the AppSecret (as AWS and the newer vendor SDKs do)',
    cure: 'use the AppSecret itself as the key',
    alone: true,
    variants: (search) => [...derivedKeys(search)].map(key),
  },
])

function key(secret: string | Buffer): Change {
  const prepared = hmacKey(secret)
  return (attempt) => ({ ...attempt, key: prepared })
}

function* derivedKeys({ headers, credentials: { appId, appSecret } }: SearchContext): Generator<Buffer> {
  const date = headerValue(headers, 'x-date') ?? ''
  for (const start of [`AWS4${appSecret}`, appSecret]) {
    const day = hmac(start, date.slice(0, 8))
    yield Buffer.from(start)
    yield day
    yield hmac(start, date)
    for (const region of REGIONS) {
      const regional = hmac(day, region)
      yield regional
      for (const service of SERVICES) {
        yield hmac(regional, service)
        for (const end of ['aws4_request', 'sdk_request']) yield hmac(hmac(regional, service), end)
      }
    }
  }
  yield hmac(appId, appSecret)
  yield hmac(appSecret, appId)
}

function hmac(key: string | Buffer, message: string): Buffer {
  return createHmac('sha256', key).update(message).digest()
}
