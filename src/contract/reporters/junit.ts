import type { ContractReport } from '../report.ts'
import type { CheckResult } from '../result.ts'
import { escapeMarkup as e } from './escape.ts'

const seconds = (ms: number): string => (ms / 1000).toFixed(3)

/** The report as JUnit XML: a suite for each operation, a case for each check. */
export function toJunit({ checks, summary, durationMs, startedAt, target, stopped }: ContractReport): string {
  const groups = new Map<string, CheckResult[]>()
  for (const check of checks) groups.set(check.operation, [...(groups.get(check.operation) ?? []), check])
  const suites = [...groups].map(([operation, cases]) => {
    const count = (verdict: CheckResult['verdict']): number => cases.filter((one) => one.verdict === verdict).length
    const time = cases.reduce((all, one) => all + one.durationMs, 0)
    return [
      `  <testsuite name="${e(operation)}" tests="${cases.length}" failures="${count('violation')}" errors="${count('broken')}" skipped="${count('skip')}" time="${seconds(time)}" timestamp="${e(startedAt)}">`,
      ...cases.map(toCase),
      '  </testsuite>',
    ].join('\n')
  })
  const run = `    <testcase classname="run" name="the run reaches its end" time="0.000"><error message="${e(stopped ?? '')}"/></testcase>`
  const ending =
    stopped === undefined
      ? []
      : ['  <testsuite name="run" tests="1" failures="0" errors="1" skipped="0" time="0.000">', run, '  </testsuite>']
  const extra = ending.length > 0 ? 1 : 0
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${e(`koodrive contract, ${target}`)}" tests="${summary.checks + extra}" failures="${summary.violation}" errors="${summary.broken + extra}" skipped="${summary.skip}" time="${seconds(durationMs)}">`,
    ...suites,
    ...ending,
    '</testsuites>',
    '',
  ].join('\n')
}

function toCase(check: CheckResult): string {
  const { id, title, operation, verdict, reason = '', durationMs } = check
  const open = `    <testcase classname="${e(operation)}" name="${e(`${id}: ${title}`)}" time="${seconds(durationMs)}"`
  switch (verdict) {
    case 'pass':
      return `${open}/>`
    case 'skip':
      return `${open}><skipped message="${e(reason)}"/></testcase>`
    case 'broken':
      return `${open}><error message="${e(reason)}"/></testcase>`
    case 'notice':
      return `${open}><system-out>${e(details(check))}</system-out></testcase>`
    case 'violation':
      return `${open}><failure message="${e(`expected ${check.expected}, got ${check.got}`)}">${e(details(check))}</failure></testcase>`
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
