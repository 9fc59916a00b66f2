import { printable } from '../../shared/escape.ts'
import type { CheckResult, ContractReport, Verdict } from '../report.ts'

/** How words are coloured; the identity when there is no terminal. */
export type Paint = (verdict: Verdict | 'dim' | 'bold', text: string) => string

const noPaint: Paint = (_, text) => text

/** Violations that a summary shows; the rest is counted, so that it fits a screen. */
const SHOWN = 3

/** Columns of the widest verdict and the spaces after it, and of the names before what was found. */
const [VERDICT, NAME] = [11, 13]
const MIN_ROOM = 20

/** One line for a check while the run goes on; passes and skips are not worth a line. */
export function resultLine(
  { id, verdict, expected, got, reason }: CheckResult,
  paint: Paint = noPaint,
  columns: number = Number.POSITIVE_INFINITY,
): string {
  if (verdict === 'pass' || verdict === 'skip') return ''
  const what = got === undefined ? (reason ?? '') : `expected ${expected}, got ${got}`
  return `${paint(verdict, verdict.padEnd(VERDICT))}${wrapped(`${id}  ${what}`, VERDICT, columns)}\n`
}

/** Text that begins in the column `from`, broken at spaces to end in `columns`; its further lines begin there too. */
function wrapped(text: string, from: number, columns: number): string {
  const room = Math.max(MIN_ROOM, columns - from)
  const [first = '', ...words] = printable(text).split(' ')
  const lines = [first]
  for (const word of words) {
    const line = `${lines.at(-1)} ${word}`
    if (line.length <= room) lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines.join(`\n${' '.repeat(from)}`)
}

/** The summary: one screen, the worst first. Commands stay on one line, whatever the columns: they are there to be copied. */
export function toPretty(
  report: ContractReport,
  paint: Paint = noPaint,
  columns: number = Number.POSITIVE_INFINITY,
): string {
  const { summary, checks, readings, undetermined, target, durationMs } = report
  const bad = checks.filter(({ verdict }) => verdict === 'violation')
  const violations = [...bad.filter(({ known }) => !known), ...bad.filter(({ known }) => known)]
  const shown = violations
    .slice(0, SHOWN)
    .flatMap(({ id, source, expected, got, why, curl, known }) => [
      `${paint('violation', (known ? 'known' : 'violation').padEnd(VERDICT))}${paint('bold', id)}${paint('dim', wrapped(`${id}  ${source}`, VERDICT, columns).slice(id.length))}`,
      ...Object.entries({ expected, got, why }).map(
        ([name, text]) => `    ${name.padEnd(NAME - 4)}${wrapped(text ?? '', NAME, columns)}`,
      ),
      ...(curl !== undefined && curl.length < 400 ? [`    ${paint('dim', printable(curl))}`] : []),
    ])
  const counts = (['pass', 'violation', 'notice', 'skip', 'broken'] as const)
    .filter((verdict) => summary[verdict] > 0)
    .map((verdict) => paint(verdict, `${summary[verdict]} ${verdict}`))
    .concat(summary.known > 0 ? [`${summary.known} known`] : [])
    .join(', ')
  const rest = violations.length - SHOWN
  return [
    `${paint('bold', target)}${wrapped(`${target}: ${report.headline}`, 0, columns).slice(target.length)}`,
    ...(report.demanded === undefined ? [] : [wrapped(`fails: ${report.demanded}`, 0, columns)]),
    ...(report.gone === undefined || report.gone.length === 0
      ? []
      : [wrapped(`gone since the baseline: ${report.gone.join(', ')}`, 0, columns)]),
    ...shown,
    ...(rest > 0 ? [`    and ${rest} more; --reporter html=FILE shows them all`] : []),
    ...(shown.length > 0 ? [''] : []),
    `${counted(summary.checks, 'check')}: ${counts}`,
    wrapped(
      `${counted(summary.requests, 'request')} in ${(durationMs / 1000).toFixed(1)} s${cleaned(report)}`,
      0,
      columns,
    ),
    ...skipReasons(checks).map(([reason, count]) =>
      paint('dim', `skipped ${wrapped(`${count}: ${reason}`, 8, columns)}`),
    ),
    `readings: ${Object.keys(readings).length} seen, ${Object.keys(undetermined).length} not; --readings-out FILE teaches them to the mock`,
    '',
  ].join('\n')
}

/** What was deleted again, and what is left for `contract clean-up`. */
function cleaned({ cleanUp }: ContractReport): string {
  if (cleanUp === undefined) return ''
  const { users, departments, left, run } = cleanUp
  if (users + departments + left.length === 0) return ''
  const [first] = left
  const rest = first === undefined ? '' : `; ${left.length} of run ${run} left, such as ${first}`
  return `; ${counted(users, 'user')} and ${counted(departments, 'department')} deleted again${rest}`
}

const counted = (count: number, name: string): string => `${count} ${name}${count === 1 ? '' : 's'}`

/** The most frequent reasons of skips. */
function skipReasons(checks: readonly CheckResult[]): [string, number][] {
  const skips = new Map<string, number>()
  for (const { verdict, reason = '' } of checks) {
    if (verdict === 'skip') skips.set(reason, (skips.get(reason) ?? 0) + 1)
  }
  return [...skips].sort(([, a], [, b]) => b - a).slice(0, 3)
}
