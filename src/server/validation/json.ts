import { isAscii } from 'node:buffer'
import { hasMoreValues, parseExact } from '../../shared/json.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'

const refuse = (rule: string, detail: string) => new Refusal('verifyParametersFailed', { rule: `json.${rule}`, detail })

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * Parses a JSON body. Integers beyond 2^53 come as bigint, so that no digit is lost.
 *
 * @throws Refusal that says what is wrong: no body, no UTF-8, no JSON, nested too deeply, too many values.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw refuse('empty', 'The request has no body; a JSON object is expected.')
  // Two bytes a value at least. Bytes are looked at, because the string of a body that is refused would take as much again.
  if (bytes.length > 2 * limits.jsonMaxValues && hasMoreValues(bytes, limits.jsonMaxValues)) throw tooMany()
  const text = toText(bytes)
  try {
    return parseExact(text, limits.jsonMaxDepth)
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    throw refuse('syntax', `The body is not JSON: ${position(text)}.`)
  }
}

function toText(bytes: Uint8Array): string {
  try {
    return decode(bytes)
  } catch {
    throw refuse('utf-8', 'The body is not valid UTF-8.')
  }
}

/** Most bodies are plain ASCII, which is copied where UTF-8 has to be decoded. */
const decode = (bytes: Uint8Array): string =>
  isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1') : decoder.decode(bytes)

const tooDeep = () => refuse('depth', `The body is nested more than ${limits.jsonMaxDepth} levels deep.`)

const tooMany = () =>
  refuse(
    'values',
    `The body has more than ${limits.jsonMaxValues} lists, objects, entries and fields; no request of the API comes near.`,
  )

/** Where the syntax breaks, without quoting the body: it may hold passwords. */
export function position(text: string): string {
  const at = syntaxErrorAt(text)
  const before = text.slice(0, at)
  let line = 1
  for (let end = before.indexOf('\n'); end >= 0; end = before.indexOf('\n', end + 1)) line += 1
  const place = `at line ${line}, column ${before.length - before.lastIndexOf('\n')}`
  if (at >= text.trimEnd().length) return `it ends too early, ${place}`
  if (/[}\]]/.test(text[at] ?? '') && before.trimEnd().endsWith(','))
    return `a comma before the closing bracket ${place}`
  return `${describeToken(text.slice(at, at + 2))} ${place}`
}

/** What other languages have in place of JSON, by how it begins. */
function describeToken(start: string): string {
  if (start.startsWith("'")) return 'a single quote where JSON has double quotes'
  if (start === '//' || start === '/*' || start.startsWith('#')) return 'a comment, which JSON does not have,'
  if (start.startsWith('"')) return 'something unexpected, or a string that has a line end in it or does not end,'
  if (/^[A-Za-z_$]/.test(start)) return 'a word without double quotes'
  return 'something unexpected'
}

const [TAB, LINE_FEED, RETURN, SPACE, QUOTE, BACKSLASH] = [0x09, 0x0a, 0x0d, 0x20, 0x22, 0x5c]
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const OTHER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y

const isSpace = (code: number): boolean => code === SPACE || code === LINE_FEED || code === RETURN || code === TAB

/** Index after the string that begins at `start`; undefined when it is none. A pattern would remember each of millions of steps. */
function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return at + 1
    if (code < SPACE) return undefined
    if (code === BACKSLASH) {
      ESCAPE.lastIndex = at
      if (!ESCAPE.test(text)) return undefined
      at = ESCAPE.lastIndex
    } else {
      at += 1
    }
  }
  return undefined
}

/** Index after the number, word or bracket that begins at `start`; undefined when it is none. */
function endOfToken(text: string, start: number): number | undefined {
  OTHER.lastIndex = start
  return OTHER.test(text) ? OTHER.lastIndex : undefined
}

/**
 * Index of the first character at which a string stops being JSON. What `JSON.parse` says of it differs from one version of
 * Node to the next, and names no place for some mistakes.
 */
function syntaxErrorAt(text: string): number {
  const open: string[] = []
  /** What may come next: a value, a key, a colon, or a comma or closing bracket. */
  let next: 'value' | 'first' | 'key' | 'firstKey' | 'colon' | 'end' = 'value'
  for (let at = 0; at < text.length; ) {
    if (isSpace(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const token = text[at] ?? ''
    const end = token === '"' ? endOfString(text, at) : endOfToken(text, at)
    if (end === undefined) return at
    if (token === '}' || token === ']') {
      const mayClose = next === 'end' || next === (token === '}' ? 'firstKey' : 'first')
      if (!mayClose || open.pop() !== token) return at
      next = 'end'
    } else if (token === ',') {
      if (next !== 'end' || open.length === 0) return at
      next = open.at(-1) === '}' ? 'key' : 'value'
    } else if (token === ':') {
      if (next !== 'colon') return at
      next = 'value'
    } else if (next === 'key' || next === 'firstKey') {
      if (token !== '"') return at
      next = 'colon'
    } else {
      if (next !== 'value' && next !== 'first') return at
      if (token === '{' || token === '[') open.push(token === '{' ? '}' : ']')
      next = token === '{' ? 'firstKey' : token === '[' ? 'first' : 'end'
    }
    at = end
  }
  return text.length
}
