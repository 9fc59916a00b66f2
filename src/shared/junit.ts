import { escapeMarkup as e } from './escape.ts'

/** How a case ended. A remark is for information and fails nothing. */
export type JunitOutcome =
  | { readonly kind: 'passed' }
  | { readonly kind: 'remark'; readonly text: string }
  | { readonly kind: 'skipped'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'failure'; readonly message: string; readonly text: string; readonly type?: string }

export interface JunitCase {
  readonly className: string
  readonly name: string
  /** 0 when absent. */
  readonly durationMs?: number
  readonly outcome: JunitOutcome
}

export interface JunitSuite {
  readonly name: string
  /** ISO 8601, in UTC: the schema of Jenkins wants neither zone nor fraction, so both are left out. */
  readonly startedAt: string
  readonly cases: readonly JunitCase[]
  /** Something to know about the suite as a whole. */
  readonly note?: string | undefined
}

/** JUnit XML, as CI services read it. `durationMs` is that of the whole run; the sum of the cases when absent. */
export function toJunitXml(name: string, suites: readonly JunitSuite[], durationMs?: number): string {
  const cases = suites.flatMap((suite) => suite.cases)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${e(name)}" ${counts(cases, durationMs)}>`,
    ...suites.flatMap((suite) => [
      `  <testsuite name="${e(suite.name)}" ${counts(suite.cases)} timestamp="${e(suite.startedAt.replace(/\.\d+|Z/g, ''))}">`,
      ...suite.cases.map(toCase),
      ...(suite.note === undefined ? [] : [`    <system-err>${e(suite.note)}</system-err>`]),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n')
}

function counts(cases: readonly JunitCase[], durationMs = cases.reduce((all, one) => all + (one.durationMs ?? 0), 0)) {
  const count = (kind: JunitOutcome['kind']): number => cases.filter(({ outcome }) => outcome.kind === kind).length
  return `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds(durationMs)}"`
}

function toCase({ className, name, durationMs = 0, outcome }: JunitCase): string {
  const open = `    <testcase classname="${e(className)}" name="${e(name)}" time="${seconds(durationMs)}"`
  const inner = toElement(outcome)
  return inner === '' ? `${open}/>` : `${open}>${inner}</testcase>`
}

function toElement(outcome: JunitOutcome): string {
  switch (outcome.kind) {
    case 'passed':
      return ''
    case 'remark':
      return `<system-out>${e(outcome.text)}</system-out>`
    case 'skipped':
    case 'error':
      return `<${outcome.kind} message="${e(outcome.message)}"/>`
    case 'failure': {
      const type = outcome.type === undefined ? '' : ` type="${e(outcome.type)}"`
      return `<failure${type} message="${e(outcome.message)}">${e(outcome.text)}</failure>`
    }
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3)
