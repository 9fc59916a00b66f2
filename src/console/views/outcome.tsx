import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Translate } from '../texts/texts.ts'
import { Badge, type Tone } from './parts.tsx'

/** Faults after which a client has no answer that it can use, whatever the status was. */
const BREAKING = new Set(['reset', 'truncate', 'malformed'])
const CLIENT_GONE = 499

const kindOf = (stamp: string): string => stamp.slice(stamp.indexOf(';') + 1).trim()

/** What the client got: the status, or that there was none, or that the answer was spoilt. The colour repeats the words. */
export const Outcome = ({
  t,
  entry: { status, faults },
}: {
  t: Translate
  entry: Pick<JournalEntry, 'status' | 'faults'>
}) => {
  if (status === 0) return <Badge tone="bad">{t('journal.noAnswer')}</Badge>
  if (status === CLIENT_GONE) return <Badge tone="bad">{t('journal.clientGone')}</Badge>
  const broken = faults.map(kindOf).find((kind) => BREAKING.has(kind))
  if (broken !== undefined) return <Badge tone="bad">{`${status} ${t('journal.broken')}`}</Badge>
  return <Badge tone={toneOf(status)}>{status}</Badge>
}

const toneOf = (status: number): Tone => (status < 400 ? 'good' : status < 500 ? 'busy' : 'bad')
