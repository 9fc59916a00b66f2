import { createHash, createHmac } from 'node:crypto'
import type { Attempt, Change } from '../attempt.ts'
import { hmacKey, hmacSha256 } from '../hmac-key.ts'
import type { SearchedMistake } from './mistake.ts'

/** Mistakes in how key and string to sign become a signature. */
export const macMistakes: readonly SearchedMistake[] = [
  {
    id: 'mac-other-hash',
    stage: 'mac',
    title: 'The signature was made by HMAC with another hash than SHA-256',
    cure: 'use HMAC-SHA256',
    evident: true,
    variants: ({ digestBytes }) =>
      Object.entries({ sha1: 20, sha512: 64, sha384: 48, sha224: 28, md5: 16 })
        .filter(([, bytes]) => bytes === digestBytes)
        .map(([algorithm]) => makeBy(({ bytes }, text) => createHmac(algorithm, bytes).update(text).digest('hex'))),
  },
  {
    id: 'mac-key-and-text-swapped',
    stage: 'mac',
    title: 'Key and message of the HMAC were swapped',
    cure: 'give the AppSecret as the key and the string to sign as the message',
    variants: () => [makeBy(({ bytes }, text) => hmacSha256(hmacKey(text), bytes))],
  },
  {
    id: 'mac-plain-hash',
    stage: 'mac',
    title: 'The signature is a plain SHA-256 over AppSecret and string to sign, not an HMAC',
    cure: 'use HMAC-SHA256 with the AppSecret as the key',
    variants: () => [
      makeBy(({ bytes }, text) => sha256Hex(bytes, text)),
      makeBy(({ bytes }, text) => sha256Hex(text, bytes)),
      makeBy(({ bytes }, text) => sha256Hex(bytes, '\n', text)),
      makeBy(({ bytes }, text) => sha256Hex(text, '\n', bytes)),
      makeBy((_, text) => sha256Hex(text)),
    ],
  },
  {
    id: 'mac-hashed-again',
    stage: 'mac',
    title: 'The signature was hashed once more',
    cure: 'send the HMAC itself, as lower-case hex',
    alone: true,
    variants: () => [
      makeBy((key, text) => sha256Hex(Buffer.from(hmacSha256(key, text), 'hex'))),
      makeBy((key, text) => sha256Hex(hmacSha256(key, text))),
    ],
  },
]

function makeBy(mac: Attempt['mac']): Change {
  return (attempt) => ({ ...attempt, mac })
}

function sha256Hex(...pieces: (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
