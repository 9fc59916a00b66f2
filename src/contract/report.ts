import { printableJson } from '../shared/escape.ts'
import { version } from '../spec/version.ts'
import type { Check } from './check.ts'
import type { CleanUp } from './clean-up.ts'
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

/** One thing that is not as it was. */
export interface Change {
  readonly kind: 'check' | 'reading' | 'added' | 'removed'
  readonly id: string
  readonly before: string
  readonly after: string
}

/**
 * What changed on an endpoint between two reports. Only what a run could tell is compared: a check that was skipped or
 * broken on either side says nothing about the endpoint, unless it could be judged before and cannot be any more.
 */
export function diffReports(before: ContractReport, after: ContractReport): readonly Change[] {
  const old = new Map(before.checks.map((check) => [check.id, check]))
  const known = new Set(after.checks.map(({ id }) => id))
  const checks = after.checks.flatMap((check): Change[] => {
    const was = old.get(check.id)
    if (was === undefined) return [{ kind: 'added', id: check.id, before: 'absent', after: check.verdict }]
    const isSame = was.verdict === check.verdict && (check.verdict === 'pass' || (was.got ?? '') === (check.got ?? ''))
    if (isSame) return []
    return [{ kind: 'check', id: check.id, before: summary(was), after: summary(check) }]
  })
  const removed = before.checks
    .filter(({ id }) => !known.has(id))
    .map(({ id, verdict }): Change => ({ kind: 'removed', id, before: verdict, after: 'absent' }))
  const ids = [...new Set([...Object.keys(before.readings), ...Object.keys(after.readings)])].sort()
  const readings = ids.flatMap((id): Change[] => {
    const [was, is] = [before.readings[id] ?? 'undetermined', after.readings[id] ?? 'undetermined']
    return was === is ? [] : [{ kind: 'reading', id, before: was, after: is }]
  })
  return [...checks, ...removed, ...readings]
}

const summary = ({ verdict, got }: ContractReport['checks'][number]): string =>
  got === undefined ? verdict : `${verdict} (${got})`

/** The changes as a string, one a line. */
export function diffText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing changed.\n'
  const lines = changes.map(({ kind, id, before, after }) => `${kind.padEnd(7)}  ${id}: ${before} -> ${after}`)
  return `${lines.join('\n')}\n${changes.length} ${changes.length === 1 ? 'change' : 'changes'}.\n`
}

/** The report as JSON; secrets are out of it already. */
export const toJsonReport = (report: ContractReport): string => `${printableJson(report, 2)}\n`
