import { createHmac, hash } from 'node:crypto'

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
