import { firstHeader } from '../shared/headers.ts'
import type { RequestSpec } from './request-spec.ts'

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
    /** The parsed body, integers beyond 2^53 as bigint; undefined when it is no JSON. */
    readonly json: unknown
  }
  readonly durationMs: number
}

/** A response header by its lower-case name. */
export const responseHeader = ({ response }: Exchange, name: string): string | undefined =>
  firstHeader(response.headers, name)
