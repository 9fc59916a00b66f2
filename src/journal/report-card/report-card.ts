import { type JunitOutcome, toJunitXml } from '../../shared/junit.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Journal } from '../journal.ts'
import { type Journals, UNATTRIBUTED } from '../journals.ts'
import type { Viewer } from '../viewer.ts'
import { Call } from './call.ts'
import type { Evidence, Finding, FindingContext, Severity } from './finding.ts'
import { findings } from './findings.ts'

/** Shortest time between two polls unless the caller says otherwise, in virtual milliseconds. */
export const DEFAULT_MIN_POLL_MS = 1000
/** Evidence of one finding that is told in full. */
const EVIDENCE_SHOWN = 20
const IDS_SHOWN = 50

/** A report card: what was looked for, and what was found. */
export type ReportCard = ReturnType<typeof createReportCard>

/** Looks through the journal of a sandbox for habits that hurt in production. */
export function createReportCard(
  sandbox: Sandbox,
  journals: Journals,
  viewer: Viewer,
  minPollMs = DEFAULT_MIN_POLL_MS,
  table: readonly Finding[] = findings,
) {
  const journal = journals.of(sandbox)
  const calls = journal
    .list()
    .reverse()
    .map((entry) => new Call(entry))
  const context = contextOf(sandbox, viewer, minPollMs, journal.dropped > 0)
  const entries = new Map(calls.map(({ id, entry }) => [id, entry]))
  /** A detail may quote what a client sent: the secrets of that very exchange are known by its redactor only. */
  const shown = ({ requestIds: [id = ''], detail }: Evidence): string => {
    const entry = entries.get(id)
    return (entry === undefined ? viewer.anyRedactor() : viewer.redactor(entry)).text(detail)
  }
  const found = table.flatMap(({ id, title, severity, why, cure, find }) => {
    const evidence = find(calls, context)
    if (evidence.length === 0) return []
    const shortened = evidence
      .slice(0, EVIDENCE_SHOWN)
      .map((proof) => ({ requestIds: proof.requestIds.slice(0, IDS_SHOWN), detail: shown(proof) }))
    return [{ id, title, severity, why, cure, occurrences: evidence.length, evidence: shortened }]
  })
  const count = (severity: Severity) => found.filter((finding) => finding.severity === severity).length
  return {
    sandbox: sandbox.id,
    at: toIso(sandbox.clock.now()),
    verdict: verdictOf(count('error'), count('warning'), calls),
    summary: {
      calls: calls.length,
      checks: table.length,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
    },
    minPollMs,
    journal: {
      complete: journal.dropped === 0,
      dropped: journal.dropped,
      unattributed: journals.unattributed.length,
      ...noteOf(journal, journals.unattributed),
    },
    findings: found,
    checks: table.map(({ id, title, severity }) => ({
      id,
      title,
      severity,
      passed: !found.some((finding) => finding.id === id),
    })),
  }
}

/** What the card does not judge. */
function noteOf({ length, dropped }: Journal, unattributed: Journal): { note?: string } {
  const notes: string[] = []
  if (dropped > 0) {
    notes.push(
      `The journal kept the last ${length} calls and dropped ${dropped}; what they did is not judged. Raise --max-journal.`,
    )
  }
  if (unattributed.length > 0) {
    notes.push(
      `Calls whose AppId or token belongs to no sandbox are not judged (${unattributed.length}): GET /__admin/sandboxes/${UNATTRIBUTED}/requests.`,
    )
  }
  return notes.length === 0 ? {} : { note: notes.join(' ') }
}

/** Nothing is good about a client that never got an answer to a question. */
function verdictOf(errors: number, warnings: number, calls: readonly Call[]): 'good' | 'fair' | 'poor' | 'unknown' {
  if (errors > 0) return 'poor'
  if (warnings > 0) return 'fair'
  return calls.some(({ operation, isRefused }) => operation !== undefined && !isRefused) ? 'good' : 'unknown'
}

function contextOf(sandbox: Sandbox, viewer: Viewer, minPollMs: number, isTruncated: boolean): FindingContext {
  return {
    minPollMs,
    isTruncated,
    knownIds: function* () {
      const { directory, tasks } = sandbox.read()
      yield sandbox.config.credentials.userId
      for (const { id } of directory.departments.all()) yield id
      for (const { id } of tasks.all()) yield id
    },
    batches: function* () {
      for (const { id, createdAt, rows } of sandbox.read().tasks.all())
        yield { id, createdAt, phones: Array.from(rows, ({ phone }) => phone) }
    },
    shownTarget: ({ entry }) => viewer.redactor(entry).target(entry.target),
  }
}

/** A report card as JUnit XML: one test case a check. Findings for information do not fail. */
export function reportCardToJunit({ sandbox, at, findings, checks, journal }: ReportCard): string {
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
  return toJunitXml('koodrive-mock', [{ name: `report card of ${sandbox}`, startedAt: at, cases, note: journal.note }])
}
