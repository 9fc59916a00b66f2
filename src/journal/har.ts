import { type HarExchange, toHar as toArchive } from '../shared/har.ts'
import { firstHeader } from '../shared/headers.ts'
import type { Mark } from '../shared/redact.ts'
import type { SecretKind } from '../shared/secret-fields.ts'
import { curlLine, type Word } from '../shared/shell.ts'
import { version } from '../spec/version.ts'
import { toIso } from '../world/instant.ts'
import { inTurns } from './in-turns.ts'
import type { JournalEntry } from './journal-entry.ts'
import type { ShownExchange } from './journal-view.ts'
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

const variables: Readonly<Record<SecretKind, string>> = {
  accessToken: 'KOODRIVE_ACCESS_TOKEN',
  appAccessToken: 'KOODRIVE_APP_ACCESS_TOKEN',
  appSecret: 'KOODRIVE_APP_SECRET',
  password: 'KOODRIVE_PASSWORD',
  cookie: 'KOODRIVE_COOKIE',
  controlToken: 'KOODRIVE_MOCK_CONTROL_TOKEN',
  secret: 'KOODRIVE_SECRET',
}

/** Mark a variable until its text is quoted: halves of characters, which no string has that was decoded from bytes. */
const OPEN = '\ud800'
const CLOSE = '\udbff'

/** The mark of a viewer whose exchanges become curl lines. */
export const variableMark: Mark = (kind) => `${OPEN}${variables[kind]}${CLOSE}`

/** Headers that curl writes itself. */
const OWN = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'keep-alive'])

/** One line for a shell that repeats a request; secrets are variables such as $KOODRIVE_ACCESS_TOKEN. */
export function entryToCurl(entry: JournalEntry, viewer: Viewer): string {
  const { request } = viewer.exchange(entry)
  const { method, headers, body } = request
  const line = curlLine({
    method,
    url: toWord(urlOf(request)),
    headers: headers
      .filter(([name]) => !OWN.has(name.toLowerCase()))
      .map(([name, value]) => [name, value === '' ? '' : toWord(value)]),
    body: body === '' ? undefined : toWord(body),
  })
  return `${line}${entry.isCut ? ' # the journal keeps the first 262,144 bytes of a body' : ''}\n`
}

const VARIABLE = new RegExp(`${OPEN}(${Object.values(variables).join('|')})${CLOSE}`)

/** Text with its marks turned into variables. */
const toWord = (text: string): Word =>
  text.split(VARIABLE).map((part, at) => (at % 2 === 1 ? { variable: part } : part))
