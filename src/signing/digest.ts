import { createHmac, hash } from 'node:crypto'

const BLOCK_BYTES = 64
const DIGEST_BYTES = 32
/** Bytes of a string to sign of the documented form: the algorithm, a line feed, 64 hex digits. */
const USUAL_BYTES = 76

/** First line of the string to sign and first word of the Authorization header. */
export const ALGORITHM = 'HMAC-SHA256'

/** SHA-256 of nothing: the last line of the canonical request of a request without a body. */
export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** SHA-256 as 64 lower-case hex digits; a string counts as its UTF-8 bytes. */
export function sha256Hex(data: string | Uint8Array): string {
  return data.length === 0 ? EMPTY_SHA256 : hash('sha256', data)
}

/** HMAC-SHA256 as 64 lower-case hex digits; strings count as their UTF-8 bytes. */
export function hmacSha256Hex(key: string, message: string): string {
  return createHmac('sha256', key).update(message).digest('hex')
}

/** A key of HMAC-SHA256, prepared for many messages. */
export interface HmacKey {
  readonly bytes: Buffer
  /** The key as it goes before a message, and before the hash of the first round (which is written behind it). */
  readonly inner: Buffer
  readonly outer: Buffer
  /** `inner` with room for a string to sign of the documented form behind it. */
  readonly usual: Buffer
}

/** Prepares a key; a string counts as its UTF-8 bytes. */
export function hmacKey(secret: string | Uint8Array): HmacKey {
  const bytes = Buffer.from(secret)
  const key = bytes.length > BLOCK_BYTES ? hash('sha256', bytes, 'buffer') : bytes
  const inner = Buffer.alloc(BLOCK_BYTES, 0x36)
  const outer = Buffer.alloc(BLOCK_BYTES + DIGEST_BYTES, 0x5c)
  for (const [index, byte] of key.entries()) {
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  const usual = Buffer.alloc(BLOCK_BYTES + USUAL_BYTES)
  usual.set(inner)
  return { bytes, inner, outer, usual }
}

/**
 * HMAC-SHA256 (RFC 2104) as lower-case hex. Two one-shot hashes behind a prepared key take less than half the time of
 * `createHmac`, and a search makes thousands of them. A test holds it equal to `createHmac`.
 */
export function hmacSha256({ inner, outer, usual }: HmacKey, text: string | Uint8Array): string {
  outer.write(hash('sha256', messageOf(inner, usual, text), 'binary'), BLOCK_BYTES, 'latin1')
  return hash('sha256', outer)
}

function messageOf(inner: Buffer, usual: Buffer, text: string | Uint8Array): Buffer {
  const length = typeof text === 'string' ? Buffer.byteLength(text) : text.length
  const message = length === USUAL_BYTES ? usual : Buffer.allocUnsafe(BLOCK_BYTES + length)
  if (message !== usual) message.set(inner)
  if (typeof text === 'string') message.write(text, BLOCK_BYTES)
  else message.set(text, BLOCK_BYTES)
  return message
}
