import type { Evidence } from '../../spec/evidence.ts'
import type { Translate } from '../texts/texts.ts'

/** How well a fact is known, as a mark that is a word and not a colour alone. */
export const EvidenceMark = ({ t, evidence }: { t: Translate; evidence: Evidence }) => (
  <span class={`evidence is-${evidence}`} title={t(`docs.${evidence}Why`)}>
    {t(`docs.${evidence}`)}
  </span>
)
