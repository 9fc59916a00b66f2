import { isAscii } from 'node:buffer'
import { parseExact } from '../../shared/json.ts'
import { hasMoreValues } from '../../shared/json-scan.ts'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'

const refuse = (rule: string, detail: string) => new Refusal('verifyParametersFailed', { rule: `json.${rule}`, detail })

const decoder = new TextDecoder('utf-8', { fatal: true })

/**
 * The text of a JSON body.
 *
 * @throws Refusal when there is none or it is no UTF-8.
 */
export function readText(bytes: Uint8Array): string {
  if (bytes.length === 0) throw refuse('empty', 'The request has no body; a JSON object is expected.')
  try {
    return decode(bytes)
  } catch {
    throw refuse('utf-8', 'The body is not valid UTF-8.')
  }
}

/**
 * Parses the text of a JSON body. Integers beyond 2^53 come as bigint, so that no digit is lost.
 *
 * @throws Refusal that says what is wrong: no JSON, nested too deeply, too many values.
 */
export function parseJson(text: string): unknown {
  // Two characters a value at least.
  if (text.length > 2 * limits.jsonMaxValues && hasMoreValues(text, limits.jsonMaxValues)) throw tooMany()
  try {
    return parseExact(text, limits.jsonMaxDepth)
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    throw refuse('syntax', `The body is no JSON: ${position(text)}.`)
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
  const at = breakOf(text)
  const before = text.slice(0, at)
  let line = 1
  for (let end = before.indexOf('\n'); end >= 0; end = before.indexOf('\n', end + 1)) line += 1
  const place = `at line ${line}, column ${before.length - before.lastIndexOf('\n')}`
  if (at >= text.trimEnd().length) return `it ends too early, ${place}`
  if (/[}\]]/.test(text[at] ?? '') && before.trimEnd().endsWith(','))
    return `a comma before the closing bracket ${place}`
  return `something unexpected ${place}`
}

const TOKEN =
  /[ \t\r\n]+|"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/uy

/**
 * Index of the first character at which a string stops being JSON. What `JSON.parse` says of it differs from one version of
 * Node to the next, and names no place for some mistakes.
 */
function breakOf(text: string): number {
  const open: string[] = []
  /** What may come next: a value, a key, a colon, or a comma or closing bracket. */
  let next: 'value' | 'first' | 'key' | 'firstKey' | 'colon' | 'end' = 'value'
  TOKEN.lastIndex = 0
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at
    const token = TOKEN.exec(text)?.[0]
    if (token === undefined) return at
    if (/^\s/.test(token)) continue
    const isClosing = token === '}' || token === ']'
    if (isClosing) {
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
      if (!token.startsWith('"')) return at
      next = 'colon'
    } else {
      if (next !== 'value' && next !== 'first') return at
      if (token === '{' || token === '[') open.push(token === '{' ? '}' : ']')
      next = token === '{' ? 'firstKey' : token === '[' ? 'first' : 'end'
    }
  }
  return text.length
}
