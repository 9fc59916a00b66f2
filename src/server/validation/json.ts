import { isAscii } from 'node:buffer'
import { parse as parseLossless } from 'lossless-json'
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
 * @throws Refusal that says what is wrong: no JSON, nested too deeply.
 */
export function parseJson(text: string): unknown {
  try {
    return parseExact(text)
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    throw refuse('syntax', `The body is no JSON: ${position(error, text)}.`)
  }
}

/** Most bodies are plain ASCII, which is copied where UTF-8 has to be decoded. */
const decode = (bytes: Uint8Array): string =>
  isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1') : decoder.decode(bytes)

/**
 * Parses JSON text. Integers beyond 2^53 come as bigint: the slow, exact parser is called only when there are any.
 *
 * @throws SyntaxError when it is no JSON, RangeError when it is nested too deeply.
 */
export function parseExact(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return hasRounded(value, 0) ? parseLossless(text, null, toNumber) : value
}

/**
 * Whether a value holds an integer that a double may have rounded.
 *
 * @throws RangeError when it is nested too deeply.
 */
function hasRounded(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value)
  if (typeof value !== 'object' || value === null) return false
  if (depth > limits.jsonMaxDepth) throw new RangeError('nested too deeply')
  if (Array.isArray(value)) {
    for (const item of value) if (hasRounded(item, depth + 1)) return true
    return false
  }
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key]
    if (typeof inner !== 'string' && hasRounded(inner, depth + 1)) return true
  }
  return false
}

const tooDeep = () => refuse('depth', `The body is nested more than ${limits.jsonMaxDepth} levels deep.`)

const toNumber = (digits: string): number | bigint => {
  const value = Number(digits)
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? BigInt(digits) : value
}

/** Where the syntax breaks, without quoting the body: it may hold passwords. */
function position(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const at = /position (\d+)/.exec(message)?.[1]
  if (at === undefined) return `it ends too early, after ${text.length} characters, or holds something unexpected`
  const before = text.slice(0, Number(at))
  const line = before.split('\n').length
  return `something unexpected at line ${line}, column ${before.length - before.lastIndexOf('\n')}`
}
