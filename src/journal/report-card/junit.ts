import type { ReportCard } from './report-card.ts'

/** A report card as JUnit XML: one test case a check. Findings for information do not fail. */
export function toJunit({ sandbox, at, summary, findings, checks, journal }: ReportCard): string {
  const cases = checks.map(({ id, title, severity }) => {
    const found = findings.find((finding) => finding.id === id)
    const open = `    <testcase classname="koodrive-mock.report-card" name="${xmlText(`${id}: ${title}`)}" time="0"`
    if (found === undefined) return `${open}/>`
    const lines = found.evidence.map(({ detail, requestIds }) => `${detail} [${requestIds.join(', ')}]`)
    const text = xmlText([found.why, found.cure, ...lines].join('\n'))
    const inner =
      severity === 'info'
        ? `<system-out>${text}</system-out>`
        : `<failure type="${severity}" message="${xmlText(found.evidence[0]?.detail ?? title)}">${text}</failure>`
    return `${open}>\n      ${inner}\n    </testcase>`
  })
  const failures = summary.errors + summary.warnings
  const counts = `tests="${checks.length}" failures="${failures}" errors="0" skipped="0" time="0"`
  const name = xmlText(`report card of ${sandbox}`)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="koodrive-mock" ${counts}>`,
    `  <testsuite name="${name}" timestamp="${at.replace(/\.\d+|Z/g, '')}" ${counts}>`,
    ...cases,
    ...('note' in journal ? [`    <system-err>${xmlText(journal.note ?? '')}</system-err>`] : []),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** XML has no way to write control characters and lone surrogates: they become question marks. */
const xmlText = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign).replace(/(?![\n\t])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu, '?')
