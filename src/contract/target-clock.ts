import { type Exchange, responseHeader } from './exchange.ts'

/** Differences that may be rounding and the way of the answer. */
const TOLERATED_MS = 2000
/** Date has whole seconds: being a second late is safe, being early is refused. */
const MARGIN_MS = 1000

/**
 * How far the clock of the target is ahead of ours by the Date header of an answer, in milliseconds; negative when it is
 * behind, 0 when about equal or unknown.
 */
export function skewOf(exchange: Exchange, now: number): number {
  const date = Date.parse(responseHeader(exchange, 'date') ?? '')
  const isEqual = date >= exchange.request.at - TOLERATED_MS && date <= now + TOLERATED_MS
  return Number.isNaN(date) || isEqual ? 0 : date - now - MARGIN_MS
}
