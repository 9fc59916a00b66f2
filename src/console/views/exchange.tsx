import { notFound } from '../../server/problem.ts'
import { ExchangeDetail } from './exchange-detail.tsx'
import { exchangeNamed } from './exchange-named.ts'
import { Frame } from './parts.tsx'
import { hashOf, type ViewProps } from './view.ts'

/** One exchange on a page of its own. */
export const ExchangeView = async (props: ViewProps) => {
  const { sandbox, t, query } = props
  const { id = '' } = query
  const found = exchangeNamed(props, id)
  if (found === undefined) throw notFound(`The journal of ${sandbox.id} has no request "${id}" (any more).`)
  await found.entry.search?.full()
  return (
    <Frame {...props} view="journal" title={t('exchange.title', { id })}>
      <p class="crumbs">
        <a href={hashOf('journal', { sandbox: sandbox.id, id })}>← {t('nav.journal')}</a>
      </p>
      <ExchangeDetail {...props} {...found} />
    </Frame>
  )
}
