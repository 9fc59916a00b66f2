const QUOTE = 0x22
const BACKSLASH = 0x5c
const BLANK = 0x20
/** A byte four times. */
const FOUR = 0x01010101
const TOP_BITS = 0x80 * FOUR

/**
 * The first place from `from` on that holds what no plain text of JSON holds: a quote, a backslash or a control character;
 * the length when there is none. Looks at four bytes at a time, as one number.
 */
export function plainEnd(bytes: DataView, from: number): number {
  const last = bytes.byteLength - 4
  let at = from
  for (; at <= last; at += 4) {
    // In `(x - n) & ~x` the top bit of the first byte of x that is below n is set, and none before it.
    const word = bytes.getInt32(at, true)
    const quotes = word ^ (QUOTE * FOUR)
    const backslashes = word ^ (BACKSLASH * FOUR)
    const found =
      (((quotes - FOUR) & ~quotes) | ((backslashes - FOUR) & ~backslashes) | ((word - BLANK * FOUR) & ~word)) & TOP_BITS
    if (found !== 0) return at + ((31 - Math.clz32(found & -found)) >> 3)
  }
  for (; at < bytes.byteLength; at += 1) {
    const byte = bytes.getUint8(at)
    if (byte === QUOTE || byte === BACKSLASH || byte < BLANK) return at
  }
  return at
}

/** Whether the bytes from `at` on are those from an earlier place `from` on. */
export function repeats(bytes: DataView, at: number, from: number, length: number): boolean {
  if (at + length > bytes.byteLength) return false
  const last = length - 4
  for (let done = 0; done < last; done += 4) {
    if (bytes.getInt32(at + done, true) !== bytes.getInt32(from + done, true)) return false
  }
  if (last >= 0) return bytes.getInt32(at + last, true) === bytes.getInt32(from + last, true)
  for (let done = 0; done < length; done += 1) {
    if (bytes.getUint8(at + done) !== bytes.getUint8(from + done)) return false
  }
  return true
}
