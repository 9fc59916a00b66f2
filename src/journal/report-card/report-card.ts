import { type JunitOutcome, toJunitXml } from '../../shared/junit.ts'
import type { Task } from '../../world/batch/task.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { inTurns } from '../in-turns.ts'
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
export type ReportCard = Awaited<ReturnType<typeof createReportCard>>

/** A habit that was found. */
interface FoundHabit extends Pick<Finding, 'id' | 'title' | 'severity' | 'why' | 'cure'> {
  readonly occurrences: number
  /** The first of them. */
  readonly evidence: readonly Evidence[]
}

/**
 * Looks through the journal of a sandbox for habits that hurt in production; others are served in between. `elapsed` is a clock
 * in milliseconds.
 */
export async function createReportCard(
  sandbox: Sandbox,
  journals: Journals,
  viewer: Viewer,
  elapsed: () => number,
  minPollMs = DEFAULT_MIN_POLL_MS,
) {
  const journal = journals.of(sandbox)
  const calls = await inTurns(journal.list().reverse(), (entry) => new Call(entry).read(), elapsed)
  const shownTargets = new Map(
    await inTurns(calls, (call) => [call, viewer.redactor(call.entry).target(call.entry.target)] as const, elapsed),
  )
  const context: FindingContext = {
    minPollMs,
    isTruncated: journal.dropped > 0,
    knownIds: () => knownIds(sandbox),
    batches: calls.some(isLost) ? await inTurns([...sandbox.read().tasks.all()], toBatch, elapsed) : [],
    shownTarget: (call) => shownTargets.get(call) ?? '',
  }
  const entries = new Map(calls.map(({ id, entry }) => [id, entry]))
  /** A detail may quote what a client sent: the secrets of that very exchange are known by its redactor only. */
  const shown = ({ requestIds, detail }: Evidence): Evidence => {
    const entry = entries.get(requestIds[0] ?? '')
    const redactor = entry === undefined ? viewer.anyRedactor() : viewer.redactor(entry)
    return { requestIds: requestIds.slice(0, IDS_SHOWN), detail: redactor.text(detail) }
  }
  const judged = await inTurns(findings, (finding) => ({ finding, evidence: finding.find(calls, context) }), elapsed)
  const found: FoundHabit[] = []
  for (const { finding, evidence } of judged) {
    if (evidence.length === 0) continue
    const { id, title, severity, why, cure } = finding
    const shortened = await inTurns(evidence.slice(0, EVIDENCE_SHOWN), shown, elapsed)
    found.push({ id, title, severity, why, cure, occurrences: evidence.length, evidence: shortened })
  }
  const count = (severity: Severity) => found.filter((finding) => finding.severity === severity).length
  return {
    sandbox: sandbox.id,
    at: toIso(sandbox.clock.now()),
    verdict: verdictOf(count('error'), count('warning'), calls),
    summary: {
      calls: calls.length,
      checks: findings.length,
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
    checks: findings.map(({ id, title, severity }) => ({
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

/** Whether a batch was handed in and the client got no answer to it. */
const isLost = ({ operation, facts }: Call): boolean =>
  operation === 'createBatchProvisioningTask' && facts.answeredId === undefined

const toBatch = ({ id, createdAt, rows }: Task) => ({
  id,
  createdAt,
  phones: Array.from(rows, ({ phone }) => phone).join(),
})

function* knownIds(sandbox: Sandbox): Iterable<string> {
  const { directory, tasks } = sandbox.read()
  yield sandbox.config.credentials.userId
  for (const { id } of directory.departments.all()) yield id
  for (const { id } of tasks.all()) yield id
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
