/** A text whose characters are looked at one by one, as numbers: those are read several times faster than a string. */
export class Characters {
  /** Bytes where all characters are ASCII, UTF-16 code units otherwise. */
  readonly codes: Uint8Array | Uint16Array
  /** A part of the text. */
  readonly slice: (from: number, to: number) => string

  private constructor(codes: Uint8Array | Uint16Array, slice: (from: number, to: number) => string) {
    this.codes = codes
    this.slice = slice
  }

  static ofText(text: string): Characters {
    const codes = new Uint16Array(text.length)
    for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at)
    return new Characters(codes, (from, to) => text.slice(from, to))
  }

  /** The text of bytes that are all ASCII and stay as they are. */
  static ofAscii(bytes: Uint8Array): Characters {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    return new Characters(bytes, (from, to) => buffer.toString('latin1', from, to))
  }
}
