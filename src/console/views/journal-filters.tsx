import { UNATTRIBUTED } from '../../journal/journals.ts'
import { operations } from '../../spec/operations.ts'
import { Change, Choice } from './controls.tsx'
import type { JournalPage } from './journal-page.ts'
import { partOf, type ViewProps } from './view.ts'

/** Search, filters and exports of the journal: the same for as long as the address is. */
export const JournalFilters = (props: ViewProps & { page: JournalPage }) => {
  const { attributes, isKnown } = partOf(props, 'filters', [])
  return (
    <div class="toolbar" {...attributes}>
      {isKnown ? null : <Controls {...props} />}
    </div>
  )
}

const Controls = ({ sandbox, t, query, page }: ViewProps & { page: JournalPage }) => {
  const id = page.scope === UNATTRIBUTED ? UNATTRIBUTED : sandbox.id
  const route = `/__admin/sandboxes/${encodeURIComponent(id)}`
  const scopes = [
    ['', t('journal.ofThis')],
    ['all', t('journal.ofAll')],
    [UNATTRIBUTED, t('journal.ofNobody')],
  ] as const
  return (
    <>
      <form class="inline" data-navigate="journal">
        <label class="is-wide">
          <span>{t('journal.search')}</span>
          <input
            type="search"
            name="q"
            data-search=""
            placeholder={t('journal.searchHint')}
            value={query['q'] ?? ''}
            autocomplete="off"
          />
        </label>
        <Choice
          label={t('common.operation')}
          name="operation"
          any={t('common.any')}
          of={operations.map(({ operationId }) => operationId)}
          chosen={query['operation']}
          submits
        />
        <label>
          <span>{t('common.status')}</span>
          <input
            name="status"
            pattern="[0-5]([0-9][0-9]|xx)?"
            size={6}
            maxlength={3}
            list="status-classes"
            placeholder={t('common.any')}
            value={query['status'] ?? ''}
            autocomplete="off"
          />
          <datalist id="status-classes">
            {['2xx', '4xx', '5xx', '0'].map((value) => (
              <option value={value}></option>
            ))}
          </datalist>
        </label>
        <Choice
          label={t('journal.kind')}
          name="kind"
          any={t('common.any')}
          of={(['refused', 'accepted', 'fault'] as const).map((kind) => [kind, t(`journal.kind.${kind}`)])}
          chosen={query['kind']}
          submits
        />
        <Choice label={t('journal.of')} name="scope" of={scopes} chosen={page.scope} submits />
        <button type="submit">{t('common.apply')}</button>
      </form>
      <div class="buttons">
        <button type="button" data-download={`${route}/requests.har`} data-file={`${id}.har`}>
          {t('journal.har')}
        </button>
        {id !== UNATTRIBUTED && (
          <button type="button" data-download={`${route}/log`} data-file={`${id}.log.json`}>
            {t('journal.log')}
          </button>
        )}
        <Change
          method="DELETE"
          url={`${route}/requests`}
          ask={t('journal.clearAsk', { id: id === UNATTRIBUTED ? t('journal.nobody') : id })}
          done={t('journal.cleared')}
        >
          {t('journal.clear')}
        </Change>
      </div>
    </>
  )
}
