import { stringify } from 'lossless-json'
import { quoteLongIntegers } from './json-scan.ts'

/**
 * Parses JSON text. Integers beyond 2^53 come as bigint: when there are any, the text is parsed once more with them as
 * strings, since an exact parser in JavaScript takes a second and half a gigabyte for a long string. More than `maxDepth`
 * levels are refused before they can exhaust the stack.
 *
 * @throws SyntaxError when it is no JSON, RangeError when it is nested too deeply.
 */
export function parseExact(text: string, maxDepth = 64): unknown {
  const value: unknown = JSON.parse(text)
  return hasRounded(value, maxDepth) ? exact(value, JSON.parse(quoteLongIntegers(text))) : value
}

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

/** JSON of what {@link parseExact} gave, with line breaks; every digit of a bigint stays. */
export const printExact = (value: unknown): string => stringify(value, null, 2) ?? ''

/** The same in one line. */
export const printLine = (value: unknown): string => stringify(value) ?? ''
