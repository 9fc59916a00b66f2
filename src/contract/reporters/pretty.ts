import type { ContractReport } from '../report.ts'
import type { CheckResult, Verdict } from '../result.ts'

/** How words are coloured; the identity when there is no terminal. */
export type Paint = (verdict: Verdict | 'dim' | 'bold', text: string) => string

export const noPaint: Paint = (_, text) => text

/** Violations that a summary shows; the rest is counted, so that it fits a screen. */
const SHOWN = 3

/** One line for a check while the run goes on; passes and skips are not worth a line. */
export function resultLine({ id, verdict, expected, got, reason }: CheckResult, paint: Paint = noPaint): string {
  if (verdict === 'pass' || verdict === 'skip') return ''
  const what = got === undefined ? (reason ?? '') : `expected ${expected}, got ${got}`
  return `${paint(verdict, verdict.padEnd(9))}  ${id}  ${what}\n`
}

/** The summary: one screen, the worst first. */
export function toPretty(report: ContractReport, paint: Paint = noPaint): string {
  const { summary, checks, readings, undetermined, target, durationMs } = report
  const violations = checks.filter(({ verdict }) => verdict === 'violation')
  const shown = violations
    .slice(0, SHOWN)
    .flatMap(({ id, source, expected, got, why, curl }) => [
      `${paint('violation', 'violation')}  ${paint('bold', id)}  ${paint('dim', source)}`,
      `    expected ${expected}`,
      `    got      ${got}`,
      `    why      ${why}`,
      ...(curl !== undefined && curl.length < 400 ? [`    ${paint('dim', curl)}`] : []),
    ])
  const counts = (['pass', 'violation', 'notice', 'skip', 'broken'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => paint(verdict, `${summary[verdict]} ${verdict}`))
    .join(', ')
  const rest = violations.length - SHOWN
  return [
    ...shown,
    ...(rest > 0 ? [`    and ${rest} more; --reporter html=FILE shows them all`] : []),
    `${paint('bold', target)}: ${outcomeText(report)}`,
    `${summary.checks} checks: ${counts}`,
    `${summary.requests} requests in ${(durationMs / 1000).toFixed(1)} s`,
    ...skipReasons(checks).map(([reason, count]) => paint('dim', `skipped ${count}: ${reason}`)),
    `readings: ${Object.keys(readings).length} seen, ${Object.keys(undetermined).length} not; --readings-out FILE teaches them to the mock`,
    '',
  ].join('\n')
}

/** The most frequent reasons of skips. */
function skipReasons(checks: readonly CheckResult[]): [string, number][] {
  const skips = new Map<string, number>()
  for (const { verdict, reason = '' } of checks) {
    if (verdict === 'skip') skips.set(reason, (skips.get(reason) ?? 0) + 1)
  }
  return [...skips].sort(([, a], [, b]) => b - a).slice(0, 3)
}

const outcomes = {
  conforms: 'keeps to the documents',
  violations: 'departs from the documents',
  incomplete: 'some checks could not run',
  unreachable: 'cannot be checked',
  'authentication-failed': 'does not accept the credentials',
  'safety-guard': 'stopped by a safety guard',
} as const

const outcomeText = ({ outcome, stopped }: ContractReport): string =>
  stopped === undefined ? outcomes[outcome] : `${outcomes[outcome]}: ${stopped}`
