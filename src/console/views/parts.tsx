import type { Child } from 'hono/jsx'
import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Evidence } from '../../spec/evidence.ts'
import type { Language } from '../../spec/languages.ts'
import { DEFAULT_SANDBOX } from '../../world/world.ts'
import { say } from '../texts/say.ts'
import type { Translate } from '../texts/texts.ts'
import { ClockLine } from './clock-line.tsx'
import { hashOf, partOf, type ViewProps } from './view.ts'

interface FrameProps extends Pick<ViewProps, 'deps' | 'sandbox' | 't' | 'query'> {
  readonly view: string
  readonly title: string
  /** Names of the events after which the view is fetched again. */
  readonly live?: string
  /** Milliseconds after which it is fetched again anyway; absent when nothing moves by itself. */
  readonly pollMs?: number | undefined
  /** The first row that the reader sees: live updates leave the rows below it where they are. */
  readonly top?: string | undefined
  readonly children?: Child
}

/** Sandboxes that the picker offers; there may be thousands. */
const OFFERED = 200

/** A view: its heading, the sandbox it is about, its content. */
export const Frame = ({ deps, sandbox, t, query, view, title, live = '', pollMs, top, children }: FrameProps) => (
  <div
    class="view"
    data-nav={view}
    data-live={live}
    {...(pollMs !== undefined && { 'data-poll': String(pollMs) })}
    {...(top !== undefined && { 'data-top': top })}
  >
    <div class="view-head">
      <h1 tabindex={-1}>{title}</h1>
      <Picker deps={deps} sandbox={sandbox} t={t} query={query} view={view} />
    </div>
    <ClockLine deps={deps} sandbox={sandbox} t={t} />
    {children}
  </div>
)

const Picker = ({ deps, sandbox, t, query, view }: Pick<FrameProps, 'deps' | 'sandbox' | 't' | 'query' | 'view'>) => {
  const ids = offered(deps, sandbox.id)
  const { attributes, isKnown } = partOf({ query }, 'picker', [sandbox.id, ...ids])
  return (
    <form class="picker" data-navigate={view} {...attributes}>
      {isKnown ? null : (
        <label>
          <span>{t('common.sandbox')}</span>
          <select name="sandbox" data-submits>
            {ids.map((id) => (
              <option value={id} selected={id === sandbox.id}>
                {id}
              </option>
            ))}
          </select>
        </label>
      )}
    </form>
  )
}

/** The newest, and those that one always comes back to. */
function offered({ world }: ViewProps['deps'], current: string): string[] {
  const newest = [...world.all()].slice(-OFFERED).reverse()
  return [...new Set([...newest.map(({ id }) => id), DEFAULT_SANDBOX, current])]
}

/** An entry of a list of facts. */
export const Fact = ({ term, children }: { term: Child; children?: Child }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
)

/** A part of a view in a frame, under its heading. */
export const Card = ({ id, title, children }: { id: string; title: string; children?: Child }) => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {children}
  </section>
)

/** A button that copies a text; `what` tells screen readers which. */
export const Copy = ({ t, value, what }: { t: Translate; value: string; what: string }) => (
  <button type="button" class="is-small" data-copy={value} aria-label={t('common.copyWhat', { what })}>
    {t('common.copy')}
  </button>
)

export type Tone = 'good' | 'bad' | 'busy' | 'calm'

export const Badge = ({ tone = 'calm', children }: { tone?: Tone; children?: Child }) => (
  <span class={`badge is-${tone}`}>{children}</span>
)

/** An HTTP status: its colour repeats what the number says. */
export const Status = ({ status }: { status: number }) => (
  <Badge tone={status < 400 ? 'good' : status < 500 ? 'busy' : 'bad'}>{status}</Badge>
)

interface PagerProps {
  readonly t: Translate
  readonly view: string
  readonly params: Readonly<Record<string, string | undefined>>
  readonly page: number
  readonly pages: number
}

