import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Translate } from '../texts/texts.ts'
import { requestRoute } from './request-route.ts'

interface Props {
  readonly t: Translate
  readonly entry: JournalEntry
  readonly owner: Sandbox | undefined
}

/** Lets a client lay its own canonical request, or string to sign, beside the right one. */
export const CompareOwn = ({ t, ...exchange }: Props) => (
  <form
    class="stack is-wide"
    id="compare"
    data-key={exchange.entry.requestId}
    data-compare={requestRoute(exchange, '/compare')}
    data-text-right={t('compare.right')}
    data-text-place={t('compare.place')}
    data-text-yours={t('compare.yours')}
    data-text-expected={t('compare.expected')}
    data-text-no-line={t('compare.noLine')}
    data-text-bytes={t('compare.bytes')}
    data-text-makes={t('compare.makes')}
    data-text-makes-not={t('compare.makesNot')}
  >
    <label>
      <span>{t('compare.paste')}</span>
      <textarea name="text" rows={6} spellcheck={false} required data-keep=""></textarea>
    </label>
    <div class="buttons">
      <button type="submit">{t('compare.compare')}</button>
    </div>
    <div id="compared" role="status" data-keep=""></div>
  </form>
)
