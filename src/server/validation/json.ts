import { isAscii } from 'node:buffer'
import { parseExact } from '../../shared/json.ts'
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
    return parseExact(text, limits.jsonMaxDepth)
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep()
    throw refuse('syntax', `The body is no JSON: ${position(error, text)}.`)
  }
}

/** Most bodies are plain ASCII, which is copied where UTF-8 has to be decoded. */
const decode = (bytes: Uint8Array): string =>
  isAscii(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1') : decoder.decode(bytes)

const tooDeep = () => refuse('depth', `The body is nested more than ${limits.jsonMaxDepth} levels deep.`)

/** Where the syntax breaks, without quoting the body: it may hold passwords. */
function position(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : ''
  const at = /position (\d+)/.exec(message)?.[1]
  if (at === undefined) return `it ends too early, after ${text.length} characters, or holds something unexpected`
  const before = text.slice(0, Number(at))
  const line = before.split('\n').length
  return `something unexpected at line ${line}, column ${before.length - before.lastIndexOf('\n')}`
}
