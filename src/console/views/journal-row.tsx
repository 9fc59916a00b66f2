import type { OwnedEntry } from '../../journal/journals.ts'
import type { Viewer } from '../../journal/viewer.ts'
import { say } from '../texts/say.ts'
import { taskOf } from './exchange.tsx'
import { chosenOf, distinctPart } from './journal-page.ts'
import { Outcome, Said, TimeCell } from './parts.tsx'
import { hashOf, type ViewProps } from './view.ts'

type Props = ViewProps & OwnedEntry & { viewer: Viewer; withSandbox: boolean; isChosen: boolean }

/** A line of the journal: enough of the request to tell it from the one before. */
export const JournalRow = (props: Props) => {
  const { t, language, entry, owner, viewer, withSandbox, isChosen } = props
  const { requestId, at, method, operation, target, durationMs, faults, diagnosis, error } = viewer.summary(entry)
  const taskId = taskOf(entry)
  const reason = diagnosis ?? error
  return (
    <tr data-key={requestId} class={isChosen ? 'is-chosen' : ''}>
      <TimeCell iso={at} />
      {withSandbox && <td>{owner?.id ?? <strong>{t('journal.nobody')}</strong>}</td>}
      <th scope="row">
        <span class="one-line">
          <code>{method}</code>{' '}
          <a
            class={operation === undefined ? 'target' : ''}
            href={hashOf('journal', { ...chosenOf(props), id: requestId })}
            {...(isChosen && { 'aria-current': 'true' })}
          >
            {operation ?? target}
          </a>
        </span>
        <span class="part" title={target}>
          {operation === 'createBatchProvisioningTask' ? (taskId ?? '') : distinctPart(entry, target)}
        </span>
      </th>
      <td>
        <Outcome t={t} entry={entry} />
      </td>
      <td class="number">{durationMs.toFixed(1)} ms</td>
      <td class="finding">
        {entry.route !== undefined && t('exchange.routeHow', { id: entry.route })}
        {entry.passedOnTo !== undefined && `${t('exchange.passedOn')} ${entry.passedOnTo}`}
        {faults.length > 0 && <strong>{faults.join(', ')} </strong>}
        {reason !== undefined && reason !== null && (
          <span title={say(language, reason).text}>
            <Said language={language} english={reason} />
          </span>
        )}
      </td>
    </tr>
  )
}
