import { type HarExchange, toHar as toArchive } from '../shared/har.ts'
import { firstHeader } from '../shared/headers.ts'
import { version } from '../spec/version.ts'
import { toIso } from '../world/instant.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { ShownExchange } from './journal-view.ts'
import { inTurns } from './others-turn.ts'
import type { Viewer } from './viewer.ts'

/**
 * The journal as an HTTP archive, oldest first, for whatever reads HAR; `entries` come newest first. Others are served while it
 * is made; `elapsed` is a clock in milliseconds.
 */
export async function toHar(entries: readonly JournalEntry[], viewer: Viewer, elapsed: () => number) {
  const exchanges = await inTurns([...entries].reverse(), (entry) => toExchange(entry, viewer), elapsed)
  return toArchive(exchanges, { name: 'koodrive-mock', version })
}

function toExchange(entry: JournalEntry, viewer: Viewer): HarExchange {
  const { request, response } = viewer.exchange(entry)
  return {
    at: toIso(entry.at),
    durationMs: entry.durationMs,
    request: { ...request, url: urlOf(request) },
    response,
    comment: [entry.requestId, entry.operation, entry.rule].filter(Boolean).join('; '),
  }
}

/** The address that was called; the Host header tells where. */
export function urlOf({ target, headers }: ShownExchange['request']): string {
  return /^[a-z]+:\/\//i.test(target) ? target : `http://${firstHeader(headers, 'host') ?? '127.0.0.1:4010'}${target}`
}
