import { parse as parseLossless, stringify as stringifyLossless } from 'lossless-json'

/** Digits that may not fit into a double without loss. Only then the slow, exact parser is worth its time. */
const LONG_NUMBER = /[:[,\s]-?\d{16}/

/**
 * Parses JSON. Integers beyond 2^53 come as bigint, so that no digit of an id is lost.
 *
 * @throws SyntaxError when the text is no JSON.
 */
export const parseJson = (text: string): unknown =>
  LONG_NUMBER.test(text) ? parseLossless(text, null, toNumber) : JSON.parse(text)

/** Writes JSON; a bigint is written as the integer it is. */
export const toJson = (value: unknown): string => stringifyLossless(value) ?? 'null'

const toNumber = (digits: string): number | bigint => {
  const value = Number(digits)
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(digits) ? BigInt(digits) : value
}

/** Whether a parsed value is an object, not a list and not null. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
