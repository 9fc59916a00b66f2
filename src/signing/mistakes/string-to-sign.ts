import { createHash } from 'node:crypto'
import type { Attempt, Change } from '../attempt.ts'
import { stringToSign } from '../canonical-request.ts'
import { ALGORITHM, sha256Hex } from '../digest.ts'
import { headerValue } from '../request.ts'
import { inStage, type SearchContext } from './mistake.ts'

const SDK_ALGORITHM = 'SDK-HMAC-SHA256'

export const stringToSignMistakes = inStage('string-to-sign', [
  {
    id: 'string-to-sign-with-date',
    likelihood: 'frequent',
    title: 'The string to sign has a line with the date',
    cure: `sign two lines, ${ALGORITHM} and the hash of the canonical request`,
    variants: (search) => dates(search).map((date) => signText((text) => `${ALGORITHM}\n${date}\n${sha256Hex(text)}`)),
  },
  {
    id: 'string-to-sign-of-sdk',
    likelihood: 'frequent',
    title: `The string to sign is that of the SDK scheme (${SDK_ALGORITHM}, date, hash)`,
    cure: `sign two lines, ${ALGORITHM} and the hash of the canonical request`,
    variants: (search) =>
      dates(search).map((date) => signText((text) => `${SDK_ALGORITHM}\n${date}\n${sha256Hex(text)}`)),
  },
  {
    id: 'string-to-sign-algorithm',
    title: 'The string to sign begins with another name of the algorithm',
    cure: `begin it with ${ALGORITHM}`,
    variants: () =>
      [SDK_ALGORITHM, 'hmac-sha256', 'HmacSHA256', 'HMAC-SHA-256', 'HMAC_SHA256', 'AWS4-HMAC-SHA256'].map((name) =>
        signText((text) => `${name}\n${sha256Hex(text)}`),
      ),
  },
  {
    id: 'string-to-sign-no-algorithm',
    title: 'The string to sign lacks the line of the algorithm',
    cure: `begin it with ${ALGORITHM} and a line feed`,
    variants: (search) => [
      signText((text) => sha256Hex(text)),
      ...dates(search).map((date) => signText((text) => `${date}\n${sha256Hex(text)}`)),
    ],
  },
  {
    id: 'canonical-request-not-hashed',
    likelihood: 'frequent',
    title: 'The canonical request was signed without hashing it first',
    cure: `sign ${ALGORITHM}, a line feed and the hex SHA-256 of the canonical request`,
    variants: () => [signText((text) => `${ALGORITHM}\n${text}`), signText((text) => text)],
  },
  {
    id: 'canonical-request-hash-form',
    title: 'The hash of the canonical request was written in upper case, in Base64 or as raw bytes',
    cure: 'write it as 64 lower-case hex digits',
    variants: () => [
      signText((text) => `${ALGORITHM}\n${sha256Hex(text).toUpperCase()}`),
      signText((text) => `${ALGORITHM}\n${sha256(text).toString('base64')}`),
      signText((text) => Buffer.concat([Buffer.from(`${ALGORITHM}\n`), sha256(text)])),
      signText((text) => sha256(text)),
    ],
  },
  {
    id: 'canonical-request-hashed-twice',
    title: 'The canonical request was hashed twice',
    cure: 'hash it once',
    alone: true,
    variants: () => [
      signText((text) => `${ALGORITHM}\n${sha256Hex(sha256Hex(text))}`),
      signText((text) => sha256Hex(stringToSign(text))),
      signText((text) => sha256(stringToSign(text))),
    ],
  },
  {
    id: 'canonical-request-other-hash',
    title: 'The canonical request was hashed by another algorithm than SHA-256',
    cure: 'hash it by SHA-256',
    alone: true,
    variants: () =>
      ['sha1', 'sha512', 'md5', 'sha384'].map((algorithm) =>
        signText((text) => `${ALGORITHM}\n${createHash(algorithm).update(text).digest('hex')}`),
      ),
  },
  {
    id: 'string-to-sign-line-ends',
    title: 'The string to sign has other line ends than one line feed between its two lines',
    cure: 'join the two lines by a line feed and put nothing after them',
    variants: () => [
      signText((text) => `${stringToSign(text)}\n`),
      signText((text) => `${ALGORITHM}\r\n${sha256Hex(text)}`),
      signText((text) => `${ALGORITHM}\r\n${sha256Hex(text)}\r\n`),
      signText((text) => `${ALGORITHM}\\n${sha256Hex(text)}`),
      signText((text) => `${ALGORITHM}${sha256Hex(text)}`),
      signText((text) => `${ALGORITHM} ${sha256Hex(text)}`),
      signText((text) => `${ALGORITHM}\n\n${sha256Hex(text)}`),
    ],
  },
])

function signText(stringToSign: Attempt['stringToSign']): Change {
  return (attempt) => ({ ...attempt, stringToSign })
}

/** The date as it may stand in a string to sign: as sent, or its day alone. */
function dates({ headers }: SearchContext): string[] {
  const sent = [headerValue(headers, 'x-date'), headerValue(headers, 'x-sdk-date'), headerValue(headers, 'date')]
  return sent.filter((date) => date !== undefined).flatMap((date) => [date, date.slice(0, 8)])
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
