import type { CoverageReport } from '../../journal/coverage/coverage.ts'
import type { Severity } from '../../journal/report-card/finding.ts'
import { createReportCard, type ReportCard } from '../../journal/report-card/report-card.ts'
import { Viewer } from '../../journal/viewer.ts'
import { say } from '../texts/say.ts'
import { Badge, Card, Frame, Said, type Tone } from './parts.tsx'
import { hashOf, type ViewProps } from './view.ts'

const tones: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'busy', info: 'calm' }
const verdictTones: Readonly<Record<ReportCard['verdict'], Tone>> = {
  good: 'good',
  fair: 'busy',
  poor: 'bad',
  unknown: 'calm',
}
/** Exchanges of a finding that are linked; the JSON report has more. */
const LINKED = 6
/** Exchanges that the journal is opened with. */
const MOST_LINKED = 50

/** How the client behaves, and what it has made the mock show. */
export const ReportView = async (props: ViewProps) => {
  const { deps, sandbox, t, language } = props
  const card = await createReportCard(sandbox, deps.journals, new Viewer(deps, sandbox), deps.time.elapsed)
  return (
    <Frame {...props} view="report" title={t('nav.report')} live="request sandbox">
      <section class="card" aria-labelledby="card-title">
        <div class="summary">
          <h2 id="card-title">{t('report.card')}</h2>
          <Badge tone={verdictTones[card.verdict]}>{t(`report.${card.verdict}`)}</Badge>
          <span>{t('report.calls', { calls: card.summary.calls, checks: card.summary.checks })}</span>
        </div>
        {card.journal.note !== undefined && <Said as="p" language={language} english={card.journal.note} />}
        {card.findings.length === 0 && card.verdict === 'good' && (
          <p class="empty">{t('report.clean', { count: card.summary.calls })}</p>
        )}
        {card.verdict === 'unknown' && <p class="empty">{t('report.nothing')}</p>}
        {card.findings.map((finding) => (
          <Finding {...props} finding={finding} />
        ))}
      </section>
      <CoverageCard t={t} language={language} sandboxId={sandbox.id} report={deps.coverage.of(sandbox)} />
    </Frame>
  )
}

const Finding = ({ sandbox, t, language, finding }: ViewProps & { finding: ReportCard['findings'][number] }) => {
  const { id, title, severity, why, cure, occurrences, evidence } = finding
  const all = [...new Set(evidence.flatMap(({ requestIds }) => requestIds))].slice(0, MOST_LINKED)
  const requests = all.slice(0, LINKED)
  return (
    <article class="finding" data-key={id}>
      <h3>
        <Badge tone={tones[severity]}>{t(`report.${severity}`)}</Badge> <Said language={language} english={title} />
      </h3>
      <Said as="p" language={language} english={why} />
      <p>
        <strong>
          <Said language={language} english={cure} />
        </strong>
      </p>
      <Said as="p" language={language} english={evidence[0]?.detail ?? ''} />
      <p class="source">
        {t('report.times', { count: occurrences })} · {t('report.evidence')}
        {t('common.colon')}
        {requests.map((request) => (
          <>
            <a href={hashOf('journal', { sandbox: sandbox.id, ids: all.join(','), finding: id, id: request })}>
              {request}
            </a>{' '}
          </>
        ))}
        ·{' '}
        <a href={hashOf('journal', { sandbox: sandbox.id, ids: all.join(','), finding: id })}>
          {t('report.inJournal')}
        </a>
      </p>
    </article>
  )
}

interface CoverageProps {
  readonly t: ViewProps['t']
  readonly language: ViewProps['language']
  readonly sandboxId: string
  readonly report: CoverageReport
}

const CoverageCard = ({ t, language, sandboxId, report }: CoverageProps) => (
  <Card id="coverage-title" title={t('report.coverage')}>
    <p class="hint">{t('report.coverageHint')}</p>
    <p>
      <Share t={t} label={t('report.coverage')} share={report.summary} />
    </p>
    {report.groups.map((group) => (
      <details data-key={group.id}>
        <summary>
          <Said language={language} english={group.title} />{' '}
          <Share t={t} label={say(language, group.title).text} share={group} />
        </summary>
        <ul class="items">
          {group.items.map(({ id, title, count }) => (
            <li data-key={id}>
              <Badge tone={count > 0 ? 'good' : 'calm'}>
                {count > 0 ? t('report.times', { count }) : t('report.never')}
              </Badge>{' '}
              <Said language={language} english={title} />
              {count === 0 && <ShownBy t={t} sandboxId={sandboxId} id={id} />}
            </li>
          ))}
        </ul>
      </details>
    ))}
  </Card>
)

/** What brings about what was never met. */
const ShownBy = ({ t, sandboxId, id }: { t: ViewProps['t']; sandboxId: string; id: string }) => {
  const scenario = scenarioFor[id]
  if (scenario === undefined) return null
  return (
    <>
      {' · '}
      <a href={hashOf('clock', { sandbox: sandboxId, scenario })}>{t('report.shownBy', { scenario })}</a>
    </>
  )
}

interface ShareProps {
  readonly t: ViewProps['t']
  readonly label: string
  readonly share: { readonly seen: number; readonly total: number }
}

const Share = ({ t, label, share: { seen, total } }: ShareProps) => (
  <span class="progress">
    <progress value={seen} max={total} aria-label={label}></progress>
    <span>{t('report.covered', { seen, total })}</span>
  </span>
)

/** The scenario in which a client comes to see what it has never seen, by the id of the coverage. */
export const scenarioFor: Readonly<Record<string, string>> = {
  'row:existing': 'duplicates',
  'error:userExists': 'duplicates',
  'row:failed': 'partial-failure',
  'task:running': 'slow-batch',
  'situation:rows-partly-settled': 'slow-batch',
  'task:failed': 'failing-batch',
  'error:insufficientSpace': 'quota-exhausted',
  'situation:list-empty': 'empty-organization',
  'situation:list-has-more-pages': 'large-organization',
  'situation:token-expired': 'token-expires-mid-poll',
  'situation:date-refused': 'clock-skew',
  'situation:told-to-wait': 'throttled',
  'error:tooManyRequests': 'throttled',
  'situation:fault-injected': 'flaky',
  'error:internalError': 'flaky',
  'error:serviceUnavailable': 'maintenance',
  'error:innerServerInvokeFailure': 'failing-batch',
}
