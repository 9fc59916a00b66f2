import { inTurns } from '../../journal/in-turns.ts'
import { type OwnedEntry, UNATTRIBUTED } from '../../journal/journals.ts'
import { findings } from '../../journal/report-card/findings.ts'
import { Viewer } from '../../journal/viewer.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { ExchangeDetail, exchangeNamed } from './exchange.tsx'
import { JournalFilters } from './journal-filters.tsx'
import { chosenOf, type JournalPage, pageOfJournal, rowParams } from './journal-page.ts'
import { JournalRow } from './journal-row.tsx'
import { Frame, Pager, Table } from './parts.tsx'
import { hashOf, type Part, partOf, type ViewProps } from './view.ts'

/** Events after which the page is brought up to date. */
const eventsOf = (scope: string): string => `request sandbox ${UNATTRIBUTED}${scope === 'all' ? ' all' : ''}`

/** The journal of a sandbox, of all or of none: newest first, a page at a time, with one exchange beside it. */
export const JournalView = async (props: ViewProps) => {
  const { t, query } = props
  const viewers = new Viewers(props)
  const page = await pageOfJournal(props, (owner) => viewers.of(owner))
  const chosen = query['id'] === undefined ? undefined : exchangeNamed(props, query['id'])
  const ids = page.rows.map(({ entry }) => entry.requestId)
  const table = partOf(props, 'rows', [chosen?.entry.requestId ?? '', ...ids])
  if (!table.isKnown) {
    // What each of them hides is looked for here, where others are served in between.
    await inTurns(page.rows, ({ entry, owner }) => viewers.of(owner).redactor(entry), props.deps.time.elapsed)
  }
  await chosen?.entry.search?.full()
  return (
    <Frame
      {...props}
      view="journal"
      title={t('nav.journal')}
      live={page.number === 1 ? eventsOf(page.scope) : ''}
      top={page.number === 1 ? page.rows[0]?.entry.requestId : undefined}
    >
      <Unattributed {...props} page={page} />
      <JournalFilters {...props} page={page} />
      <Count {...props} page={page} />
      <div class={`desk${chosen === undefined ? '' : ' has-detail'}`}>
        <div class="list">
          {page.newer > 0 && (
            <button type="button" class="is-main pill" data-refresh="">
              {t('journal.new', { count: page.newer })}
            </button>
          )}
          <Rows {...props} page={page} table={table} viewers={viewers} chosen={chosen?.entry.requestId} />
          <Pager t={t} view="journal" params={chosenOf(props)} page={page.number} pages={page.pages} />
        </div>
        {chosen !== undefined && (
          <div class="detail" data-key={chosen.entry.requestId}>
            <div class="detail-head">
              <h2 tabindex={-1}>{t('exchange.title', { id: chosen.entry.requestId })}</h2>
              <a href={hashOf('exchange', { sandbox: props.sandbox.id, id: chosen.entry.requestId })}>
                {t('exchange.open')}
              </a>
              <a class="button is-small" data-close="" href={hashOf('journal', chosenOf(props))}>
                {t('exchange.close')}
              </a>
            </div>
            <ExchangeDetail {...props} {...chosen} />
          </div>
        )}
      </div>
    </Frame>
  )
}

/** One viewer a sandbox: making one reads its secrets. */
class Viewers {
  readonly #deps: ViewProps['deps']
  readonly #made = new Map<Sandbox | undefined, Viewer>()

  constructor({ deps }: ViewProps) {
    this.#deps = deps
  }

  of(owner: Sandbox | undefined): Viewer {
    const viewer = this.#made.get(owner) ?? new Viewer(this.#deps, owner)
    this.#made.set(owner, viewer)
    return viewer
  }
}

type PageProps = ViewProps & { page: JournalPage }

/** Requests with an unknown AppId or token concern whoever looks for a request that is not there. */
const Unattributed = ({ deps, sandbox, t, page }: PageProps) => {
  const { length } = deps.journals.unattributed
  if (length === 0 || page.scope === UNATTRIBUTED) return null
  return (
    <p class="notice is-busy" id="unattributed">
      {t('journal.unattributed', { count: length })}{' '}
      <a href={hashOf('journal', { sandbox: sandbox.id, scope: UNATTRIBUTED })}>{t('journal.showThem')}</a>
    </p>
  )
}

const Count = ({ sandbox, t, query, page }: PageProps) => {
  const { total, kept, dropped, searched, number } = page
  const finding = findings.find(({ id }) => id === query['finding'])
  return (
    <p class="count" role="status">
      <strong>{t('journal.count', { count: total })}</strong> {total !== kept && t('journal.kept', { count: kept })}{' '}
      {dropped > 0 && t('journal.dropped', { count: dropped })}{' '}
      {searched !== undefined && <strong>{t('journal.searched', { count: searched })}</strong>}{' '}
      {query['ids'] !== undefined && (
        <>
          {t('journal.only', { what: finding?.title ?? query['ids'] })}{' '}
          <a href={hashOf('journal', { sandbox: sandbox.id })}>{t('journal.clearFilter')}</a>{' '}
        </>
      )}
      {number > 1 && (
        <>
          {t('journal.still', { page: number })}{' '}
          <a href={hashOf('journal', rowParams(query, sandbox.id))}>{t('journal.toNewest')}</a>
        </>
      )}
    </p>
  )
}

/** Why there is no row, and what brings one. */
const Nothing = ({ sandbox, t, page }: PageProps) =>
  page.kept === 0 ? (
    <p class="empty">
      {t('journal.empty')} <a href={hashOf('sandboxes', { sandbox: sandbox.id })}>{t('journal.emptyNext')}</a>
    </p>
  ) : (
    <p class="empty">
      {t('journal.none')} <a href={hashOf('journal', { sandbox: sandbox.id })}>{t('journal.clearFilter')}</a>
    </p>
  )

interface RowsProps extends PageProps {
  readonly table: Part
  readonly viewers: Viewers
  readonly chosen: string | undefined
}

const Rows = (props: RowsProps) => {
  const { page, table } = props
  if (page.rows.length === 0) return <Nothing {...props} />
  return <div {...table.attributes}>{table.isKnown ? null : <RowsTable {...props} />}</div>
}

const RowsTable = (props: RowsProps) => {
  const { t, page, viewers, chosen } = props
  const withSandbox = page.scope === 'all'
  return (
    <Table
      name="journal"
      label={t('nav.journal')}
      head={[
        t('common.time'),
        ...(withSandbox ? [t('common.sandbox')] : []),
        t('journal.request'),
        t('common.status'),
        t('journal.duration'),
        t('journal.finding'),
      ]}
    >
      {page.rows.map((row: OwnedEntry) => (
        <JournalRow
          {...props}
          {...row}
          viewer={viewers.of(row.owner)}
          withSandbox={withSandbox}
          isChosen={row.entry.requestId === chosen}
        />
      ))}
    </Table>
  )
}
