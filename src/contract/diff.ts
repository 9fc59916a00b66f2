import type { ContractReport } from './report.ts'

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
