import { escapeMarkup as e } from '../../shared/escape.ts'
import { readingEntry, readingIds } from '../../spec/readings.ts'
import { type CheckResult, type ContractReport, type ShownExchange, verdicts } from '../report.ts'
import { script, style } from './html-assets.ts'

const outcomes: Readonly<Record<ContractReport['outcome'], string>> = {
  conforms: 'No violation was seen.',
  violations: 'The endpoint deviates from the documents.',
  notices: 'No violation was seen, but notices count in this run.',
  'not-run': 'No violation was seen, but checks that had to run did not.',
  incomplete: 'Some checks could not run, so nothing final can be said.',
  unreachable: 'The endpoint could not be checked.',
  'authentication-failed': 'The endpoint does not accept the credentials, so most checks were skipped.',
  'safety-guard': 'A safety guard stopped the run.',
}

/** The report as one HTML page: no script, style or picture from elsewhere, readable in light and dark. */
export function toHtml(report: ContractReport): string {
  const { checks, target, outcome } = report
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>KooDrive contract: ${e(outcome)}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>KooDrive contract</h1>
<p class="target">${e(target)}</p>
<p class="outcome ${e(outcome)}">${e(outcomes[outcome])}</p>
<p>${e(report.headline)}.${report.demanded === undefined ? '' : ` Fails: ${e(report.demanded)}.`}</p>
${numbers(report)}
</header>
<main>
${findings(checks)}<section aria-labelledby="coverage"><h2 id="coverage">What was checked</h2>${matrix(checks)}</section>
<section aria-labelledby="checks"><h2 id="checks">Checks</h2>${filters()}<div id="list">${sorted(checks).map(card).join('')}</div>
<p id="none" hidden>No check matches.</p></section>
<section aria-labelledby="readings"><h2 id="readings">Readings</h2>${readings(report)}</section>
</main>
<footer>${e(report.tool)}, run ${e(report.run)}</footer>
<script>${script}</script>
</body>
</html>
`
}

function numbers({ summary, durationMs, startedAt, allowWrites }: ContractReport): string {
  const tiles = verdicts.map((verdict) => `<li class="${verdict}"><b>${summary[verdict]}</b> ${verdict}</li>`)
  return `<ul class="numbers">${tiles.join('')}</ul>
<p>${summary.checks} checks, ${summary.requests} requests, ${(durationMs / 1000).toFixed(1)} s; ${allowWrites ? 'with writes' : 'read-only'}, begun ${e(startedAt)}.</p>`
}

/** What a reader must know who reads no further: each deviation, and what it means. */
function findings(checks: readonly CheckResult[]): string {
  const bad = checks.filter(({ verdict }) => verdict === 'violation')
  if (bad.length === 0) return ''
  const items = bad.map(
    ({ id, title, expected, got, why, evidence, known }) =>
      `<li><code>${e(id)}</code> <a href="#${e(id)}">${e(title)}</a>: expected ${e(expected ?? '')}, got <b>${e(got ?? '')}</b>.${known ? ' Known from the baseline.' : ''}
<span class="why">${e(why)}${evidence === 'inferred' ? ' No page states this rule; it is our conclusion.' : ''}</span></li>`,
  )
  return `<section aria-labelledby="findings"><h2 id="findings">Where it deviates</h2><ol class="findings">${items.join('')}</ol></section>
`
}

/** The coverage matrix: a row for each clause, a cell for each check that guards it. */
function matrix(checks: readonly CheckResult[]): string {
  const clauses = new Map<string, CheckResult[]>()
  for (const check of checks) clauses.set(check.clause, [...(clauses.get(check.clause) ?? []), check])
  const rows = [...clauses]
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([clause, own]) => {
      const cells = own.map(
        ({ id, verdict }) =>
          `<a class="cell ${verdict}" href="#${e(id)}" title="${e(`${id}: ${verdict}`)}">${mark[verdict]}</a>`,
      )
      return `<tr><th scope="row">${e(clause)}</th><td>${cells.join('')}</td></tr>`
    })
  return `<div class="scroll"><table class="matrix"><thead><tr><th scope="col">Clause</th><th scope="col">Its checks</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

const mark = { pass: '✓', violation: '✗', notice: 'i', skip: '–', broken: '!' } as const

function filters(): string {
  const boxes = verdicts.map(
    (verdict) => `<label><input type="checkbox" value="${verdict}" checked> ${verdict}</label>`,
  )
  return `<form id="filter"><input type="search" id="words" placeholder="Filter by id, clause or text" aria-label="Filter">${boxes.join('')}</form>`
}

const ORDER: readonly CheckResult['verdict'][] = ['violation', 'broken', 'notice', 'pass', 'skip']
const sorted = (checks: readonly CheckResult[]): readonly CheckResult[] =>
  [...checks].sort((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict))

function card(check: CheckResult): string {
  const { id, title, verdict, expected, got, reason, why, source, evidence, clause, exchanges, operation } = check
  const found =
    expected === undefined ? '' : `<dt>Expected</dt><dd>${e(expected)}</dd><dt>Got</dt><dd>${e(got ?? '')}</dd>`
  const note = reason === undefined ? '' : `<dt>Note</dt><dd>${e(reason)}</dd>`
  return `<details class="check ${verdict}" id="${e(id)}" data-verdict="${verdict}"${verdict === 'violation' ? ' open' : ''}>
<summary><span class="badge">${verdict}</span> <code>${e(id)}</code> ${e(title)}</summary>
<dl>${found}${note}<dt>Why it matters</dt><dd>${e(why)}</dd><dt>Source</dt><dd>${e(source)} (${evidence})</dd>
<dt>Clause</dt><dd>${e(clause)}</dd><dt>Operation</dt><dd>${e(operation)}</dd></dl>
${exchanges.map(exchange).join('')}</details>
`
}

function exchange({ request, response, curl }: ShownExchange): string {
  const lines = (pairs: readonly (readonly [string, string])[]): string =>
    pairs.map(([name, value]) => `${name}: ${value}`).join('\n')
  const sent = `${request.method} ${request.url}\n${lines(request.headers)}${request.body === undefined ? '' : `\n\n${request.body}`}`
  const came = `HTTP ${response.status}\n${lines(response.headers)}\n\n${response.body}`
  return `<div class="exchange"><h4>Repeat it</h4><pre class="curl"><code>${e(curl)}</code></pre>
<div class="pair"><div><h4>Request</h4><pre>${e(sent)}</pre></div><div><h4>Answer</h4><pre>${e(came)}</pre></div></div></div>`
}

function readings({ readings: seen, undetermined }: ContractReport): string {
  const rows = readingIds.map((id) => {
    const { question, default: usual } = readingEntry(id)
    const answer = seen[id]
    const cell =
      answer === undefined
        ? `<td class="unknown">could not be determined</td><td>${e(undetermined[id] ?? '')}</td>`
        : `<td><b>${e(answer)}</b></td><td>${answer === usual ? 'as the mock does by default' : `the mock's default is ${e(usual)}`}</td>`
    return `<tr><th scope="row"><code>${e(id)}</code></th><td>${e(question)}</td>${cell}</tr>`
  })
  return `<p>The pages contradict each other or are silent in these places. This is what the endpoint does.</p>
<div class="scroll"><table><thead><tr><th scope="col">Reading</th><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Remark</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}
