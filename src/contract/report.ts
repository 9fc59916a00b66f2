import { version } from '../spec/version.ts'
import type { CleanUp } from './clean-up.ts'
import type { CheckResult, Verdict } from './result.ts'

export const REPORT_SCHEMA = 'koodrive-mock/contract-report/1'

/** How a run ended as a whole. */
export type Outcome =
  | 'conforms'
  | 'violations'
  | 'notices'
  | 'not-run'
  | 'incomplete'
  | 'unreachable'
  | 'authentication-failed'
  | 'safety-guard'

/** Everything a run found out; JSON as it is. */
export interface ContractReport {
  readonly schema: typeof REPORT_SCHEMA
  readonly tool: string
  readonly target: string
  /** UTC, ISO 8601. */
  readonly startedAt: string
  readonly durationMs: number
  readonly outcome: Outcome
  /** What the run has seen and what it has not, in one sentence. */
  readonly headline: string
  /** Exit code of the command line. */
  readonly exitCode: number
  /** Why the run fails although it found no new violation: what `strict`, `failOnSkip` or `require` demand. */
  readonly demanded?: string
  /** Violations of the baseline that this run did not find any more, by the ids of their checks. */
  readonly gone?: readonly string[]
  /** Why the run ended before its end, or could not prove who it is. */
  readonly stopped?: string
  /** What the run marks its things with. */
  readonly run: string
  readonly allowWrites: boolean
  /** How far the target's clock is ahead of this machine's, in milliseconds, where X-Date had to follow it. */
  readonly clockSkewMs?: number
  readonly summary: Readonly<Record<Verdict, number>> & {
    readonly checks: number
    readonly requests: number
    /** Violations that the baseline has; `violation` counts the others. */
    readonly known: number
  }
  /** What became of the things that the run created; absent when nothing was created, or when it is to stay. */
  readonly cleanUp?: CleanUp
  readonly checks: readonly CheckResult[]
  /** The answer to each reading that the target takes: what `serve --readings` loads. */
  readonly readings: Readonly<Record<string, string>>
  /** The readings whose answer could not be told, and what that would need. */
  readonly undetermined: Readonly<Record<string, string>>
}

/** Exit codes of a run. */
export const exitCodeOf: Readonly<Record<Outcome, number>> = {
  conforms: 0,
  violations: 1,
  notices: 1,
  'not-run': 1,
  incomplete: 3,
  unreachable: 3,
  'authentication-failed': 3,
  'safety-guard': 4,
}

/** Numbers of a run. */
export function summarize(checks: readonly CheckResult[], requests: number): ContractReport['summary'] {
  const known = checks.filter((check) => check.verdict === 'violation' && check.known === true).length
  const count = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length
  return {
    checks: checks.length,
    pass: count('pass'),
    violation: count('violation') - known,
    known,
    notice: count('notice'),
    skip: count('skip'),
    broken: count('broken'),
    requests,
  }
}

export const tool = `koodrive-mock ${version}`

/** X-Date text as ISO 8601: the one form of time that needs no date library. */
export const toIsoText = (xDate: string): string =>
  xDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')
