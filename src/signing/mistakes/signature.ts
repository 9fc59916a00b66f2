import { createHash, createHmac } from 'node:crypto'
import type { Attempt, Change } from '../attempt.ts'
import { hmacKey, hmacSha256 } from '../digest.ts'
import { inStage, type OutputMistake, type VisibleMistake } from './mistake.ts'

/** Lengths of the hashes a client may have used, in bytes: MD5, SHA-1, 224, 256, 384, 512. */
const DIGEST_BYTES = [16, 20, 28, 32, 48, 64]
const LOWER_HEX = /^([0-9a-f]{2})+$/

/** Mistakes in how key and string to sign become a signature. */
export const macMistakes = inStage('mac', [
  {
    id: 'mac-other-hash',
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
    title: 'Key and message of the HMAC were swapped',
    cure: 'give the AppSecret as the key and the string to sign as the message',
    variants: () => [makeBy(({ bytes }, text) => hmacSha256(hmacKey(text), bytes))],
  },
  {
    id: 'mac-plain-hash',
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
    title: 'The signature was hashed once more',
    cure: 'send the HMAC itself, as lower-case hex',
    alone: true,
    variants: () => [
      makeBy((key, text) => sha256Hex(Buffer.from(hmacSha256(key, text), 'hex'))),
      makeBy((key, text) => sha256Hex(hmacSha256(key, text))),
    ],
  },
])

function makeBy(mac: Attempt['mac']): Change {
  return (attempt) => ({ ...attempt, mac })
}

function sha256Hex(...pieces: (string | Buffer)[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}

/** The signature as lower-case hex, and the mistake when it is not written so. Undefined when it has no known form. */
export function decodeSignature(signature: string): { hex: string; mistake: OutputMistake | undefined } | undefined {
  const hex = decodeLowerHex(signature)
  if (hex !== undefined) return { hex, mistake: undefined }
  for (const mistake of outputMistakes) {
    const decoded = mistake.decode(signature)
    if (decoded !== undefined) return { hex: decoded, mistake }
  }
  return undefined
}

/** Hex as it should be, if perhaps the result of another hash. */
function decodeLowerHex(signature: string): string | undefined {
  return LOWER_HEX.test(signature) && isDigest(signature.length / 2) ? signature : undefined
}

/** Mistakes in how the signature is written. */
export const outputMistakes: readonly OutputMistake[] = [
  {
    id: 'signature-upper-case',
    title: 'The signature was written in upper-case hex',
    cure: 'write it as 64 lower-case hex digits',
    decode: (signature) => (/[A-F]/.test(signature) ? decodeLowerHex(signature.toLowerCase()) : undefined),
  },
  {
    id: 'signature-base64-of-hex',
    title: 'The hex digits of the signature were written in Base64',
    cure: 'write it as 64 lower-case hex digits',
    decode: (signature) => {
      const hex = decodeBase64(signature)?.toString('latin1')
      return hex === undefined ? undefined : decodeLowerHex(hex.toLowerCase())
    },
  },
  {
    id: 'signature-base64',
    title: 'The signature was written in Base64',
    cure: 'write it as 64 lower-case hex digits',
    decode: (signature) => (signature.length % 4 === 0 ? digestHex(decodeBase64(signature)) : undefined),
  },
  {
    id: 'signature-base64url',
    title: 'The signature was written in base64url, or in Base64 without its padding',
    cure: 'write it as 64 lower-case hex digits',
    decode: (signature) => digestHex(decodeBase64(signature.replaceAll('-', '+').replaceAll('_', '/'))),
  },
  {
    id: 'signature-percent-encoded',
    title: 'The signature was written in Base64 and percent-encoded',
    cure: 'write it as 64 lower-case hex digits',
    decode: (signature) =>
      digestHex(
        decodeBase64(signature.replace(/%(2[bf]|3d)/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)))),
      ),
  },
  {
    id: 'signature-quoted',
    title: 'The signature was written with quotes or 0x around it',
    cure: 'write nothing but 64 lower-case hex digits',
    decode: (signature) => {
      const bare = signature.replace(/^["']|["']$/g, '').replace(/^0x/, '')
      return bare === signature ? undefined : decodeLowerHex(bare.toLowerCase())
    },
  },
]

/** The signature cannot be read at all. */
export const signatureFormMistakes: readonly VisibleMistake[] = [
  {
    id: 'signature-malformed',
    title: 'The signature is not 64 lower-case hex digits, nor anything else an HMAC is written as',
    cure: 'write the 32 bytes of the HMAC-SHA256 as lower-case hex',
    detect: ({ claimed }) =>
      claimed !== undefined &&
      decodeSignature(claimed.signature) === undefined &&
      `it has ${claimed.signature.length} characters`,
  },
]

function decodeBase64(text: string): Buffer | undefined {
  return /^[A-Za-z0-9+/]{20,}={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined
}

function digestHex(bytes: Buffer | undefined): string | undefined {
  return bytes !== undefined && isDigest(bytes.length) ? bytes.toString('hex') : undefined
}

function isDigest(bytes: number): boolean {
  return DIGEST_BYTES.includes(bytes)
}
