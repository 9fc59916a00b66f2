/** Distinguished Encoding Rules (ITU-T X.690), as much of them as a certificate needs. Every function gives bytes. */

const LONG_FORM = 0x80

/** A value with its tag and length in front. */
function tagged(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}

function lengthOf(length: number): Buffer {
  if (length < LONG_FORM) return Buffer.from([length])
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256)
  return Buffer.from([LONG_FORM | digits.length, ...digits])
}

export const sequence = (...parts: readonly Uint8Array[]): Buffer => tagged(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]): Buffer => tagged(0x31, ...parts)
export const octets = (bytes: Uint8Array): Buffer => tagged(0x04, bytes)
export const utf8 = (text: string): Buffer => tagged(0x0c, Buffer.from(text, 'utf8'))
export const yes: Buffer = tagged(0x01, Buffer.from([0xff]))

/** A value in place of its tag: `[number]`, with parts of its own or with plain bytes. */
export const context = (number: number, content: Uint8Array, isConstructed: boolean): Buffer =>
  tagged((isConstructed ? 0xa0 : 0x80) | number, content)

/** A whole number that is not negative, from its bytes. */
export function integer(bytes: Uint8Array): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = first < 0 ? Buffer.from([0]) : Buffer.from(bytes.subarray(first))
  return tagged(0x02, (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits)
}

/** Bits, the first `unused` of the last byte left out. */
export const bits = (bytes: Uint8Array, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), bytes)

/** An object identifier in dotted form. */
export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return tagged(0x06, ...[first * 40 + second, ...rest].map(base128))
}

function base128(value: number): Buffer {
  const digits = [value % 128]
  for (let rest = Math.floor(value / 128); rest > 0; rest = Math.floor(rest / 128)) digits.unshift(0x80 | (rest % 128))
  return Buffer.from(digits)
}

const FIRST_YEAR_WITHOUT_UTC_TIME = 2050

/** A time given as `2026-04-16T08:00:00Z`: UTCTime until 2049, GeneralizedTime from then on, as RFC 5280 wants it. */
export function time(iso: string): Buffer {
  const digits = `${iso.slice(0, 19).replace(/[-:T]/g, '')}Z`
  return Number(iso.slice(0, 4)) < FIRST_YEAR_WITHOUT_UTC_TIME
    ? tagged(0x17, Buffer.from(digits.slice(2), 'latin1'))
    : tagged(0x18, Buffer.from(digits, 'latin1'))
}

/** Bytes as PEM. */
export function toPem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n')
}
