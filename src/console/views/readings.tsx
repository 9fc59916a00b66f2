import { type ReadingId, readingEntry, readingIds } from '../../spec/readings.ts'
import { say } from '../texts/say.ts'
import { Change, Choice, Options, TextField } from './controls.tsx'
import { Badge, EvidenceMark, Frame, Said } from './parts.tsx'
import { routeOf, type ViewProps } from './view.ts'

/** Every open question about the service and the answer that the sandbox takes. */
export const ReadingsView = (props: ViewProps) => {
  const { sandbox, t, language, query } = props
  const { readings } = sandbox.read()
  const changed = readingIds.filter((id) => readings[id] !== readingEntry(id).default)
  const wanted = (query['find'] ?? '').trim().toLowerCase()
  const says = (id: ReadingId): boolean =>
    [id, readingEntry(id).question, say(language, readingEntry(id).question).text].some((one) =>
      one.toLowerCase().includes(wanted),
    )
  const shown = (query['only'] === 'changed' ? changed : readingIds).filter(says)
  const flags = changed.map((id) => `--reading ${id}=${readings[id]}`).join(' ')
  return (
    <Frame {...props} view="readings" title={t('nav.readings')} live="sandbox">
      <p class="lead">{t('readings.intro')}</p>
      <div class="toolbar">
        <form class="inline" data-navigate="readings">
          <TextField label={t('readings.filter')} name="find" type="search" value={query['find'] ?? ''} />
          <Choice
            label={t('readings.show')}
            name="only"
            any={t('readings.all')}
            of={[['changed', t('readings.onlyChanged')]]}
            chosen={query['only']}
            submits
          />
          <button type="submit">{t('common.apply')}</button>
        </form>
        <div class="buttons">
          <button type="button" data-copy={flags} disabled={flags === ''}>
            {t('readings.copyFlags')}
          </button>
          <Change
            method="PUT"
            url={routeOf(sandbox, '/readings')}
            body={{}}
            done={t('readings.changed')}
            disabled={Object.keys(sandbox.read().chosenReadings).length === 0}
          >
            {t('readings.resetAll')}
          </Change>
        </div>
      </div>
      <p class="count">
        <strong>{t('readings.differs', { count: changed.length })}</strong>
      </p>
      {shown.length === 0 && <p class="empty">{t('readings.none')}</p>}
      <ul class="readings">
        {shown.map((id) => (
          <ReadingItem {...props} id={id} value={readings[id]} />
        ))}
      </ul>
    </Frame>
  )
}

const ReadingItem = ({ sandbox, t, language, id, value }: ViewProps & { id: ReadingId; value: string }) => {
  const entry = readingEntry(id)
  const answer = entry.answers[value]
  const isDefault = value === entry.default
  return (
    <li class={isDefault ? 'card' : 'card is-changed'} data-key={`${id} ${value}`}>
      <h2>
        <code>{id}</code> {isDefault && <Badge>{t('readings.default')}</Badge>}
      </h2>
      <Said as="p" language={language} english={entry.question} />
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
              <Options
                of={Object.entries(entry.answers).map(([name, { meaning }]) => [
                  name,
                  `${name}${t('common.colon')}${say(language, meaning).text.replaceAll('`', '')}`,
                ])}
                chosen={value}
              />
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
        {id in sandbox.read().chosenReadings && (
          <Change
            class="is-small"
            aria-label={t('readings.resetWhat', { id })}
            method="PUT"
            url={routeOf(sandbox, '/readings')}
            body={Object.fromEntries(Object.entries(sandbox.read().chosenReadings).filter(([other]) => other !== id))}
            done={t('readings.changed')}
          >
            {t('readings.reset')}
          </Change>
        )}
      </form>
      {answer !== undefined && (
        <p class="source">
          <EvidenceMark t={t} evidence={answer.evidence} /> <Said language={language} english={answer.source} />
        </p>
      )}
    </li>
  )
}
