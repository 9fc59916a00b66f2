import type { OwnedEntry } from '../../journal/journals.ts'
import type { Viewer } from '../../journal/viewer.ts'
import { type CallerName, callers } from '../../server/control/compose-request.ts'
import { keptHeaders } from '../../server/control/replay.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { Choice, TextField } from './controls.tsx'
import { requestRoute, type ViewProps } from './view.ts'

type Props = ViewProps & OwnedEntry & { viewer: Viewer; as: CallerName; sender: Sandbox }

/** Changes a request before it is sent again. Fields that nobody touched are sent as they were, secrets included. */
export const ReplayForm = (props: Props) => {
  const { t, entry, viewer, as, sender } = props
  const { method, target, headers, body } = viewer.exchange(entry).request
  return (
    <details class="edit">
      <summary>{t('exchange.edit')}</summary>
      <form
        class="stack is-wide"
        data-replay={requestRoute(props, '/replay')}
        data-done={t('exchange.sent')}
        data-keep=""
      >
        <input type="hidden" name="sandbox" value={sender.id} />
        <Choice
          label={`${t('exchange.as')} · ${t('exchange.credentialsOf', { id: sender.id })}`}
          name="as"
          of={callers.map((caller) => [caller, t(`exchange.as.${caller}`)])}
          chosen={as}
        />
        <TextField label={t('sign.method')} name="method" size={8} value={method} required pattern="[A-Za-z]{1,16}" />
        <TextField label={t('sign.path')} name="target" value={target} required />
        <label>
          <span>{t('exchange.headersHint')}</span>
          <textarea name="headers" rows={4} spellcheck={false}>
            {keptHeaders(headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join('\n')}
          </textarea>
        </label>
        <label>
          <span>
            {t('sign.body')} · {t('exchange.secretsHint')}
          </span>
          <textarea name="body" rows={8} spellcheck={false}>
            {body}
          </textarea>
        </label>
        <div class="buttons">
          <button type="submit" class="is-main">
            {t('sign.send')}
          </button>
        </div>
      </form>
    </details>
  )
}
