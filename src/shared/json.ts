import { stringify } from 'lossless-json'

/**
 * Parses JSON text. Integers beyond 2^53 come as bigint: when there are any, the text is parsed once more with them as
 * strings, since an exact parser in JavaScript takes a second and half a gigabyte for a long string, and a reviver is given the
 * digits (`context.source`) from Node 21 on only. More than `maxDepth` levels are refused before they can exhaust the stack.
 *
 * @throws SyntaxError when it is not JSON, RangeError when it is nested too deeply.
 */
export function parseExact(text: string, maxDepth = 64): unknown {
  const value: unknown = JSON.parse(text)
  return hasRounded(value, maxDepth) ? exact(value, JSON.parse(quoteLongIntegers(text))) : value
}

/**
 * The same for an answer of somebody else's server, which may nest as deep as it likes; where a long integer is in it, 1,000
 * levels.
 */
export const parseAnswer = (text: string): unknown =>
  LONG_INTEGER.test(text) ? parseExact(text, ANSWER_LEVELS) : JSON.parse(text)

const ANSWER_LEVELS = 1000
/** Digits that may not fit into a double. */
const LONG_INTEGER = /(?:^|[:[,\s])-?\d{16}/

/** A value with each integer that was rounded as the digits that stand in its place in another one of the same form. */
function exact(value: unknown, digits: unknown): unknown {
  if (typeof value === 'number') return typeof digits === 'string' ? toNumber(digits) : value
  if (typeof value !== 'object' || value === null) return value
  for (const key of Object.keys(value)) {
    const inner = (value as Record<string, unknown>)[key]
    const kept = exact(inner, (digits as Record<string, unknown>)[key])
    if (kept !== inner) (value as Record<string, unknown>)[key] = kept
  }
  return value
}

/**
 * Whether a value holds an integer that a double may have rounded.
 *
 * @throws RangeError when it is nested too deeply.
 */
function hasRounded(value: unknown, levels: number): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return false
  if (levels < 0) throw new RangeError('nested too deeply')
  // It is looked at to the end in any case: something nested too deeply may follow.
  let isFound = false
  if (Array.isArray(value)) {
    for (const item of value) if (hasRounded(item, levels - 1)) isFound = true
    return isFound
  }
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key]
    if (typeof inner !== 'string' && hasRounded(inner, levels - 1)) isFound = true
  }
  return isFound
}

const toNumber = (digits: string): number | bigint => {
  const value = Number(digits)
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? BigInt(digits) : value
}

/** JSON of what {@link parseExact} gave; every digit of a bigint stays. */
export const toJson = (value: unknown, indent?: number): string => stringify(value, null, indent) ?? 'null'

/** Whether a parsed value is an object, not a list and not null. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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

/** Index after the string that begins at a quote; the end of the text when it does not end. */
function endOfString(json: Json, start: number): number {
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
      at = endOfString(json, at)
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
function quoteLongIntegers(text: string): string {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfString(text, at)
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
