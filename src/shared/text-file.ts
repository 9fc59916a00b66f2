import { closeSync, openSync, readSync } from 'node:fs'
import { bounds } from './bounds.ts'

/** That bytes are no UTF-8. The message goes on after the name of a file: "… is UTF-16; save it as UTF-8". */
class EncodingError extends Error {
  override name = 'EncodingError' as const
}

/** That a file is too large, or has no end. The message goes on after its name. */
export class FileSizeError extends Error {
  override name = 'FileSizeError' as const
}

const PIECE = 64 * 1024

/**
 * The bytes of a file, or of an open one by its number. It is read piece by piece: a device or a pipe does not say how long it is,
 * and may have no end.
 *
 * @throws FileSizeError when it has more than `maxBytes`; the error of the file system.
 */
export function readBytes(file: string | number, maxBytes: number = bounds.dataFileBytes.value): Buffer {
  const descriptor = typeof file === 'number' ? file : openSync(file, 'r')
  try {
    const pieces: Buffer[] = []
    for (let size = 0; size <= maxBytes; ) {
      const piece = Buffer.allocUnsafe(Math.max(PIECE, size))
      const count = readSync(descriptor, piece)
      if (count === 0) return Buffer.concat(pieces)
      pieces.push(piece.subarray(0, count))
      size += count
    }
    throw new FileSizeError(`it has more than ${maxBytes} bytes`)
  } finally {
    if (typeof file === 'string') closeSync(descriptor)
  }
}

/**
 * The text of a file that a user wrote: UTF-8, with or without a byte order mark.
 *
 * @throws EncodingError that names the encoding it has instead; FileSizeError; the error of the file system.
 */
export const readTextFile = (file: string, maxBytes: number = bounds.textFileBytes.value): string =>
  decodeText(readBytes(file, maxBytes))

/**
 * The text of a file whose format is ASCII, such as PEM; comments in it may be in any encoding that has ASCII.
 *
 * @throws EncodingError that names an encoding that has not; FileSizeError; the error of the file system.
 */
export function readAsciiFile(file: string): string {
  const bytes = readBytes(file, bounds.textFileBytes.value)
  refuseWide(bytes)
  return bytes.toString('latin1').replace(/^\xef\xbb\xbf/, '')
}

/** Why a text file could not be read, to stand after "cannot be read: ". */
export const unreadable = (error: unknown): string =>
  error instanceof EncodingError || error instanceof FileSizeError
    ? error.message
    : ((error as NodeJS.ErrnoException).code ?? String(error))

/**
 * Bytes as a string: UTF-8, with or without a byte order mark.
 *
 * @throws EncodingError that names the encoding they have instead.
 */
export function decodeText(bytes: Uint8Array): string {
  refuseWide(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw saveAsUtf8(isGbk(bytes) ? 'GBK (or its like GB2312, GB18030)' : 'Latin-1 (or another encoding of one byte)')
  }
}

const saveAsUtf8 = (encoding: string): EncodingError =>
  new EncodingError(`it is written in ${encoding}; save it as UTF-8`)

function refuseWide(bytes: Uint8Array): void {
  const encoding = wideEncoding(bytes)
  if (encoding !== undefined) throw saveAsUtf8(encoding)
}

/** Of encodings by two or four bytes, by the byte order mark, or by the zeros that ASCII leaves in one half of each. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const starts = (...mark: number[]): boolean => mark.every((byte, at) => bytes[at] === byte)
  if (starts(0xff, 0xfe, 0, 0) || starts(0, 0, 0xfe, 0xff)) return 'UTF-32'
  if (starts(0xff, 0xfe)) return 'UTF-16 (little endian)'
  if (starts(0xfe, 0xff)) return 'UTF-16 (big endian)'
  const start = bytes.subarray(0, 4096)
  const zeros = (from: 0 | 1): number => start.filter((byte, at) => at % 2 === from && byte === 0).length
  const [even, odd, many] = [zeros(0), zeros(1), start.length / 8]
  if (odd > many && even < odd / 4) return 'UTF-16 (little endian)'
  if (even > many && odd < even / 4) return 'UTF-16 (big endian)'
  return undefined
}

/** Chinese comes in pairs of high bytes; accents of Latin-1 stand alone between letters. */
function isGbk(bytes: Uint8Array): boolean {
  let [pairs, others] = [0, 0]
  for (let at = 0; at < bytes.length; at += 1) {
    const [lead = 0, trail = 0] = bytes.subarray(at, at + 2)
    if (lead < 0x80) continue
    if (lead > 0x80 && lead < 0xff && trail >= 0xa1 && trail < 0xff) {
      pairs += 1
      at += 1
    } else others += 1
  }
  return pairs > others
}
