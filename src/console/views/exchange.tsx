import type { Child } from 'hono/jsx'
import { entryToCurl, variableMark } from '../../journal/har.ts'
import type { OwnedEntry } from '../../journal/journals.ts'
import { toVerification } from '../../journal/verify/where.ts'
import { Viewer } from '../../journal/viewer.ts'
import { callerOf } from '../../server/control/replay.ts'
import { notFound } from '../../server/problem.ts'
import { sampleLanguages, sampleNames } from '../../shared/code-sample.ts'
import { firstHeader } from '../../shared/headers.ts'
import { toJson } from '../../shared/json.ts'
import { errorEntry } from '../../spec/errors.ts'
import type { Evidence } from '../../spec/evidence.ts'
import { toIso } from '../../world/instant.ts'
import { isFormatted, JsonBody } from './json-body.tsx'
import { Card, Copy, Fact, Frame, Outcome, Said, Time, Verbatim } from './parts.tsx'
import { ReplayForm } from './replay-form.tsx'
import { SignatureSection } from './signature.tsx'
import { hashOf, requestRoute, type ViewProps } from './view.ts'

/** One exchange on a page of its own. */
export const ExchangeView = async (props: ViewProps) => {
  const { sandbox, t, query } = props
  const { id = '' } = query
  const found = exchangeNamed(props, id)
  if (found === undefined) throw notFound(`The journal of ${sandbox.id} has no request "${id}" (any more).`)
  await found.entry.search?.full()
  return (
    <Frame {...props} view="journal" title={t('exchange.title', { id })}>
      <p class="crumbs">
        <a href={hashOf('journal', { sandbox: sandbox.id, id })}>← {t('nav.journal')}</a>
      </p>
      <ExchangeDetail {...props} {...found} />
    </Frame>
  )
}

/** An exchange by its id: of the sandbox on the page, of the one that its id begins with, or of nobody. */
export function exchangeNamed(
  { deps, sandbox }: Pick<ViewProps, 'deps' | 'sandbox'>,
  id: string,
): OwnedEntry | undefined {
  const named = deps.world.get(id.slice(0, Math.max(0, id.lastIndexOf('-'))))
  for (const owner of new Set([named, sandbox, undefined])) {
    const entry = deps.journals.ofOwner(owner).find(id)
    if (entry !== undefined) return { entry, owner }
  }
  return undefined
}

type Pairs = readonly (readonly [string, string])[]
type Props = ViewProps & OwnedEntry

/** One exchange in full, secrets redacted, and what can be done with it. */
export const ExchangeDetail = (props: Props) => {
  const { deps, t, language, entry, owner } = props
  const viewer = new Viewer(deps, owner)
  const detail = viewer.detail(entry)
  return (
    <article class="exchange" data-key={entry.requestId} aria-label={t('exchange.title', { id: entry.requestId })}>
      <div class="summary">
        <Outcome t={t} entry={entry} />
        <strong>{detail.operation ?? detail.target}</strong>
        <Time iso={detail.at} />
        <span>{detail.durationMs.toFixed(1)} ms</span>
      </div>
      <Actions {...props} viewer={viewer} />
      {entry.search === undefined && detail.diagnosis !== null && (
        <div class="notice is-bad" id="diagnosis">
          <h2>{t('exchange.diagnosis')}</h2>
          <Said as="p" language={language} english={detail.diagnosis} />
        </div>
      )}
      <SignatureSection t={t} language={language} entry={entry} viewer={viewer} owner={owner} />
      <Facts {...props} rule={detail.rule} />
      {'truncated' in detail && <p class="hint">{t('exchange.cut')}</p>}
      <Side title={t('exchange.request')} line={`${detail.request.method} ${detail.request.target}`}>
        <Headers t={t} of={t('exchange.request')} headers={detail.request.headers} />
        <Body t={t} of={t('exchange.request')} body={detail.request.body} />
      </Side>
      <Side title={t('exchange.response')} line={entry.status === 0 ? t('journal.noAnswer') : `HTTP ${entry.status}`}>
        <Headers t={t} of={t('exchange.response')} headers={detail.response.headers} />
        <Body t={t} of={t('exchange.response')} body={detail.response.body} />
      </Side>
    </article>
  )
}

