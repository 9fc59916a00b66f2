import { type JunitOutcome, toJunit as toXml } from '../../shared/junit.ts'
import type { ReportCard } from './report-card.ts'

/** A report card as JUnit XML: one test case a check. Findings for information do not fail. */
export function toJunit({ sandbox, at, findings, checks, journal }: ReportCard): string {
  const cases = checks.map(({ id, title, severity }) => {
    const found = findings.find((finding) => finding.id === id)
    const className = 'koodrive-mock.report-card'
    const name = `${id}: ${title}`
    if (found === undefined) return { className, name, outcome: { kind: 'passed' } as const }
    const lines = found.evidence.map(({ detail, requestIds }) => `${detail} [${requestIds.join(', ')}]`)
    const text = [found.why, found.cure, ...lines].join('\n')
    const message = found.evidence[0]?.detail ?? title
    const outcome: JunitOutcome =
      severity === 'info' ? { kind: 'remark', text } : { kind: 'failure', type: severity, message, text }
    return { className, name, outcome }
  })
  const note = 'note' in journal ? journal.note : undefined
  return toXml('koodrive-mock', [{ name: `report card of ${sandbox}`, startedAt: at, cases, note }])
}
