import { firstHeader } from '../shared/headers.ts'
import type { RequestSpec } from './request-spec.ts'

/** Differences that may be rounding and the way of the answer. */
const TOLERATED_MS = 2000
/** Date has whole seconds: being a second late is safe, being early is refused. */
const MARGIN_MS = 1000

/** One request and its answer. */
export interface Exchange {
  readonly spec: RequestSpec
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly (readonly [string, string])[]
    readonly body: string | undefined
    /** When it was sent, in epoch milliseconds. */
    readonly at: number
  }
  readonly response: {
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
    readonly text: string
    /** The parsed body, integers beyond 2^53 as bigint; undefined when it is not JSON. */
    readonly json: unknown
  }
  readonly durationMs: number
}

/** A response header by its lower-case name. */
export const responseHeader = ({ response }: Exchange, name: string): string | undefined =>
  firstHeader(response.headers, name)

/**
 * How far the clock of the target is ahead of ours by the Date header of an answer, in milliseconds; negative when it is
 * behind, 0 when about equal or unknown.
 */
export function skewOf(exchange: Exchange, now: number): number {
  const date = Date.parse(responseHeader(exchange, 'date') ?? '')
  const isEqual = date >= exchange.request.at - TOLERATED_MS && date <= now + TOLERATED_MS
  return Number.isNaN(date) || isEqual ? 0 : date - now - MARGIN_MS
}