/** Links to the previous and the next page; nothing when there is one page only. */
export const Pager = ({ t, view, params, page, pages }: PagerProps) =>
  pages < 2 ? null : (
    <nav class="pager" aria-label={t('common.pages')}>
      {page > 1 && (
        <a class="button" rel="prev" href={hashOf(view, { ...params, page: page - 1 })}>
          {t('common.previous')}
        </a>
      )}
      <span>{t('common.page', { page, pages })}</span>
      {page < pages && (
        <a class="button" rel="next" href={hashOf(view, { ...params, page: page + 1 })}>
          {t('common.next')}
        </a>
      )}
    </nav>
  )

interface TableProps {
  readonly label: string
  readonly head: readonly Child[]
  readonly name?: string
  readonly children?: Child
}

/** A table that scrolls sideways on narrow screens, by keyboard too. */
export const Table = ({ label, head, name = '', children }: TableProps) => (
  <Scroll label={label}>
    <table class={name}>
      <thead>
        <tr>
          {head.map((cell) => (
            <th scope="col">{cell}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </Scroll>
)

/** What may be wider than the screen; it takes the focus so that arrow keys scroll it. */
export const Scroll = ({ label, children }: { label: string; children?: Child }) => (
  <section {...{ class: 'scroll', 'aria-label': label, tabindex: 0 }}>{children}</section>
)

/** Text exactly as it is, line by line. */
export const Verbatim = ({ label, id, text }: { label: string; id?: string; text: string }) => (
  <section {...{ class: 'verbatim', 'aria-label': label, tabindex: 0 }}>
    <pre {...(id !== undefined && { id })}>{text}</pre>
  </section>
)

/** Virtual time, seconds precise, for people and for machines. */
export const Time = ({ iso }: { iso: string }) => (
  <time datetime={iso}>
    <span class="day">{iso.slice(0, 10)} </span>
    {iso.slice(11).replace(/(?:\.\d+)?Z$/, '')}
  </time>
)

/** A moment in a cell of its own. */
export const TimeCell = ({ iso }: { iso: string }) => (
  <td>
    <Time iso={iso} />
  </td>
)

/** How well a fact is known, as a mark that is a word and not a colour alone. */
export const EvidenceMark = ({ t, evidence }: { t: Translate; evidence: Evidence }) => (
  <span class={`evidence is-${evidence}`} title={t(`docs.${evidence}Why`)}>
    {t(`docs.${evidence}`)}
  </span>
)

interface SaidProps {
  readonly language: Language
  readonly english: string
  /** The element that holds nothing else. */
  readonly as?: 'p' | 'td'
}

/** A sentence of a table in the language of the reader; marked as English where the catalogue lacks it. */
export const Said = ({ language, english, as: Around }: SaidProps) => {
  const { text, language: found } = say(language, english)
  const said = <span {...(found !== language && { lang: found })}>{withCode(text)}</span>
  return Around === undefined ? said : <Around>{said}</Around>
}

interface MistakeProps {
  readonly t: Translate
  readonly language: Language
  readonly title: string
  readonly english: string
}

/** What is wrong with what somebody has filled in. */
export const Mistake = ({ t, language, title, english }: MistakeProps) => (
  <p class="notice is-bad" role="alert">
    {title}
    {t('common.colon')}
    <Said language={language} english={english} />
  </p>
)

/** What stands between backticks is code. */
const withCode = (text: string) =>
  text.split(/`([^`]+)`/).map((part, at) => (at % 2 === 1 ? <code>{part}</code> : part))

/** Faults after which a client has no answer that it can use, whatever the status was. */
const BREAKING = new Set(['reset', 'truncate', 'malformed'])
const CLIENT_GONE = 499

const kindOf = (stamp: string): string => stamp.slice(stamp.indexOf(';') + 1).trim()

/** What the client got: the status, or that there was none, or that the answer was spoilt. The colour repeats the words. */
export const Outcome = ({
  t,
  entry: { status, faults },
}: {
  t: Translate
  entry: Pick<JournalEntry, 'status' | 'faults'>
}) => {
  if (status === 0) return <Badge tone="bad">{t('journal.noAnswer')}</Badge>
  if (status === CLIENT_GONE) return <Badge tone="bad">{t('journal.clientGone')}</Badge>
  const broken = faults.map(kindOf).find((kind) => BREAKING.has(kind))
  if (broken !== undefined) return <Badge tone="bad">{`${status} ${t('journal.broken')}`}</Badge>
  return <Status status={status} />
}
