import type { JournalEntry } from '../../journal/journal-entry.ts'
import { certificateUrlOf, composeRequest } from '../../server/control/compose-request.ts'
import { listUsers } from '../../spec/operations/list-users.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { Reveal } from './controls.tsx'
import { Copy, Fact, Verbatim } from './parts.tsx'
import { hashOf, type ViewProps } from './view.ts'

/** A request that succeeds on a mock as it was started. */
const FIRST = `${listUsers.path}?offset=0&limit=5`
/** What breaks it once it is signed. */
const BREAK = ['limit=5', 'limit=5&keyWord=a'] as const

const COVERED = '••••••••'

/** What is shown to whoever starts: where to send, with which credentials, a request, and four steps that tick themselves off. */
export const FirstRun = (props: ViewProps) => {
  const { deps, sandbox, t, origin } = props
  const steps = stepsOf(deps.journals.of(sandbox).list(), props.query['seen'] !== undefined)
  const done = Object.values(steps).filter((step) => step.isDone).length
  const total = Object.keys(steps).length
  const url = origin + FIRST
  const certificateUrl = certificateUrlOf(deps, origin, url)
  const { curl } = composeRequest(sandbox, 'signature', { method: 'GET', url, headers: [], certificateUrl })
  return (
    <details class="card first-run" data-key={`first-run ${sandbox.id}`} open={done < total}>
      <summary>
        <h2>{t('first.title')}</h2>
        <span class="count">{t('first.progress', { done, total })}</span>
      </summary>
      <dl class="facts is-rows">
        <Fact term={t('first.baseUrl')}>
          <code id="base-url">{origin}</code> <Copy t={t} value={origin} what={t('first.baseUrl')} />
        </Fact>
      </dl>
      <Environment {...props} />
      <div class="with-button">
        <h3>{t('first.curl')}</h3>
        <CopySigned {...props} label={t('common.copyWhat', { what: t('first.curl') })} text={t('common.copy')} />
      </div>
      <Verbatim label={t('first.curl')} id="first-curl" text={curl} />
      <p class="hint">
        {t('first.curlHint')} {certificateUrl !== undefined && t('first.certificate')}
      </p>
      <ol class="ticks">
        <Step t={t} name="send" isDone={steps.send.isDone} />
        <Step t={t} name="see" isDone={steps.see.isDone}>
          {steps.see.id !== undefined && (
            <a href={hashOf('journal', { sandbox: sandbox.id, id: steps.see.id })}>{t('first.seeLink')}</a>
          )}
        </Step>
        <Step t={t} name="break" isDone={steps.break.isDone}>
          <CopySigned {...props} label={t('first.copyBroken')} text={t('first.copyBroken')} change={BREAK} />
        </Step>
        <Step t={t} name="mend" isDone={steps.mend.isDone}>
          {steps.mend.id !== undefined && (
            <a href={hashOf('journal', { sandbox: sandbox.id, id: steps.mend.id })}>{t('first.mendLink')}</a>
          )}
        </Step>
      </ol>
      {done === total && <p>{t('first.next')}</p>}
    </details>
  )
}

interface StepState {
  readonly isDone: boolean
  /** The request that the step is about. */
  readonly id?: string | undefined
}

const isRefused = ({ error, status }: JournalEntry): boolean => error !== undefined || status >= 400

/** How far somebody is, as the journal, newest first, shows it; `hasSeen` says whether a request was opened. */
function stepsOf(
  entries: readonly JournalEntry[],
  hasSeen: boolean,
): Record<'send' | 'see' | 'break' | 'mend', StepState> {
  const newest = entries.find((entry) => entry.operation !== undefined) ?? entries[0]
  const refusedAt = entries.findIndex(isRefused)
  const refused = entries[refusedAt]
  const hasSent = newest !== undefined
  return {
    send: { isDone: hasSent },
    see: { isDone: hasSent && hasSeen, id: newest?.requestId },
    break: { isDone: refused !== undefined },
    mend: { isDone: hasMended(entries), id: refused?.requestId },
  }
}

/** Whether a call was accepted after one of the same operation had been refused. */
function hasMended(entries: readonly JournalEntry[]): boolean {
  const accepted = new Set<string | undefined>()
  for (const entry of entries) {
    if (!isRefused(entry)) accepted.add(entry.operation)
    else if (entry.operation !== undefined && accepted.has(entry.operation)) return true
  }
  return false
}

interface StepProps {
  readonly t: ViewProps['t']
  readonly name: 'send' | 'see' | 'break' | 'mend'
  readonly isDone: boolean
  readonly children?: unknown
}

const Step = ({ t, name, isDone, children }: StepProps) => (
  <li class={isDone ? 'is-done' : ''} data-step={name}>
    <span class={`badge is-${isDone ? 'good' : 'calm'}`}>{t(isDone ? 'first.done' : 'first.open')}</span>{' '}
    <strong>{t(`first.${name}`)}</strong> {t(`first.${name}How`)} {children}
  </li>
)

/** A button that copies the first request, signed when it is pressed; `change` alters it behind the signature. */
const CopySigned = ({
  sandbox,
  label,
  text,
  change,
}: ViewProps & { label: string; text: string; change?: readonly [string, string] }) => (
  <button
    type="button"
    class="is-small"
    aria-label={label}
    data-copy-signed={JSON.stringify({ sandbox: sandbox.id, method: 'GET', url: FIRST })}
    {...(change && { 'data-change': JSON.stringify(change) })}
  >
    {text}
  </button>
)

const Environment = ({ sandbox, t, origin }: ViewProps) => {
  const text = environmentOf(sandbox, origin)
  const label = t('first.env')
  const covered = text.replace(/^(\w*(?:SECRET|TOKEN))=.*$/gm, `$1=${COVERED}`)
  return (
    <>
      <div class="with-button">
        <h3>{label}</h3>
        <span class="buttons">
          <Reveal t={t} id="environment" what={label} />
          <Copy t={t} value={text} what={label} />
        </span>
      </div>
      <section {...{ class: 'verbatim', 'aria-label': label, tabindex: 0 }}>
        <pre id="environment" data-key={text} data-secret={text} data-covered={covered} data-keep="">
          {covered}
        </pre>
      </section>
    </>
  )
}

/** Variables as the examples, the guides and `contract` read them. */
function environmentOf({ config: { credentials } }: Sandbox, origin: string): string {
  const { appId, appSecret, userId, tokens } = credentials
  const values = {
    KOODRIVE_ENDPOINT: origin,
    KOODRIVE_TARGET: origin,
    KOODRIVE_APP_ID: appId,
    KOODRIVE_APP_SECRET: appSecret,
    KOODRIVE_USER_ID: userId,
    KOODRIVE_ACCESS_TOKEN: tokens.admin,
    KOODRIVE_APP_ACCESS_TOKEN: tokens.app,
  }
  return Object.entries(values)
    .map(([name, value]) => `${name}=${asValue(value)}`)
    .join('\n')
}

/** A value as shells and readers of `.env` files take it alike; quoted where it is more than a word. */
function asValue(value: string): string {
  if (/^[\w.~:/+@-]*$/.test(value)) return value
  return value.includes("'") ? `"${value.replace(/[\\"$`]/g, '\\$&')}"` : `'${value}'`
}
