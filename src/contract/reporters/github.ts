import { markdownCell as cell, workflowMessage as data, workflowProperty as property } from '../../shared/escape.ts'
import type { ContractReport } from '../report.ts'

/** Annotations for the log of a workflow: an error for each violation, a warning for whatever could not run. */
export function toAnnotations({ checks, stopped, demanded }: ContractReport): string {
  const lines = checks.flatMap(({ id, verdict, known, expected, got, reason = '', source, why }) => {
    const found = `expected ${expected}, got ${got}`
    if (verdict === 'violation' && known === true) return [`::notice title=${property(id)}::${data(`known: ${found}`)}`]
    if (verdict === 'violation') return [`::error title=${property(id)}::${data(`${found}\n${why}\n${source}`)}`]
    if (verdict === 'broken') return [`::warning title=${property(id)}::${data(reason)}`]
    if (verdict === 'notice') return [`::notice title=${property(id)}::${data(reason || found)}`]
    return []
  })
  const failure = stopped ?? demanded
  const stop = failure === undefined ? [] : [`::error title=contract::${data(failure)}`]
  return [...stop, ...lines].map((line) => `${line}\n`).join('')
}

/** The page that a workflow shows for its run, as Markdown. */
export function toStepSummary(report: ContractReport): string {
  const { summary, checks, readings, target, outcome, stopped, durationMs } = report
  const { pass, violation, notice, skip, broken, requests } = summary
  const counts = `${pass} pass, ${violation} violation, ${notice} notice, ${skip} skip, ${broken} broken`
  const telling = checks.filter(({ verdict }) => ['violation', 'broken', 'notice'].includes(verdict))
  const rows = telling.map(
    ({ verdict, id, expected = '', got, reason = '', source }) =>
      `| ${verdict} | ${cell(id)} | ${cell(expected)} | ${cell(got ?? reason)} | ${cell(source)} |`,
  )
  const table = ['', '| verdict | check | expected | got | source |', '|---|---|---|---|---|', ...rows]
  return [
    `## KooDrive contract: ${outcome}`,
    '',
    `${cell(target)}: ${cell(report.headline)}.`,
    '',
    `${summary.checks} checks, ${counts}; ${requests} requests in ${(durationMs / 1000).toFixed(1)} s`,
    ...(stopped === undefined ? [] : ['', `Stopped: ${cell(stopped)}`]),
    ...(rows.length === 0 ? [] : table),
    '',
    '<details><summary>Readings</summary>',
    '',
    '| reading | answer |',
    '|---|---|',
    ...Object.entries(readings).map(([id, value]) => `| ${cell(id)} | ${cell(value)} |`),
    '',
    '</details>',
    '',
  ].join('\n')
}
