import type { Child } from 'hono/jsx'
import { toCurl, variableMark } from '../../journal/curl.ts'
import { Viewer } from '../../journal/viewer.ts'
import { notFound } from '../../server/problem.ts'
import { Copy, Frame, Status, Time, Verbatim } from './parts.tsx'
import { SignatureSection } from './signature.tsx'
import { hashOf, type ViewProps } from './view.ts'

type Pairs = readonly (readonly [string, string])[]

/** One exchange in full, secrets redacted. */
export const ExchangeView = async (props: ViewProps) => {
  const { deps, sandbox, t, query } = props
  const { id = '' } = query
  const entry = deps.journals.of(sandbox).find(id)
  if (entry === undefined) throw notFound(`The journal of ${sandbox.id} has no request "${id}" (any more).`)
  await entry.search?.full()
  const viewer = new Viewer(deps, sandbox)
  const detail = viewer.detail(entry)
  const curl = toCurl(entry, new Viewer(deps, sandbox, variableMark)).trimEnd()
  return (
    <Frame {...props} view="journal" title={t('exchange.title', { id })}>
      <p class="crumbs">
        <a href={hashOf('journal', { sandbox: sandbox.id })}>← {t('nav.journal')}</a>
      </p>
      <div class="summary">
        <Status status={detail.status} />
        <strong>{detail.operation ?? detail.target}</strong>
        <Time iso={detail.at} />
        <span>{detail.durationMs.toFixed(1)} ms</span>
        <button type="button" data-copy={curl} id="copy-curl">
          {t('exchange.curl')}
        </button>
      </div>
      {detail.diagnosis !== null && (
        <div class="notice is-bad" id="diagnosis">
          <h2>{t('exchange.diagnosis')}</h2>
          <p lang="en">{detail.diagnosis}</p>
        </div>
      )}
      <dl class="facts">
        <div>
          <dt>{t('exchange.rule')}</dt>
          <dd lang="en">{detail.rule}</dd>
        </div>
        <div>
          <dt>{t('exchange.faults')}</dt>
          <dd>{detail.faults.length === 0 ? t('common.none') : detail.faults.join(', ')}</dd>
        </div>
      </dl>
      <SignatureSection t={t} entry={entry} viewer={viewer} />
      <div class="columns">
        <Side title={t('exchange.request')} line={`${detail.request.method} ${detail.request.target}`}>
          <Headers t={t} of={t('exchange.request')} headers={detail.request.headers} />
          <Body t={t} of={t('exchange.request')} body={detail.request.body} />
        </Side>
        <Side title={t('exchange.response')} line={`HTTP ${detail.response.status}`}>
          <Headers t={t} of={t('exchange.response')} headers={detail.response.headers} />
          <Body t={t} of={t('exchange.response')} body={detail.response.body} />
        </Side>
      </div>
    </Frame>
  )
}

const Side = ({ title, line, children }: { title: string; line: string; children?: Child }) => (
  <section class="card" aria-label={title}>
    <h2>{title}</h2>
    <p class="wire">
      <code>{line}</code>
    </p>
    {children}
  </section>
)

const Headers = ({ t, of, headers }: { t: ViewProps['t']; of: string; headers: Pairs }) => (
  <>
    <h3>{t('exchange.headers')}</h3>
    <Verbatim
      label={`${of}: ${t('exchange.headers')}`}
      text={headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
    />
  </>
)

const Body = ({ t, of, body }: { t: ViewProps['t']; of: string; body: string }) => (
  <>
    <div class="with-button">
      <h3>{t('exchange.body')}</h3>
      {body !== '' && <Copy t={t} value={body} what={`${of}: ${t('exchange.body')}`} />}
    </div>
    {body === '' ? (
      <p class="empty">{t('exchange.empty')}</p>
    ) : (
      <Verbatim label={`${of}: ${t('exchange.body')}`} text={body} />
    )}
  </>
)
