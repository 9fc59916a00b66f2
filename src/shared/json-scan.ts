const QUOTE = 0x22
const BACKSLASH = 0x5c
const [COMMA, MINUS, ZERO, NINE, BRACKET, BRACE] = [0x2c, 0x2d, 0x30, 0x39, 0x5b, 0x7b]
/** Integers of fewer digits fit into a double. */
const LONG = 16

/** JSON as a string, or as the bytes that are one in UTF-8: what gives it its form is ASCII, and no byte of anything else. */
type Json = string | Uint8Array

const codeAt = (json: Json, at: number): number => (typeof json === 'string' ? json.charCodeAt(at) : (json[at] ?? 0))
const quoteFrom = (json: Json, from: number): number =>
  typeof json === 'string' ? json.indexOf('"', from) : json.indexOf(QUOTE, from)

/** Index behind the string that begins at a quote; the end of the text when it does not end. */
function behindString(json: Json, start: number): number {
  for (let end = quoteFrom(json, start + 1); end >= 0; end = quoteFrom(json, end + 1)) {
    let at = end - 1
    while (codeAt(json, at) === BACKSLASH) at -= 1
    if ((end - at) % 2 === 1) return end + 1
  }
  return json.length
}

/**
 * Whether a JSON text has more lists, objects, entries and fields than `most`. A megabyte may hold half a million of them: they
 * take a hundred times as much memory as the text, and whoever looks at each takes as much more time.
 */
export function hasMoreValues(json: Json, most: number): boolean {
  let count = 1
  for (let at = 0; at < json.length; ) {
    const code = codeAt(json, at)
    if (code === QUOTE) {
      at = behindString(json, at)
      continue
    }
    if (code === COMMA || code === BRACKET || code === BRACE) {
      count += 1
      if (count > most) return true
    }
    at += 1
  }
  return false
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE

/** A JSON text with its long integers in quotes, so that no parser rounds them. */
export function quoteLongIntegers(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = behindString(text, at)
      continue
    }
    if (!isDigit(code) && code !== MINUS) {
      at += 1
      continue
    }
    const start = at
    at += 1
    while (isDigit(text.charCodeAt(at))) at += 1
    if (/[.eE]/.test(text[at] ?? '')) {
      // A fraction, or a number with an exponent: its further digits belong to it.
      while (/[\d.eE+-]/.test(text[at] ?? '')) at += 1
    } else if (at - start >= LONG) {
      parts.push(text.slice(from, start), '"', text.slice(start, at), '"')
      from = at
    }
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from)
}
