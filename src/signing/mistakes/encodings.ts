import { percentEncode } from '../percent-encoding.ts'

/** `encodeURIComponent`: leaves `! ' ( ) *`. */
export function encodeLikeJavaScript(text: string): string {
  return encodeURIComponent(text)
}

/** `encodeURI`: leaves all reserved characters too. */
export function encodeLikeUri(text: string): string {
  return encodeURI(text)
}

/** HTML form encoding, as Java's `URLEncoder`: `+` for a space, `*` left, `~` as `%7E`. */
export function encodeLikeForm(text: string): string {
  return percentEncode(text).replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E')
}

/** `%E6` to `%e6`. */
export function lowerCaseHex(encoded: string): string {
  return encoded.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase())
}

/** Encodings a platform may default to, most likely first; names as the Encoding Standard has them. */
const names = [
  'gbk',
  'windows-1252',
  'big5',
  'shift_jis',
  'euc-kr',
  'euc-jp',
  'iso-8859-15',
  'windows-1251',
  'windows-1250',
  'koi8-r',
] as const

interface Charset {
  readonly name: string
  readonly encode: (text: string) => Buffer
  /** Undefined when the bytes are no text of this encoding. */
  readonly decode: (bytes: Buffer) => string | undefined
}

const LEAD_FROM = 0x81
const TRAIL_FROM = 0x40
const LAST_BYTE = 0xfe
const QUESTION_MARK = 0x3f

/** The encodings this JavaScript can decode; one built with little ICU has fewer. */
export function charsets(): readonly Charset[] {
  known ??= names.flatMap((name) => (canDecode(name) ? [toCharset(name)] : []))
  return known
}

let known: readonly Charset[] | undefined

function canDecode(name: string): boolean {
  try {
    return new TextDecoder(name).encoding !== ''
  } catch {
    return false
  }
}

function toCharset(name: string): Charset {
  let table: ReadonlyMap<string, readonly number[]> | undefined
  return {
    name,
    encode: (text) => {
      table ??= encodingTable(name)
      const bytes: number[] = []
      // What an encoding lacks becomes a question mark, as in Java's getBytes.
      for (const character of text) bytes.push(...(table.get(character) ?? [QUESTION_MARK]))
      return Buffer.from(bytes)
    },
    decode: (bytes) => {
      try {
        return new TextDecoder(name, { fatal: true }).decode(bytes)
      } catch {
        return undefined
      }
    },
  }
}

/** The platform decodes these encodings and does not encode them: its answers for all one- and two-byte codes, turned round. */
function encodingTable(name: string): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(name)
  const codes: number[][] = Array.from({ length: 256 }, (_, byte) => [byte])
  for (let lead = LEAD_FROM; lead <= LAST_BYTE; lead += 1) {
    for (let trail = TRAIL_FROM; trail <= LAST_BYTE; trail += 1) codes.push([lead, trail])
  }
  // A line feed parts the codes: it is no second byte in any of these encodings.
  const texts = decoder.decode(Buffer.from(codes.flatMap((code) => [...code, 0x0a]))).split('\n')
  const table = new Map<string, readonly number[]>()
  let at = 0
  for (const code of codes) {
    const character = texts[at] ?? ''
    at += code[0] === 0x0a ? 2 : 1
    if ([...character].length === 1 && character !== '\uFFFD' && !table.has(character)) table.set(character, code)
  }
  table.set('\n', [0x0a])
  return table
}
