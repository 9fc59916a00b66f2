import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import { isTextKey, type TextKey, type Translate, texts } from '../texts/texts.ts'
import { requestRoute } from './view.ts'

interface Props {
  readonly t: Translate
  readonly entry: JournalEntry
  readonly owner: Sandbox | undefined
}

const HEADER = 'header '

/** What a line of a canonical request is, such as `query` or `header x-date`, in the language of the reader. */
export function partName(t: Translate, part: string): string {
  if (part.startsWith(HEADER)) return t('part.header', { name: part.slice(HEADER.length) })
  const key = `part.${part}`
  return isTextKey(key) ? t(key) : part
}

/** The same as a table, for the script of the page. */
const partNames = (t: Translate): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(texts) as TextKey[])
      .filter((key) => key.startsWith('part.'))
      .map((key) => [key.slice('part.'.length), t(key)]),
  )

/** Lets a client lay its own canonical request, or string to sign, beside the right one. */
export const CompareOwn = ({ t, ...exchange }: Props) => (
  <form
    class="stack is-wide"
    id="compare"
    data-key={exchange.entry.requestId}
    data-compare={requestRoute(exchange, '/compare')}
    data-parts={JSON.stringify(partNames(t))}
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
