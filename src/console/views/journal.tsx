import type { JournalEntry } from '../../journal/journal-entry.ts'
import { Viewer } from '../../journal/viewer.ts'
import { operations } from '../../spec/operations.ts'
import { Frame, Pager, Status, Table, Time } from './parts.tsx'
import { hashOf, pageOf, pagesFor, routeOf, type ViewProps } from './view.ts'

/** Lines of a page: ten thousand entries stay fluid because the browser never holds more than these. */
const PAGE = 100

/** The journal of a sandbox, newest first, a page at a time. */
export const JournalView = (props: ViewProps) => {
  const { deps, sandbox, t, query } = props
  const journal = deps.journals.of(sandbox)
  const found = journal.list(filterOf(query))
  const pages = pagesFor(found.length, PAGE)
  const page = pageOf(query['page'], pages)
  const viewer = new Viewer(deps, sandbox)
  const entries = found.slice((page - 1) * PAGE, page * PAGE)
  return (
    <Frame {...props} view="journal" title={t('nav.journal')} live={page === 1 ? 'request sandbox' : ''}>
      <Filters {...props} />
      <p class="count">
        <strong>{t('journal.count', { count: found.length })}</strong>{' '}
        {found.length !== journal.length && t('journal.kept', { count: journal.length })}
      </p>
      {entries.length === 0 ? (
        <p class="empty">{t('journal.none')}</p>
      ) : (
        <Table
          name="journal"
          label={t('nav.journal')}
          head={[
            t('common.time'),
            t('journal.method'),
            t('common.operation'),
            t('common.status'),
            t('journal.duration'),
            t('journal.finding'),
          ]}
        >
          {entries.map((entry) => (
            <Line sandboxId={sandbox.id} viewer={viewer} entry={entry} />
          ))}
        </Table>
      )}
      <Pager t={t} view="journal" params={{ sandbox: sandbox.id, ...chosen(query) }} page={page} pages={pages} />
    </Frame>
  )
}

const chosen = ({ operation, status }: ViewProps['query']) => ({ operation, status })

function filterOf({ operation, status = '' }: ViewProps['query']) {
  return { operation: operation || undefined, status: /^\d{3}$/.test(status) ? Number(status) : undefined }
}

const Filters = ({ sandbox, t, query }: ViewProps) => (
  <div class="toolbar">
    <form class="inline" data-navigate="journal">
      <label>
        <span>{t('common.operation')}</span>
        <select name="operation" data-submits>
          <option value="">{t('common.any')}</option>
          {operations.map(({ operationId }) => (
            <option value={operationId} selected={operationId === query['operation']}>
              {operationId}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{t('common.status')}</span>
        <input
          name="status"
          inputmode="numeric"
          pattern="[1-5][0-9][0-9]"
          size={6}
          maxlength={3}
          placeholder={t('common.any')}
          value={query['status'] ?? ''}
        />
      </label>
      <button type="submit">{t('common.apply')}</button>
    </form>
    <button
      type="button"
      data-method="DELETE"
      data-url={routeOf(sandbox, '/requests')}
      data-ask={t('journal.clearAsk', { id: sandbox.id })}
      data-done={t('journal.cleared')}
    >
      {t('journal.clear')}
    </button>
  </div>
)

const Line = ({ sandboxId, viewer, entry }: { sandboxId: string; viewer: Viewer; entry: JournalEntry }) => {
  const { requestId, at, method, operation, target, status, durationMs, faults, diagnosis } = viewer.summary(entry)
  return (
    <tr data-key={requestId}>
      <td>
        <Time iso={at} />
      </td>
      <td>
        <code>{method}</code>
      </td>
      <th scope="row">
        <a href={hashOf('exchange', { sandbox: sandboxId, id: requestId })}>{operation ?? target}</a>
      </th>
      <td>
        <Status status={status} />
      </td>
      <td class="number">{durationMs.toFixed(1)} ms</td>
      <td class="finding" lang="en">
        {faults.length > 0 && <strong>{faults.join(', ')} </strong>}
        {diagnosis}
      </td>
    </tr>
  )
}
