import { markdownCell as cell, workflowMessage as data, workflowProperty as property } from '../../shared/escape.ts'
import { type JunitCase, type JunitOutcome, toJunitXml } from '../../shared/junit.ts'
import type { CheckResult, ContractReport } from '../report.ts'

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

/** The report as JUnit XML: a suite for each operation, a case for each check. */
export function toJunit({ checks, durationMs, startedAt, target, stopped, demanded }: ContractReport): string {
  const groups = new Map<string, JunitCase[]>()
  for (const check of checks) groups.set(check.operation, [...(groups.get(check.operation) ?? []), toCase(check)])
  const failure = stopped ?? demanded
  if (failure !== undefined) {
    const outcome: JunitOutcome = { kind: stopped === undefined ? 'failure' : 'error', message: failure, text: failure }
    groups.set('run', [{ className: 'run', name: 'the run reaches its end', outcome }])
  }
  const suites = [...groups].map(([name, cases]) => ({ name, startedAt, cases }))
  return toJunitXml(`koodrive contract, ${target}`, suites, durationMs)
}

const toCase = (check: CheckResult): JunitCase => ({
  className: check.operation,
  name: `${check.id}: ${check.title}`,
  durationMs: check.durationMs,
  outcome: outcomeOf(check),
})

function outcomeOf(check: CheckResult): JunitOutcome {
  const { verdict, reason = '', expected, got } = check
  switch (verdict) {
    case 'pass':
      return { kind: 'passed' }
    case 'skip':
      return { kind: 'skipped', message: reason }
    case 'broken':
      return { kind: 'error', message: reason }
    case 'notice':
      return { kind: 'remark', text: details(check) }
    case 'violation':
      if (check.known === true) return { kind: 'remark', text: `known from the baseline\n${details(check)}` }
      return { kind: 'failure', message: `expected ${expected}, got ${got}`, text: details(check) }
  }
}

function details({ expected, got, reason, why, source, evidence, curl }: CheckResult): string {
  return [
    ...(expected === undefined ? [] : [`expected: ${expected}`, `got: ${got}`]),
    ...(reason === undefined ? [] : [`note: ${reason}`]),
    `why it matters: ${why}`,
    `source: ${source} (${evidence})`,
    ...(curl === undefined ? [] : ['repeat it with:', curl]),
  ].join('\n')
}
