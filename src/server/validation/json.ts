import { isAscii } from 'node:buffer'
import { parse as parseLossless } from 'lossless-json'
import { limits } from '../../spec/limits.ts'
import { Refusal } from '../refusal.ts'

const refuse = (rule: string, detail: string) => new Refusal('verifyParametersFailed', { rule: `json.${rule}`, detail })

const decoder = new TextDecoder('utf-8', { fatal: true })
/** A number that may not fit into a double without loss. Only then the slow, exact parser is worth its time. */
const LONG_NUMBER = /(?:^|[:[,\s])-?\d{16}/

const parsedBodies = new WeakMap<Uint8Array, unknown>()

/** What these bytes held when they were parsed; undefined when they were not. Parsing a full batch twice is dear. */
export const parsedBefore = (bytes: Uint8Array): unknown => parsedBodies.get(bytes)

/**
 * Parses a JSON body. Integers beyond 2^53 come as bigint, so that no digit is lost.
 *
 * @throws Refusal that says what is wrong: empty, no UTF-8, no JSON, nested too deeply.
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (bytes.length === 0) throw refuse('empty', 'The request has no body; a JSON object is expected.')
  let text: string
  try {
    text = decode(bytes)
  } catch {
    throw refuse('utf-8', 'The body is not valid UTF-8.')
  }
  let value: unknown
  try {
    value = parseExact(text)
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    throw refuse('syntax', `The body is no JSON: ${position(error, text)}.`)
  }
  if (isDeeperThan(value, limits.jsonMaxDepth)) throw tooDeep()
  parsedBodies.set(bytes, value)
  return value
}

/** Most bodies are plain ASCII, which is copied where UTF-8 has to be decoded. */
const decode = (bytes: Uint8Array): string =>
  isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1') : decoder.decode(bytes)

/**
 * Parses JSON text. Integers beyond 2^53 come as bigint.
 *
 * @throws SyntaxError when it is no JSON.
 */
export const parseExact = (text: string): unknown =>
  LONG_NUMBER.test(text) ? parseLossless(text, null, toNumber) : JSON.parse(text)

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

function isDeeperThan(value: unknown, depth: number): boolean {
  let level = [value]
  for (let deep = 0; level.length > 0; deep += 1) {
    if (deep > depth) return true
    const next: unknown[] = []
    for (const item of level) {
      for (const key in item as object) {
        const inner = (item as Record<string, unknown>)[key]
        if (typeof inner === 'object' && inner !== null) next.push(inner)
      }
    }
    level = next
  }
  return false
}
