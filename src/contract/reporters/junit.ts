import { type JunitCase, type JunitOutcome, toJunitXml } from '../../shared/junit.ts'
import type { ContractReport } from '../report.ts'
import type { CheckResult } from '../result.ts'

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
