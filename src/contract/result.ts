import type { Check } from './check.ts'
import type { Need } from './credentials.ts'

/**
 * `pass`: keeps to the documents · `violation`: deviates from them · `notice`: undocumented but harmless, or a MAY that is
 * not kept · `skip`: cannot be judged here, the reason says why · `broken`: the check itself could not run.
 */
export type Verdict = 'pass' | 'violation' | 'notice' | 'skip' | 'broken'

export const verdicts: readonly Verdict[] = ['pass', 'violation', 'notice', 'skip', 'broken']

/** An exchange as a report shows it: no secret in it, long bodies cut. */
export interface ShownExchange {
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: readonly (readonly [string, string])[]
    readonly body?: string
  }
  readonly response: {
    readonly status: number
    readonly headers: readonly (readonly [string, string])[]
    readonly body: string
  }
  /** A shell line that repeats it; credentials come from the environment. */
  readonly curl: string
}

/** What one check found out. */
export interface CheckResult extends Pick<Check, 'id' | 'title' | 'level' | 'operation' | 'evidence' | 'source'> {
  readonly clause: string
  readonly why: string
  readonly tags: readonly string[]
  readonly safety: Check['safety']
  readonly verdict: Verdict
  /** Whether the baseline has it: told, but no reason to fail. */
  readonly known?: boolean
  /** What the run was not given, for a check that was skipped for that. */
  readonly lacks?: readonly Need[]
  /** What was expected, for a violation or a notice. */
  readonly expected?: string
  /** What came instead. */
  readonly got?: string
  /** Why it was skipped or is broken, or what is to note. */
  readonly reason?: string
  /** The exchanges that prove a violation or a notice. */
  readonly exchanges: readonly ShownExchange[]
  /** A shell line that repeats the decisive exchange. */
  readonly curl?: string
  /** Readings this check learned. */
  readonly readings: Readonly<Record<string, string>>
  /** Requests it caused; those of an earlier check are used again. */
  readonly requests: number
  readonly durationMs: number
}
