import { type ReadingId, readingEntry, readingIds } from '../../spec/readings.ts'
import { Badge, EvidenceMark, Frame } from './parts.tsx'
import { routeOf, type ViewProps } from './view.ts'

/** Every open question about the service and the answer that the sandbox takes. */
export const ReadingsView = (props: ViewProps) => {
  const { sandbox, t } = props
  const { readings } = sandbox.read()
  const changed = readingIds.filter((id) => readings[id] !== readingEntry(id).default)
  return (
    <Frame {...props} view="readings" title={t('nav.readings')} live="sandbox">
      <p class="lead">{t('readings.intro')}</p>
      <p class="count">
        <strong>{t('readings.differs', { count: changed.length })}</strong>
      </p>
      <ul class="readings">
        {readingIds.map((id) => (
          <ReadingItem {...props} id={id} value={readings[id]} />
        ))}
      </ul>
    </Frame>
  )
}

const ReadingItem = ({ sandbox, t, id, value }: ViewProps & { id: ReadingId; value: string }) => {
  const entry = readingEntry(id)
  const answer = entry.answers[value]
  const isDefault = value === entry.default
  return (
    <li class={isDefault ? 'card' : 'card is-changed'} data-key={`${id} ${value}`}>
      <h2>
        <code>{id}</code> {isDefault && <Badge>{t('readings.default')}</Badge>}
      </h2>
      <p lang="en">{entry.question}</p>
      <form class="inline" data-method="PUT" data-url={routeOf(sandbox, '/readings')} data-done={t('readings.changed')}>
        {Object.entries(sandbox.read().chosenReadings)
          .filter(([other]) => other !== id)
          .map(([other, chosen]) => (
            <input type="hidden" name={other} value={chosen} />
          ))}
        <label for={`reading-${id}`}>
          <span class="hidden">{t('readings.choose', { id })}</span>
          {entry.seconds === undefined ? (
            <select name={id} id={`reading-${id}`}>
              {Object.entries(entry.answers).map(([name, { meaning }]) => (
                <option value={name} selected={name === value}>
                  {name}: {meaning}
                </option>
              ))}
            </select>
          ) : (
            <input
              name={id}
              id={`reading-${id}`}
              inputmode="numeric"
              size={8}
              value={value}
              required
              title={t('readings.seconds', entry.seconds)}
            />
          )}
        </label>
        <button type="submit" class="is-small">
          {t('common.apply')}
        </button>
      </form>
      {answer !== undefined && (
        <p class="source" lang="en">
          <EvidenceMark t={t} evidence={answer.evidence} /> {answer.source}
        </p>
      )}
    </li>
  )
}
