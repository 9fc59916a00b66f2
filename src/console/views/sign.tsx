import { listUsers } from '../../spec/operations/list-users.ts'
import { operations } from '../../spec/operations.ts'
import { TextField } from './controls.tsx'
import { Frame, Scroll } from './parts.tsx'
import type { ViewProps } from './view.ts'

/** Signs a request with the credentials of a sandbox, and sends it. */
export const SignView = (props: ViewProps) => {
  const { sandbox, t } = props
  return (
    <Frame {...props} view="sign" title={t('nav.sign')}>
      <p class="lead">{t('sign.intro')}</p>
      <form class="stack" data-method="POST" data-url="/__admin/signature/sign" data-output="signed">
        <input type="hidden" name="sandbox" value={sandbox.id} />
        <label>
          <span>{t('sign.method')}</span>
          <select name="method">
            <option>GET</option>
            <option>POST</option>
          </select>
        </label>
        <TextField
          label={t('sign.path')}
          name="url"
          required
          list="paths"
          value={`${listUsers.path}?offset=0&limit=10`}
        />
        <datalist id="paths">
          {operations.map(({ path }) => (
            <option value={path}></option>
          ))}
        </datalist>
        <label>
          <span>{t('sign.body')}</span>
          <textarea name="body" rows={5} spellcheck={false}></textarea>
        </label>
        <div class="buttons">
          <button type="submit" class="is-main">
            {t('sign.sign')}
          </button>
        </div>
      </form>
      <div id="signed" aria-live="polite" hidden data-keep="">
        {(
          [
            ['signed-headers', 'sign.headers'],
            ['signed-curl', 'sign.curl'],
            ['signed-canonical', 'sign.canonical'],
            ['signed-string', 'exchange.stringToSign'],
          ] as const
        ).map(([id, key]) => (
          <>
            <div class="with-button">
              <h2>{t(key)}</h2>
              <button
                type="button"
                class="is-small"
                data-copies={id}
                data-copy=""
                aria-label={t('common.copyWhat', { what: t(key) })}
              >
                {t('common.copy')}
              </button>
            </div>
            <Scroll label={t(key)}>
              <pre id={id}></pre>
            </Scroll>
          </>
        ))}
        <div class="buttons">
          <button type="button" class="is-main" data-signed-send="">
            {t('sign.send')}
          </button>
        </div>
        <div id="sent" hidden>
          <h2>
            {t('sign.answer')} <span id="sent-status"></span>
          </h2>
          <Scroll label={t('sign.answer')}>
            <pre id="sent-body"></pre>
          </Scroll>
        </div>
      </div>
    </Frame>
  )
}
