import type { ErrorName } from '../spec/errors.ts'

/** The two sides of an exchange without its secrets. */
export interface ShownExchange {
  readonly request: {
    readonly method: string
    readonly target: string
    readonly headers: readonly (readonly [string, string])[]
    readonly body: string
  }
  readonly response: {
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
    readonly body: string
  }
}

/** A line of the journal, without secrets. */
export interface JournalSummary {
  readonly requestId: string
  /** Virtual time of arrival, ISO 8601. */
  readonly at: string
  /** Real milliseconds from arrival to answer. */
  readonly durationMs: number
  readonly operation: string | null
  /** The own route that answered, by its id; null when none did. */
  readonly route: string | null
  /** Scheme and host of the server that it was passed on to; null when it was answered here. */
  readonly passedOnTo: string | null
  readonly method: string
  readonly target: string
  readonly status: number
  /** Rule that decided, with its evidence level. */
  readonly rule: string
  /** Error of the envelope; null after a success. */
  readonly error: ErrorName | null
  /** Why the request was refused, in one sentence. */
  readonly diagnosis: string | null
  /** Faults that were injected. */
  readonly faults: readonly string[]
}

/** A whole exchange, without secrets. */
export interface JournalDetail extends JournalSummary, ShownExchange {
  /** Set when the journal kept only the beginning of a body. */
  readonly truncated?: string
  /** Diagnosis of the signature; null when there was none to diagnose. */
  readonly signature: unknown
}

/** An exchange as the terminal and the metrics see it. */
export interface FinishedExchange {
  readonly sandbox: string | undefined
  readonly requestId: string
  readonly operation: string | undefined
  /** The own route that answered, by its id. */
  readonly route?: string | undefined
  /** Scheme and host of the server that the call was passed on to. */
  readonly passedOnTo?: string | undefined
  readonly method: string
  readonly target: string
  readonly status: number
  readonly durationMs: number
  readonly diagnosis: string | undefined
  /** Id of the batch task that was made or asked about. */
  readonly task?: string | undefined
  readonly faults: readonly string[]
}