const Actions = (props: Props & { viewer: Viewer }) => {
  const { deps, sandbox, t, entry, owner, viewer } = props
  const sender = owner ?? sandbox
  const as = callerOf(firstHeader(entry.requestHeaders, 'authorization') ?? '', sender)
  // A token is a variable in the line; a signature is only good while it is fresh.
  const curl = as === 'signature' ? undefined : entryToCurl(entry, new Viewer(deps, owner, variableMark)).trimEnd()
  const samples = requestRoute(props, `/samples?sandbox=${encodeURIComponent(sender.id)}`)
  return (
    <>
      <div class="buttons">
        <button
          type="button"
          class="is-main"
          data-replay={requestRoute(props, '/replay')}
          data-body={JSON.stringify({ sandbox: sender.id })}
          data-done={t('exchange.sent')}
        >
          {t('exchange.again')}
        </button>
        <button
          type="button"
          id="copy-curl"
          {...(curl === undefined ? { 'data-copy-sample': 'curl', 'data-url': samples } : { 'data-copy': curl })}
        >
          {t('exchange.curl')}
        </button>
        <details class="menu" data-menu="">
          <summary class="button">{t('exchange.copyAs')}</summary>
          <div class="choices">
            {sampleLanguages
              .filter((language) => language !== 'curl')
              .map((language) => (
                <button
                  type="button"
                  data-copy-sample={language}
                  data-url={samples}
                  aria-label={t('exchange.copyIn', { language: sampleNames[language] })}
                >
                  {sampleNames[language]}
                </button>
              ))}
            <button type="button" data-copy={toJson(toVerification(entry, viewer), 2)}>
              {t('exchange.copyVerify')}
            </button>
          </div>
        </details>
      </div>
      <ReplayForm {...props} viewer={viewer} as={as} sender={sender} />
    </>
  )
}

/** A rule with the word for its evidence, `list-users.offset; documented`, in the language of the reader. */
const ruleText = (t: ViewProps['t'], rule: string): string =>
  rule.replace(/; (documented|example|inferred)$/, (_, level: Evidence) => `; ${t(`docs.${level}`)}`)

/** What else is known of the exchange, and where it leads. */
const Facts = ({ t, language, entry, owner, rule }: Props & { rule: string }) => {
  const { operation, faults } = entry
  const taskId = owner && taskOf(entry)
  const userId = firstHeader(entry.requestHeaders, 'x-user-id')
  const user = userId === undefined ? undefined : owner?.read().directory.findById(userId)
  const traceId = firstHeader(entry.requestHeaders, 'x-traceid')
  const reading = entry.error === undefined ? undefined : errorEntry(entry.error).statusReading
  const of = { sandbox: owner?.id }
  /** Undefined for what the exchange has not. */
  const facts: readonly (readonly [string, Child | undefined])[] = [
    [
      t('exchange.rule'),
      operation === undefined ? (
        ruleText(t, rule)
      ) : (
        <a href={`/__admin/docs?lang=${language}#op-${operation}`}>{ruleText(t, rule)}</a>
      ),
    ],
    [t('exchange.reading'), reading && owner && <a href={hashOf('readings', { ...of, q: reading })}>{reading}</a>],
    [t('exchange.route'), entry.route && t('exchange.routeHow', { id: entry.route })],
    [t('exchange.passedOn'), entry.passedOnTo && t('exchange.passedOnHow', { host: entry.passedOnTo })],
    [t('exchange.faults'), faults.length === 0 ? t('common.none') : faults.join(', ')],
    [t('exchange.task'), taskId && <a href={hashOf('task', { ...of, id: taskId })}>{taskId}</a>],
    [t('exchange.user'), user && <a href={hashOf('user', { ...of, id: user.id })}>{user.name}</a>],
    [
      t('exchange.traceId'),
      traceId === undefined ? undefined : (
        <a href={hashOf('journal', { ...of, q: `"${traceId.replaceAll('"', '')}"` })}>{traceId}</a>
      ),
    ],
    [t('common.sandbox'), owner?.id ?? t('journal.nobody')],
    [t('exchange.time'), toIso(entry.at)],
  ]
  return (
    <Card id="facts-title" title={t('exchange.facts')}>
      <dl class="facts is-rows">
        {facts.map(([name, value]) => value !== undefined && <Fact term={name}>{value}</Fact>)}
      </dl>
    </Card>
  )
}

/** The batch task that a call made or asks about. */
export function taskOf({ target, responseBody, operation, status }: OwnedEntry['entry']): string | undefined {
  const asked = /[?&]taskId=(\d{1,20})(?:&|$)/.exec(target)?.[1]
  if (asked !== undefined || operation !== 'createBatchProvisioningTask' || status !== 200) return asked
  return /"data":\s*"?(\d{1,20})/.exec(responseBody)?.[1]
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
      label={of + t('common.colon') + t('exchange.headers')}
      text={headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
    />
  </>
)

const Body = ({ t, of, body }: { t: ViewProps['t']; of: string; body: string }) => {
  const label = of + t('common.colon') + t('exchange.body')
  return (
    <>
      <div class="with-button">
        <h3>{t('exchange.body')}</h3>
        {body !== '' && <Copy t={t} value={body} what={label} />}
      </div>
      {body === '' ? (
        <p class="empty">{t('exchange.empty')}</p>
      ) : isFormatted(body) ? (
        <>
          <section {...{ class: 'verbatim', 'aria-label': label, tabindex: 0 }}>
            <JsonBody t={t} text={body} />
          </section>
          <details class="raw">
            <summary>{t('exchange.asItCame')}</summary>
            <Verbatim label={`${label}, ${t('exchange.asItCame')}`} text={body} />
          </details>
        </>
      ) : (
        <Verbatim label={label} text={body} />
      )}
    </>
  )
}
