/** What every byte of a path segment, parameter name or value becomes: itself, or `%XY` in upper case. */
const encodedByte: readonly string[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte)
  return /[A-Za-z0-9\-_.~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
})

/** 1 for each byte that stays as it is; a table, because every character of every request is looked up. */
const unreserved = Uint8Array.from(encodedByte, (encoded) => (encoded.length === 1 ? 1 : 0))

/** Whether a character code stays as it is: `A-Z a-z 0-9 - _ . ~`, the unreserved characters of RFC 3986. */
export function isUnreserved(code: number): boolean {
  return unreserved[code] === 1
}

/** Encodes every byte (of the UTF-8 form of a string) that is not unreserved. A `%` becomes `%25`. */
export function percentEncode(text: string | Uint8Array): string {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  let encoded = ''
  for (const byte of bytes) encoded += encodedByte[byte]
  return encoded
}

/** The bytes a percent-encoded text stands for. A `%` that no two hex digits follow stands for itself; `+` is a plus. */
export function percentDecode(text: string): Buffer {
  const bytes = Buffer.from(text)
  let length = 0
  for (let index = 0; index < bytes.length; index += 1) {
    let byte = bytes[index] ?? 0
    if (byte === 0x25) {
      const high = hexDigit(bytes[index + 1])
      const low = hexDigit(bytes[index + 2])
      if (high >= 0 && low >= 0) {
        byte = high * 16 + low
        index += 2
      }
    }
    bytes[length] = byte
    length += 1
  }
  return bytes.subarray(0, length)
}

/**
 * Brings a string as sent, encoded, half encoded or not encoded at all, to the one encoded form: decoded once, encoded
 * once. `%7e` becomes `~`, `%2f` becomes `%2F`, `*` becomes `%2A`.
 */
export function percentNormalize(text: string): string {
  for (let index = 0; index < text.length; index += 1) {
    if (!isUnreserved(text.charCodeAt(index))) return percentEncode(percentDecode(text))
  }
  return text
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1
  if (code >= 0x30 && code <= 0x39) return code - 0x30
  const letter = code | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
